"""The spotlight: the rows that the model used while it wrote, and how many of them are hidden."""

import json

import numpy as np
import pytest
import torch

from playground.attention.spotlight.explain import explain
from playground.reading.text import label
from playground.reading.translating import load
from seq_models import START

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
    told = explain("oui", least=0.1).to_json()
    assert json.loads(json.dumps(told)) == told


@pytest.mark.parametrize("text", FRENCH)
def test_the_spotlight_has_a_row_for_each_word_and_each_sums_to_one(text: str) -> None:
    trace = explain(text)
    assert trace.weights.shape == (len(trace.target), len(trace.source))
    np.testing.assert_allclose(trace.weights.sum(axis=1), 1, atol=1e-5)
    assert trace.log_probability == pytest.approx(np.log(trace.probabilities).sum(), abs=1e-4)


def test_the_spotlight_is_what_the_model_used_while_it_wrote() -> None:
    """Oracle: the recurrent model stepped token by token."""
    trace = explain(FRENCH[0])
    network, tokenizer = load("attention")
    device = next(network.parameters()).device
    state = network.start(torch.tensor([[*tokenizer.encode(FRENCH[0]), 2]], device=device))
    last = torch.tensor([START], device=device)
    for row, written in zip(trace.weights, trace.target, strict=True):
        logits, state, weights = network.step(last, state)
        np.testing.assert_allclose(row, weights[0].cpu().numpy(), atol=1e-5)
        last = logits.argmax(dim=-1)
        assert label(tokenizer, int(last)) == written


@pytest.mark.parametrize("text", BAD)
def test_bad_text_is_answered_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=BAD[text]):
        explain(text)


@pytest.mark.parametrize("text", ["我爱你", "😀😀", "مرحبا بالعالم"])
def test_another_script_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="never seen"):
        explain(text)


@pytest.mark.parametrize(
    "text", ["<b>Je</b> <script>alert(1)</script> pars", "${alert(1)} {{value}}", "Je ⟨end⟩ pars"]
)
def test_markup_is_text_like_any_other(text: str) -> None:
    json.dumps(explain(text).to_json())


@pytest.mark.parametrize("least", [0, 0.1, 0.5])
def test_weights_below_the_least_are_counted(least: float) -> None:
    trace = explain(FRENCH[1], least=least)
    weak = trace.weights[trace.weights < least]
    assert trace.hidden == weak.size
    assert trace.hidden_share == pytest.approx(weak.sum() / len(trace.target), abs=1e-5)


def test_settings_that_cannot_be_are_named() -> None:
    for merged in ("yes", 1, None):
        with pytest.raises(ValueError, match="true or false"):
            explain("oui", merged)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="least must be a number from 0 to 0.5, not 0.6"):
        explain("oui", least=0.6)
