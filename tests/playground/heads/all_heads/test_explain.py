"""All heads: what the page shows is what the bundled model computed."""

import json

import numpy as np
import pytest

from playground.heads.all_heads.explain import explain
from playground.heads.shared import STACK
from playground.reading.translating import load
from seq_models import checkpoint
from seq_models.translate import read, translate

FRENCH = ["Où est la gare ?", "Je n'ai pas vu ma sœur depuis hier.", "Il a 25 ans…"]
BAD = {
    "": "no text",
    "x" * 5_000: "5,000 characters",
    "Je\0 pars": "U\\+0000",
    "我爱你": "never seen",
}


@pytest.mark.parametrize("stack", ["encoder", "decoder", "cross"])
@pytest.mark.parametrize("text", FRENCH)
def test_every_head_of_every_layer_has_rows_that_sum_to_one(stack: str, text: str) -> None:
    trace = explain(text, stack)
    layers = checkpoint.load("transformer-translator").config["arguments"]
    depth = layers["encoder_layers" if stack == "encoder" else "decoder_layers"]
    shape = (depth, layers["heads"], len(trace.queries), len(trace.keys))
    assert trace.weights.shape == shape
    np.testing.assert_allclose(trace.weights.sum(axis=-1), 1, atol=1e-5)
    assert json.loads(json.dumps(trace.to_json())) == trace.to_json()


def test_they_are_the_weights_of_the_model_reading_its_own_translation() -> None:
    network, tokenizer = load("transformer")
    (search,) = translate(network, tokenizer, [FRENCH[0]])
    reading = read(network, tokenizer, FRENCH[0], search.hypotheses[0].tokens)
    for stack, layers in [
        ("encoder", reading.encoder_weights),
        ("decoder", reading.decoder_weights.own),
        ("cross", reading.decoder_weights.cross),
    ]:
        ours = explain(FRENCH[0], stack).weights
        for layer, expected in zip(ours, layers, strict=True):
            np.testing.assert_allclose(layer, expected[0].cpu().numpy(), atol=1e-5)


def test_the_decoder_sees_no_word_that_is_not_written_yet() -> None:
    assert np.triu(explain(FRENCH[1], "decoder").weights, k=1).max() == 0


@pytest.mark.parametrize("text", BAD)
def test_bad_text_is_answered_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=BAD[text]):
        explain(text)


def test_a_stack_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(ValueError, match=r"no stack 'both'; please choose .*cross"):
        explain("oui", "both")
    with pytest.raises(ValueError, match="…; please choose"):
        explain("oui", "x" * 999)
    for stack in STACK.labels:
        assert explain("oui", stack).stack == stack
