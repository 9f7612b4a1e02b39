"""Query meets key: the sum ends in the very numbers that the layer returned."""

import json

import numpy as np
import pytest

from playground.heads.all_heads.explain import explain as all_heads
from playground.heads.query_meets_key.explain import explain
from playground.reading.looks import looked
from playground.settings import Beyond

TEXT = "Je n'ai pas vu ma sœur depuis hier."
STACKS = {"encoder": TEXT, "decoder": TEXT, "cross": TEXT, "language": "The old man sat down"}


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize(("layer", "head", "word"), [(1, 2, 3), (2, 1, 5)])
def test_products_sum_scale_mask_and_softmax_end_in_the_weights(
    stack: str, layer: int, head: int, word: int
) -> None:
    trace = explain(STACKS[stack], stack, layer, head, word)
    given = all_heads(STACKS[stack], stack).weights[layer - 1, head - 1, word - 1]
    np.testing.assert_array_equal(trace.weights, given)
    np.testing.assert_allclose(
        trace.scores, trace.key_vectors @ trace.query / len(trace.query) ** 0.5, atol=1e-5
    )
    powers = np.where(trace.seen, np.exp(trace.scores), 0)
    np.testing.assert_allclose(powers / powers.sum(), trace.weights, atol=1e-5)
    np.testing.assert_allclose(trace.weights @ trace.values, trace.read, atol=1e-5)
    assert trace.seen == [stack in ("encoder", "cross") or s < word for s in range(len(trace.keys))]
    assert json.loads(json.dumps(trace.to_json(), allow_nan=False)) == trace.to_json()


@pytest.mark.parametrize("stack", STACKS)
def test_what_the_heads_write_is_the_output_of_the_layer(stack: str) -> None:
    layer = looked(STACKS[stack], stack).layers[1]
    written = layer.attention.written(layer.look.heads)[0, :, 2]  # (heads, E)
    trace = explain(STACKS[stack], stack, 2, 3, 3)
    assert trace.written_length == pytest.approx(float(written[2].norm()), abs=1e-4)
    whole = written.sum(dim=0) + layer.attention.fc_out.bias
    np.testing.assert_allclose(whole.numpy(), layer.look.output[0, 2].numpy(), atol=1e-4)


@pytest.mark.parametrize("stack", STACKS)
def test_in_a_first_layer_the_parts_of_a_score_sum_to_it(stack: str) -> None:
    parts = explain(STACKS[stack], stack, 1, 3, 4).parts
    if stack == "cross":
        assert parts is None
        return
    assert parts is not None
    scores = explain(STACKS[stack], stack, 1, 3, 4).scores
    np.testing.assert_allclose(parts.sum(axis=0), scores, atol=1e-4)
    assert explain(STACKS[stack], stack, 2, 3, 4).parts is None


def test_place_with_place_is_the_same_whatever_the_words() -> None:
    one, two = (explain(text, "encoder", 1, 2, 2) for text in ("Le chat dort ici", "Un chien a vu"))
    assert one.parts is not None
    assert two.parts is not None
    length = min(len(one.keys), len(two.keys))
    np.testing.assert_allclose(one.parts[3, :length], two.parts[3, :length], atol=1e-4)
    assert not np.allclose(one.parts[0, :length], two.parts[0, :length], atol=0.1)


@pytest.mark.parametrize("name", ["layer", "head", "word", "key"])
def test_a_place_beyond_the_last_says_which_is_the_last(name: str) -> None:
    with pytest.raises(Beyond) as caught:
        explain(TEXT, "decoder", **{name: 99})
    assert caught.value.name == name
    explain(TEXT, "decoder", **{name: caught.value.nearest})
