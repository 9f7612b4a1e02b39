"""Traces of the bundled models: what the page shows is what the package computes."""

import json
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import torch

from playground.explain import attention
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
    for trace in (attention.explain("oui"),):
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
    for explain in (attention.explain,):
        with pytest.raises(ValueError, match=BAD[text]):
            explain(text)


@pytest.mark.parametrize("text", ["我爱你", "😀😀", "مرحبا بالعالم"])
def test_another_script_is_refused(text: str) -> None:
    for explain in (attention.explain,):
        with pytest.raises(ValueError, match="never seen"):
            explain(text)


@pytest.mark.parametrize(
    "text", ["<b>Je</b> <script>alert(1)</script> pars", "${alert(1)} {{value}}", "Je ⟨end⟩ pars"]
)
def test_markup_is_text_like_any_other(text: str) -> None:
    for explain in (attention.explain,):
        json.dumps(explain(text).to_json())


def test_eight_threads_get_what_each_gets_alone() -> None:
    texts = [f"{first} {second}" for first in FRENCH for second in FRENCH][:8]
    alone = [attention.explain(text).to_json() for text in texts]
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda text: attention.explain(text).to_json(), texts))
    assert together == alone
