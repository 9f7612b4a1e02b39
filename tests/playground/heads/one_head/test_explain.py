"""One head: the oracles are the model's own weights, a plain loop over vectors, and properties."""

import json

import numpy as np
import pytest
import torch

from playground.heads.all_heads.explain import explain as all_heads
from playground.heads.one_head.explain import explain, pins
from playground.reading.looks import looked
from playground.settings import Beyond

TEXT = "Je n'ai pas vu ma sœur depuis hier."
ENGLISH = "Once upon a time there was a little girl"
STACKS = {"encoder": TEXT, "decoder": TEXT, "cross": TEXT, "language": ENGLISH}


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize("pieces", [True, False])
def test_it_looks_as_all_heads_say_and_its_shares_are_in_the_json(stack: str, pieces: bool) -> None:
    trace = explain(STACKS[stack], stack, 2, 3, pieces=pieces)
    every = all_heads(STACKS[stack], stack, pieces)
    (head,) = trace.heads
    assert (trace.queries, trace.keys) == (every.queries, every.keys)
    np.testing.assert_allclose(head.looks, every.weights[1, 2], atol=1e-6)
    np.testing.assert_allclose(head.looks.sum(axis=1), 1, atol=1e-5)
    place = trace.keys.index(head.rests_on)
    assert head.looked_share == pytest.approx(head.looks[:, place].mean(), abs=1e-6)
    found = trace.to_json()
    assert json.loads(json.dumps(found)) == found
    assert found["heads"][0]["taken_share"] == head.taken_share
    assert "every" not in found


@pytest.mark.parametrize("stack", STACKS)
def test_what_it_takes_sums_as_vectors_to_what_it_writes(stack: str) -> None:
    """Oracle: the output of the whole attention with every other head at scale 0."""
    found = looked(STACKS[stack], stack)
    layer = found.layers[1]
    weighed = layer.look.weights[0, 2].unsqueeze(-1) * layer.given[0, 2]  # (T, S, E)
    only = torch.zeros(layer.attention.heads).index_fill(0, torch.tensor([2]), 1.0)
    seen = layer.look.score[:, :1] > float("-inf")
    output, _ = layer.attention.attend(
        layer.x, layer.look.keys, layer.look.values, seen, head_scale=only.to(layer.x)
    )
    expected = output[0] - layer.attention.fc_out.bias
    torch.testing.assert_close(weighed.sum(dim=1), expected, atol=1e-5, rtol=1e-5)
    trace = explain(STACKS[stack], stack, 2, 3, pieces=True)
    np.testing.assert_allclose(trace.heads[0].takes, weighed.norm(dim=-1).numpy(), atol=1e-5)


def test_the_pieces_of_a_word_are_taken_as_one_vector() -> None:
    found = looked("Les anticonstitutionnels dorment.", "encoder")
    groups = found.keys.groups
    assert len(set(groups)) < len(groups)
    layer = found.layers[0]
    weighed = (layer.look.weights[0, 0].unsqueeze(-1) * layer.given[0, 0]).numpy()  # (T, S, E)
    _, takes = found.head(0, 0, pieces=False)
    for t in set(groups):
        for s in set(groups):
            rows = [place for place, group in enumerate(groups) if group == t]
            columns = [place for place, group in enumerate(groups) if group == s]
            vector = np.mean([sum(weighed[r, c] for c in columns) for r in rows], axis=0)
            assert takes[t, s] == pytest.approx(np.linalg.norm(vector), abs=1e-5)


def test_a_row_is_named_by_the_word_written_or_by_the_word_read() -> None:
    written = explain(TEXT, "cross", 1, 1, pieces=True)
    read = explain(TEXT, "cross", 1, 1, reading="read", pieces=True)
    np.testing.assert_array_equal(written.heads[0].looks, read.heads[0].looks)
    assert read.queries == ["⟨start⟩", *written.queries[:-1]]


def test_pinned_heads_stand_beside_it_and_those_the_stack_lacks_are_left_out() -> None:
    trace = explain(TEXT, "decoder", 1, 2, pinned="4.1 2.2 1.2 2.2")
    assert [(head.layer, head.head) for head in trace.heads] == [(1, 2), (2, 2)]
    many = explain(TEXT, "encoder", 1, 1, pinned="1.2 1.3 1.4 1.5 1.6 2.1")
    assert [head.head for head in many.heads] == [1, 2, 3, 4, 5]
    assert pins("2.5 (4.6) 1.1") == [(2, 5), (1, 1)]
    alone = explain(TEXT, "decoder", 2, 2).heads[0]
    np.testing.assert_array_equal(trace.heads[1].takes, alone.takes)
    for wrong in ("2", "0.1", "a.b", "1.", "-1.2", "(2)"):
        with pytest.raises(ValueError, match="names no head"):
            pins(wrong)


def test_a_layer_or_head_beyond_the_last_says_which_is_the_last() -> None:
    for settings, name in (({"layer": 9}, "layer"), ({"head": 9}, "head")):
        with pytest.raises(Beyond) as caught:
            explain(TEXT, "decoder", **settings)  # type: ignore[arg-type]
        assert caught.value.name == name
