"""All heads, told: a small map each, the picked one large, what a corpus says of it."""

from typing import Any

import numpy as np
import pytest

from playground.drawing import Box, Drawing, Raster
from playground.heads.all_heads import INSTRUMENT, map_picked
from playground.heads.all_heads.explain import Trace
from playground.heads.all_heads.figures import figures
from playground.instrument import Shown

WEIGHTS = np.stack([np.eye(3), np.full((3, 3), 1 / 3)] * 2).reshape(2, 2, 3, 3)
MEASURED: dict[str, Any] = {
    "previous": 0.1, "next": 0.6, "same": 0.1, "first": 0.1, "punctuation": 0.1,
    "entropy_bits": 1.5,
}  # fmt: skip
HERE = {"previous": 0.5, "next": 0.2, "same": 0.1, "first": 0.1, "punctuation": 0.1}


def traced(habits: bool = True) -> Trace:
    """Two layers of two heads on three words; the second of each looks everywhere alike."""
    known = [
        {
            "part": "encoder",
            "layer": layer,
            "head": head,
            "removal_costs": layer + head / 10,
            "unit": "BLEU",
        }
        | MEASURED
        for layer in (1, 2)
        for head in (1, 2)
    ]
    words = ["chat", "noir", "⟨end⟩"]
    return Trace(
        "encoder",
        words,
        words,
        WEIGHTS,
        "cat",
        known if habits else [],
        [HERE] * 4 if habits else [],
    )


def marks(shown: Shown, kind: type) -> list[Any]:
    """The marks of one kind in a figure's drawing."""
    assert isinstance(shown.picture, Drawing)
    return [mark for mark in shown.picture.marks if isinstance(mark, kind)]


def test_every_head_is_a_map_to_pick_and_the_chosen_one_is_framed() -> None:
    maps = marks(figures(traced(), 2, 1)["grid"], Raster)
    assert [map_picked(each.key) for each in maps] == [
        {"layer": layer, "head": head} for layer in (1, 2) for head in (1, 2)
    ]
    assert [each.framed for each in maps] == [False, False, True, False]
    np.testing.assert_array_equal(maps[3].values, WEIGHTS[1, 1])


def test_the_large_matrix_is_the_picked_head_and_one_beyond_the_last_is_the_last() -> None:
    large = figures(traced(), 1, 2)["head"]
    assert {box.title for box in marks(large, Box)} >= {"chat → noir: 0.333333"}
    assert large.table.body[0] == ["chat", "0.3333", "0.3333", "0.3333"]
    assert figures(traced(), 9, 9)["head"].sentence.startswith("Layer 2, head 2. ")


def test_what_a_corpus_says_is_told_of_the_head_where_it_was_measured() -> None:
    shown = figures(traced(), 1, 1)
    assert "removal of layer 2, head 2 costs most, 2.2 BLEU" in shown["grid"].sentence
    assert (
        "On a corpus 60 % on the next token; its removal costs 1.1 BLEU" in shown["head"].sentence
    )
    assert shown["head"].sentence.endswith("; not here: 20 % on the next token.")
    assert len(shown["grid"].table.body) == 4
    unknown = figures(traced(habits=False), 1, 1)
    assert unknown["grid"].sentence == "4 heads in 2 layers."
    assert "corpus" not in unknown["head"].sentence


def test_a_key_that_names_no_map_is_refused() -> None:
    pick = INSTRUMENT.figures[0].pick
    assert pick is not None
    with pytest.raises(ValueError, match="invalid literal"):
        pick("x")
