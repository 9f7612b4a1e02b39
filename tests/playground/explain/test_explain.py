"""Traces of the bundled models: what the page shows is what the package computes."""

import json
import math
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import torch

from playground.explain import attention, heads, models, translation
from playground.reading.text import label
from seq_models import START, checkpoint

FRENCH = ["Où est la gare ?", "Je n'ai pas vu ma sœur depuis hier.", "Il a 25 ans…"]
BAD = {
    "": "no text",
    " \n\t ": "no text",
    "a b " * 2_500: "10,000 characters",
    "x" * 5_000: "5,000 characters",
    "Je\0 pars": "U\\+0000",
    "Je\x07 pars": "U\\+0007",
    "Je\ud800": "U\\+D800",
}


def test_every_number_is_a_plain_number_in_json() -> None:
    for trace in (attention.explain("oui"), heads.explain("oui")):
        assert json.loads(json.dumps(trace.to_json())) == trace.to_json()


@pytest.mark.parametrize("text", FRENCH)
def test_the_spotlight_has_a_row_for_each_word_and_each_sums_to_one(text: str) -> None:
    trace = attention.explain(text)
    assert trace.weights.shape == (len(trace.target), len(trace.source))
    np.testing.assert_allclose(trace.weights.sum(axis=1), 1, atol=1e-5)
    assert trace.log_probability == pytest.approx(np.log(trace.probabilities).sum(), abs=1e-4)


def test_the_spotlight_is_what_the_model_used_while_it_wrote() -> None:
    """Oracle: the recurrent model stepped token by token."""
    trace = attention.explain(FRENCH[0])
    network, tokenizer = translation.load("attention")
    device = next(network.parameters()).device
    state = network.start(torch.tensor([[*tokenizer.encode(FRENCH[0]), 2]], device=device))
    last = torch.tensor([START], device=device)
    for row, written in zip(trace.weights, trace.target, strict=True):
        logits, state, weights = network.step(last, state)
        np.testing.assert_allclose(row, weights[0].cpu().numpy(), atol=1e-5)
        last = logits.argmax(dim=-1)
        assert label(tokenizer, int(last)) == written


@pytest.mark.parametrize("stack", heads.STACKS)
@pytest.mark.parametrize("text", FRENCH)
def test_every_head_of_every_layer_has_rows_that_sum_to_one(stack: str, text: str) -> None:
    trace = heads.explain(text, stack)
    layers = checkpoint.load("transformer-translator").config["arguments"]
    depth = layers["encoder_layers" if stack == "encoder" else "decoder_layers"]
    shape = (depth, layers["heads"], len(trace.queries), len(trace.keys))
    assert trace.weights.shape == shape
    np.testing.assert_allclose(trace.weights.sum(axis=-1), 1, atol=1e-5)


def test_the_decoder_sees_no_word_that_is_not_written_yet() -> None:
    weights = heads.explain(FRENCH[1], "decoder").weights
    assert np.triu(weights, k=1).max() == 0


@pytest.mark.parametrize("model", ["transformer", "attention"])
@pytest.mark.parametrize("width", [1, 4])
def test_a_translation_comes_with_its_own_numbers(model: str, width: int) -> None:
    trace = translation.explain(FRENCH[1], model, width, 0.8)
    assert trace.log_probability == pytest.approx(np.log(trace.probabilities).sum(), abs=1e-4)
    assert trace.candidates[0].text == trace.translation
    assert trace.candidates[0].score == pytest.approx(
        trace.log_probability / len(trace.target) ** 0.8, abs=1e-4
    )
    scores = [c.score for c in trace.candidates if c.finished]
    assert scores == sorted(scores, reverse=True)
    assert len(trace.candidates) <= width
    assert trace.cross.shape[-2:] == (len(trace.target), len(trace.source))
    finished = [step.text for step in trace.steps if step.fate == "finished"]
    assert " ".join(trace.target) in finished


@pytest.mark.parametrize("text", ["a", "5", "tu", "oui"])
def test_a_translation_is_never_empty(text: str) -> None:
    for model in translation.MODELS:
        trace = translation.explain(text, model)
        assert trace.translation
        assert trace.greedy.text


@pytest.mark.parametrize("text", BAD)
def test_bad_text_is_answered_with_a_sentence(text: str) -> None:
    for explain in (attention.explain, heads.explain, translation.explain):
        with pytest.raises(ValueError, match=BAD[text]):
            explain(text)


@pytest.mark.parametrize("text", ["我爱你", "😀😀", "مرحبا بالعالم"])
def test_another_script_is_refused(text: str) -> None:
    for explain in (attention.explain, heads.explain, translation.explain):
        with pytest.raises(ValueError, match="never seen"):
            explain(text)


@pytest.mark.parametrize(
    "text", ["<b>Je</b> <script>alert(1)</script> pars", "${alert(1)} {{value}}", "Je ⟨end⟩ pars"]
)
def test_markup_is_text_like_any_other(text: str) -> None:
    for explain in (attention.explain, translation.explain):
        json.dumps(explain(text).to_json())


def test_settings_that_cannot_be_are_named() -> None:
    for call, wanted in [
        (lambda: translation.explain("oui", "gru"), "no model 'gru'"),
        (lambda: translation.explain("oui", beam_width=0), "from 1 to 10, not 0"),
        (lambda: translation.explain("oui", beam_width=2.5), "whole number from 1 to 10"),
        (lambda: translation.explain("oui", beam_width=True), "whole number"),
        (lambda: translation.explain("oui", length_penalty=3), "from 0 to 2, not 3"),
        (lambda: translation.explain("oui", length_penalty=math.nan), "not nan"),
        (lambda: translation.explain("oui", length_penalty=10**400), "so large a number"),
        (lambda: translation.explain("oui", ["attention"]), "no model"),
        (lambda: heads.explain("oui", "both"), "no stack 'both'"),
        (lambda: heads.explain("oui", "x" * 999), "…; please choose"),
        (lambda: attention.explain(["oui"]), "one string"),
    ]:
        with pytest.raises(ValueError, match=wanted):
            call()


def test_eight_threads_get_what_each_gets_alone() -> None:
    texts = [f"{first} {second}" for first in FRENCH for second in FRENCH][:8]
    alone = [attention.explain(text).to_json() for text in texts]
    alone_heads = [heads.explain(text, "cross").to_json() for text in texts]
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda text: attention.explain(text).to_json(), texts))
        together_heads = list(
            threads.map(lambda text: heads.explain(text, "cross").to_json(), texts)
        )
    assert together == alone
    assert together_heads == alone_heads


def test_the_shown_code_is_the_code_that_runs() -> None:
    for tab in (attention, heads, translation):
        for part in tab.PARTS:
            name, source = models.code(part)
            assert name.startswith("seq_models.")
            assert source.lstrip().startswith((f"class {part.__name__}", f"def {part.__name__}"))
