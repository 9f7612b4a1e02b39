"""Through the layers: lenses end where the model ends, shares sum to one, lengths are lengths."""

import json
import math

import numpy as np
import pytest
import torch

from playground.heads.through_the_layers.explain import explain
from playground.reading.looks import looked
from playground.reading.translating import load
from playground.reading.words import load as load_language_model
from playground.settings import Beyond
from seq_models.translate import read, translate

TEXT = "Le chat noir dort."
ENGLISH = "Once upon a time"


def test_read_from_the_last_layer_it_writes_the_translation() -> None:
    trace = explain(TEXT, "encoder")
    network, tokenizer = load("transformer")
    (search,) = translate(network, tokenizer, TEXT)
    best = search.hypotheses[0]
    assert trace.layers is not None
    assert trace.layers.written[-1] == tokenizer.decode(best.tokens) == trace.translation
    expected = sum(read(network, tokenizer, TEXT, best.tokens).log_probabilities)
    assert trace.layers.bits[-1] == pytest.approx(expected / math.log(2), abs=1e-3)
    assert len(trace.layers.written) == len(network.encoder.blocks())


def test_the_next_word_after_the_last_layer_is_the_models() -> None:
    trace = explain(ENGLISH, "language", 2)
    model, _ = load_language_model("transformer")
    ids = looked(ENGLISH, "language").keys.ids
    with torch.inference_mode():
        given = model(torch.tensor([ids]))[0][0].softmax(dim=-1)
    assert trace.expected is not None
    np.testing.assert_allclose(
        trace.expected.probabilities[-1], given.max(dim=-1).values.numpy(), atol=1e-5
    )
    assert trace.expected.ranks[-1].tolist() == [1] * len(ids)
    assert trace.expected.ranks.min() >= 1
    assert trace.layers is None


@pytest.mark.parametrize("stack", ["encoder", "decoder", "cross", "language"])
def test_shares_sum_to_one_and_nothing_comes_from_the_future(stack: str) -> None:
    trace = explain(ENGLISH if stack == "language" else TEXT, stack)
    np.testing.assert_allclose(trace.origins.sum(axis=1), 1, atol=1e-5)
    assert trace.origins.shape == (len(trace.words), len(trace.origin_words))
    own = trace.origins[:, -len(trace.words) :]
    if stack != "encoder":
        assert np.triu(own, k=1).max() == 0
        from_source = 1 - own.sum(axis=1)
        assert trace.source_shares.tolist() == pytest.approx(
            [] if stack == "language" else from_source.tolist(), abs=1e-5
        )
    for one in trace.steps:
        assert (one.moved <= one.before + one.after + 1e-4).all()
        assert (abs(one.before - one.added) <= one.summed + 1e-4).all()
    assert json.loads(json.dumps(trace.to_json(), allow_nan=False)) == trace.to_json()


def test_the_encoders_answer_has_the_decoders_share_of_the_source() -> None:
    one, other = explain(TEXT, "encoder"), explain(TEXT, "decoder")
    assert one.read_words == other.words == other.read_words
    np.testing.assert_allclose(one.source_shares, other.source_shares, atol=1e-6)


def test_a_word_beyond_the_last_says_which_is_the_last() -> None:
    with pytest.raises(Beyond) as caught:
        explain(TEXT, "encoder", 99)
    assert caught.value.nearest == len(explain(TEXT, "encoder", 1).words)
