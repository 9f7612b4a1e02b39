"""Memory surgery: the oracles are the ordinary pass and `seq_models.surgery`, tested on its own."""

import json
import math

import numpy as np
import pytest
import torch

from playground.next_word.surgery import OPERATION
from playground.next_word.surgery.explain import divergence, explain
from playground.reading.expectation import expect
from playground.reading.models import LANGUAGE_MODELS
from playground.reading.words import entropy_bits, load, opened, surprisal
from playground.settings import Beyond

RECURRENT = ("rnn", "gru", "lstm")
TEXT = "The old man sat down by the fire and"
MODELS = (*LANGUAGE_MODELS, "tiny")
pytestmark = pytest.mark.usefixtures("tiny")


@pytest.mark.parametrize("model", MODELS)
def test_before_the_operation_it_is_the_ordinary_pass(model: str) -> None:
    trace, plain = explain(TEXT, model, "reset", 3), expect(TEXT, model)
    np.testing.assert_allclose(trace.before.surprisal_bits, plain.surprisal_bits, atol=1e-4)
    assert trace.before.entropy_bits == pytest.approx(plain.entropy_bits, abs=1e-4)
    ours = dict(zip(trace.next_words, trace.before.probabilities.tolist(), strict=True))
    for word, probability in zip(plain.next_words, plain.next_probabilities, strict=True):
        assert ours[word] == pytest.approx(probability, abs=1e-5)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("word", [1, 4, 9])
def test_a_reset_reads_the_rest_as_if_the_text_began_there(model: str, word: int) -> None:
    """Oracle: the rest alone, without ⟨start⟩, from an empty state."""
    trace = explain(TEXT, model, "reset", word)
    network, _, _, ids, _ = opened(TEXT, model)
    with torch.inference_mode():
        given = network(ids[:, word:])[0][0].double().log_softmax(-1).cpu()
    expected = surprisal(given, ids[0, word + 1 :].tolist())
    np.testing.assert_allclose(trace.after.surprisal_bits[word:], expected, atol=1e-4)
    assert trace.after.entropy_bits == pytest.approx(entropy_bits(given[-1]), abs=1e-4)
    untouched = slice(0, word - 1)
    assert np.array_equal(
        trace.after.surprisal_bits[untouched], trace.before.surprisal_bits[untouched]
    )


@pytest.mark.parametrize("model", RECURRENT)
def test_the_memory_is_already_empty_when_the_word_is_expected(model: str) -> None:
    trace = explain(TEXT, model, "reset", 4)
    network, _, _, ids, _ = opened(TEXT, model)
    with torch.inference_mode():
        empty = torch.zeros(1, 1, network.network.hidden_size, device=ids.device)
        given = network.score(empty)[0, 0].double().log_softmax(-1).cpu()
    bits = -given[int(ids[0, 4])].item() / math.log(2)
    assert trace.after.surprisal_bits[3] == pytest.approx(bits, abs=1e-4)


@pytest.mark.parametrize("model", RECURRENT)
@pytest.mark.parametrize("operation", ["zero", "freeze"])
def test_a_unit_is_held_since_the_end_of_the_word(model: str, operation: str) -> None:
    trace = explain(TEXT, model, operation, 4, 11)
    since = 4 if operation == "zero" else 5  # a frozen unit still has its own value at first
    before, after = trace.before.surprisal_bits, trace.after.surprisal_bits
    assert np.array_equal(before[:since], after[:since])
    assert not np.allclose(before[since:], after[since:], atol=1e-9)
    assert (trace.word, trace.unit) == (4, 11)


@pytest.mark.parametrize("model", MODELS)
def test_the_changes_are_in_bits_and_the_divergence_is_over_all_words(model: str) -> None:
    trace = explain(TEXT, model, "reset", 6)
    expected = np.log2(trace.after.probabilities / trace.before.probabilities)
    np.testing.assert_allclose(trace.change_bits, expected, atol=1e-9)
    assert trace.divergence_bits > 0
    shown = trace.before.probabilities * -expected
    assert np.isfinite(shown).all()


def test_a_reading_diverges_from_itself_by_nothing() -> None:
    given = torch.randn(50, dtype=torch.float64).log_softmax(-1)
    assert divergence(given, given) == 0
    sure = torch.tensor([0.5, 0.5], dtype=torch.float64).log()
    tilted = torch.tensor([0.25, 0.75], dtype=torch.float64).log()
    expected = 0.5 * math.log2(0.5 / 0.25) + 0.5 * math.log2(0.5 / 0.75)
    assert divergence(sure, tilted) == pytest.approx(expected)


@pytest.mark.parametrize("model", MODELS)
def test_the_words_told_are_the_ten_likeliest_of_each_reading(model: str) -> None:
    trace = explain(TEXT, model, "reset", 6)
    assert 10 <= len(trace.next_words) <= 20
    assert (np.diff(trace.before.probabilities) <= 0).all()
    for reading in (trace.before, trace.after):
        assert len(reading.probabilities) == len(trace.next_words) == len(trace.change_bits)


@pytest.mark.parametrize(
    ("model", "operation"),
    [*((model, "reset") for model in MODELS), ("gru", "zero"), ("lstm", "zero"), ("gru", "freeze")],
)
def test_the_perplexity_is_of_the_words_that_the_operation_touches(
    model: str, operation: str
) -> None:
    trace = explain(TEXT, model, operation, 4)
    bits = trace.before.surprisal_bits, trace.after.surprisal_bits
    first = int(np.argmax(~np.isclose(*bits, rtol=0, atol=1e-9)))
    assert first in (3, 4, 5)
    for reading in (trace.before, trace.after):
        assert reading.perplexity == pytest.approx(2 ** reading.surprisal_bits[first:].mean())
    assert explain(TEXT, "gru", "zero", 9).after.perplexity is None
    assert explain(TEXT, "tiny", "reset", 9).after.perplexity is None


def test_the_trace_is_plain_json() -> None:
    for operation in OPERATION.labels:
        told = explain(TEXT, "lstm", operation, 2, 3).to_json()
        assert json.loads(json.dumps(told)) == told
        assert told["after"]["surprisal_bits"]


def test_an_operation_that_cannot_be_is_named() -> None:
    for call, wanted in [
        (lambda: explain(TEXT, "gru", "cut"), "no operation 'cut'"),
        (lambda: explain(TEXT, "gru", "reset", 0), "word must be .* from 1 to"),
        (lambda: explain(TEXT, "gru", "reset", 10), "word must be .* from 1 to 9"),
        (lambda: explain(TEXT, "gru", "zero", 1, 9_999), "unit must be .* from 0 to"),
        (lambda: explain(TEXT, "tiny", "zero"), "Transformer keeps every word"),
        (lambda: explain(TEXT, "tiny", "freeze"), "please choose reset"),
    ]:
        with pytest.raises(ValueError, match=wanted):
            call()


def test_the_last_word_or_unit_would_do_for_one_beyond_it() -> None:
    with pytest.raises(Beyond) as caught:
        explain(TEXT, "lstm", "zero", 99)
    assert (caught.value.name, caught.value.nearest) == ("word", 9)
    with pytest.raises(Beyond) as caught:
        explain(TEXT, "lstm", "zero", 1, 9_999)
    last = load("lstm")[0].network.hidden_size - 1
    assert (caught.value.name, caught.value.nearest) == ("unit", last)
