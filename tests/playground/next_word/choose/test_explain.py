"""The choice of a next word: the oracles are the model itself and the text that it writes on."""

import json
import math

import numpy as np
import pytest
import torch

from playground.next_word.choose.explain import COUNT, continue_text, explain
from playground.next_word.predict import explain as predict
from playground.reading import words
from playground.reading.models import LANGUAGE_MODELS
from seq_models import UNKNOWN
from seq_models.sample import reshape, sampler

TEXT = "The old man sat down by the fire and"
MODELS = [*LANGUAGE_MODELS, "tiny"]
pytestmark = pytest.mark.usefixtures("tiny")


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize(
    "settings", [(0.0, 50, 0.95), (0.8, 50, 0.95), (2.0, 100, 1.0), (1.0, 1, 1.0), (5.0, 9000, 0.3)]
)
def test_the_chosen_word_is_the_first_that_the_continuation_writes(
    model: str, settings: tuple[float, int, float]
) -> None:
    for seed in range(6):
        trace = explain(TEXT, model, *settings, seed)
        written = next(continue_text(TEXT, model, 3, *settings, seed))
        assert written.strip() == ("" if trace.chosen == "⟨end⟩" else trace.chosen)
        assert trace.chosen_probability > 0


@pytest.mark.parametrize("model", MODELS)
def test_each_stage_is_what_sampling_computes(model: str) -> None:
    """Oracle: the model's own pass, and `reshape` on all that may be written."""
    trace = explain(TEXT, model, 0.7, 8, 0.6)
    network, _, _, ids, _ = words.opened(TEXT, model)
    with torch.inference_mode():
        logits = network(ids)[0][0, -1:]
    allowed = logits.log_softmax(-1)
    allowed[:, [0, 1, UNKNOWN]] = float("-inf")
    best = allowed[0].topk(COUNT).indices
    np.testing.assert_allclose(trace.logits, logits[0, best].cpu(), atol=1e-4)
    np.testing.assert_allclose(trace.probabilities, logits.softmax(-1)[0, best].cpu(), atol=1e-5)
    for told, (top_k, top_p) in [
        (trace.after_temperature, (None, 1.0)),
        (trace.after_top_k, (8, 1.0)),
        (trace.after_top_p, (8, 0.6)),
    ]:
        expected = reshape(allowed, 0.7, top_k, top_p)[0].exp()
        np.testing.assert_allclose(told, expected[best].cpu(), atol=1e-5)


@pytest.mark.parametrize("model", MODELS)
def test_a_rule_that_removed_a_word_is_the_first_after_which_it_has_no_chance(model: str) -> None:
    trace = explain(TEXT, model, 1.0, 8, 0.5)
    assert trace.kept_after_top_k == 8
    assert 1 <= trace.kept_after_top_p <= 8
    for place, rule in enumerate(trace.removed_by):
        assert (trace.after_top_k[place] == 0) == (rule == "top-k") == (place >= 8)
        assert (trace.after_top_p[place] == 0) == (rule != "") == (place >= trace.kept_after_top_p)
    for stage in (trace.after_top_k, trace.after_top_p):
        assert stage.sum() == pytest.approx(1, abs=1e-6)


def test_a_rule_that_removes_nothing_leaves_the_whole_vocabulary_but_what_is_never_written() -> (
    None
):
    trace = explain(TEXT, "gru", 1.0, 100_000, 1.0)
    size = words.load("gru")[1].vocab_size
    assert trace.kept_after_top_k == trace.kept_after_top_p == size - len(words.NEVER)
    assert trace.removed_by == [""] * COUNT
    shared = trace.probabilities / (1 - trace.never_written)
    np.testing.assert_allclose(trace.after_temperature, shared, rtol=1e-5)


def test_words_are_counted_even_where_a_low_temperature_leaves_them_no_weight() -> None:
    assert explain(TEXT, "gru", 0.001, 50, 1.0).kept_after_top_k == 50


def test_temperature_zero_leaves_one_word_the_likeliest_whatever_the_seed() -> None:
    for seed in range(5):
        trace = explain(TEXT, "lstm", 0, 50, 0.95, seed)
        assert (trace.chosen, trace.chosen_place) == (trace.words[0], 1)
        assert trace.after_temperature.tolist() == [1.0] + [0.0] * (COUNT - 1)
        assert trace.kept_after_top_p == 1
        assert trace.entropy_bits["temperature"] == trace.entropy_bits["top_p"] == 0


def test_the_seed_draws_as_sampling_does_with_it() -> None:
    """Oracle: `sampler` with the same rules and seed, on the model's own pass."""
    network, tokenizer, _, ids, _ = words.opened(TEXT, "gru")
    with torch.inference_mode():
        allowed = network(ids)[0][0, -1:].log_softmax(-1)
        allowed[:, [0, 1, UNKNOWN]] = float("-inf")

    drawn = []
    for seed in range(8):
        number = int(sampler(2.0, 500, 1.0, seed)(allowed).argmax())
        drawn.append(explain(TEXT, "gru", 2.0, 500, 1.0, seed).chosen)
        assert drawn[-1] == words.word_of(tokenizer, number)
    assert len(set(drawn)) > 4


def test_a_word_can_be_drawn_that_is_none_of_those_shown() -> None:
    traces = [explain(TEXT, "rnn", 3.0, 5000, 1.0, seed) for seed in range(4)]
    hidden = [trace for trace in traces if trace.chosen_place > COUNT]
    assert hidden
    assert all(trace.chosen not in trace.words for trace in hidden)


@pytest.mark.parametrize("model", LANGUAGE_MODELS)
def test_a_mark_that_stands_for_no_word_is_never_shown_nor_chosen(model: str) -> None:
    for seed in range(10):
        trace = explain("My name is", model, 1.5, 20, 1.0, seed)
        assert not {"⟨unknown⟩", "⟨start⟩", "⟨padding⟩"} & {*trace.words, trace.chosen}


def test_entropy_is_counted_over_the_whole_vocabulary_and_shrinks_with_each_rule() -> None:
    """Oracle: the next-word trace for the first, log2 k for k equal words as the bound."""
    trace = explain(TEXT, "gru", 1.0, 32, 0.8)
    bits = trace.entropy_bits
    assert bits["model"] == pytest.approx(predict.explain(TEXT, "gru").entropy_bits, abs=1e-4)
    assert 0 < bits["top_p"] < bits["top_k"] < bits["temperature"]
    assert bits["top_k"] <= math.log2(32)


def test_the_trace_is_plain_json_and_names_its_seed() -> None:
    told = explain(TEXT, seed=41).to_json()
    assert json.loads(json.dumps(told)) == told
    assert told["rules"]["seed"] == 41


def test_rules_that_cannot_be_are_named() -> None:
    for call, wanted in [
        (lambda: explain(TEXT, temperature=-1), "temperature must be"),
        (lambda: explain(TEXT, top_k=0), "top k must be a whole number"),
        (lambda: explain(TEXT, top_p=0), "top p must be"),
        (lambda: explain(TEXT, seed=0.5), "seed must be a whole number"),  # type: ignore[arg-type]
        (lambda: explain(TEXT, top_k=True), "top k must be"),
        (lambda: next(continue_text("a", seed=10**30)), "seed must be"),
        (lambda: next(continue_text("a", top_k=0)), "top k must be"),
        (lambda: explain("", "gru"), "no text"),
        (lambda: explain(TEXT, "lost"), "no model 'lost'"),
    ]:
        with pytest.raises(ValueError, match=wanted):
            call()


def test_a_temperature_next_to_zero_is_zero() -> None:
    assert explain(TEXT, temperature=1e-7).to_json() == explain(TEXT, temperature=0).to_json()


def test_a_space_at_the_end_of_the_text_is_none_for_what_is_written_on() -> None:
    one, other = (list(continue_text(f'She said "{end}', "gru", words=4)) for end in ("", " "))
    assert one == other


def test_a_continuation_grows_word_by_word_and_repeats_for_its_seed() -> None:
    written = list(continue_text(TEXT, "gru", words=8, seed=3))
    assert 1 <= len(written) <= 8
    assert all(b.startswith(a) for a, b in zip(written, written[1:], strict=False))
    assert written == list(continue_text(TEXT, "gru", words=8, seed=3))
    assert not any("⟨" in text for text in written)


@pytest.mark.parametrize(("top_k", "top_p"), [(1, 0.95), (50, 0.05), (1, 0.05)])
@pytest.mark.parametrize("model", LANGUAGE_MODELS)
def test_a_continuation_goes_on_where_the_rules_leave_little_to_choose(
    model: str, top_k: int, top_p: float
) -> None:
    for text in ("My name is", "Zzyzxq", "The"):
        written = list(continue_text(text, model, words=6, top_k=top_k, top_p=top_p))
        assert written
        assert not any("⟨unknown⟩" in text for text in written)
