"""All heads, told: a small map each, the picked one large, what a corpus says of it."""

from typing import Any

import numpy as np
import pytest

from playground.charts import Chart
from playground.drawing import Box, Drawing, Raster, Word
from playground.heads.all_heads import ACROSS, INSTRUMENT, MEASURES, UP, axis_picked
from playground.heads.all_heads.explain import Trace
from playground.heads.all_heads.figures import axes
from playground.heads.all_heads.figures import figures as told
from playground.heads.shared import head_picked
from playground.instrument import Shown

WEIGHTS = np.stack([np.eye(3), np.full((3, 3), 1 / 3)] * 2).reshape(2, 2, 3, 3)
MEASURED: dict[str, Any] = {
    "previous": 0.1, "next": 0.6, "same": 0.1, "first": 0.1, "punctuation": 0.1,
    "entropy_bits": 1.5, "distance": 2.5,
    "examples": [{"text": "Il dort.", "share": 0.9}, {"text": "Il a mangé.", "share": 0.8}],
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


def figures(
    trace: Trace, layer: int, head: int, across: str = ACROSS.default, up: str = UP.default
) -> dict[str, Shown]:
    """All figures with the usual axes."""
    return {**told(trace, layer, head, across, up)}


def marks(shown: Shown, kind: type) -> list[Any]:
    """The marks of one kind in a figure's drawing."""
    assert isinstance(shown.picture, Drawing)
    return [mark for mark in shown.picture.marks if isinstance(mark, kind)]


def test_every_head_is_a_map_to_pick_and_the_chosen_one_is_framed() -> None:
    maps = marks(figures(traced(), 2, 1)["grid"], Raster)
    assert [head_picked(each.key) for each in maps] == [
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
    assert shown["head"].sentence.endswith(
        "; here most on the token before, 50 %; 20 % on the next token."
    )
    assert len(shown["grid"].table.body) == 4
    unknown = figures(traced(habits=False), 1, 1)
    assert unknown["grid"].sentence == "4 heads in 2 layers."
    assert "corpus" not in unknown["head"].sentence


def test_a_key_that_names_no_map_is_refused() -> None:
    pick = INSTRUMENT.figures[0].pick
    assert pick is not None
    with pytest.raises(ValueError, match="not enough values"):
        pick("x")


def test_every_head_is_a_point_on_any_two_measures() -> None:
    for across in MEASURES:
        shown = figures(traced(), 2, 1, across, "removal_costs")["heads-corpus"]
        if across == "alignment_error":
            assert shown.picture is None
            assert "is measured of cross-attention alone" in shown.sentence
            continue
        assert isinstance(shown.picture, Chart)
        *layers, ring = shown.picture.data
        assert [layer["y"] for layer in layers] == [[1.1, 1.2], [2.1, 2.2]]
        assert {x for layer in layers for x in layer["x"]} <= {
            MEASURED.get(across), 1.1, 1.2, 2.1, 2.2,
        }  # fmt: skip
        assert head_picked(layers[1]["customdata"][1]) == {"layer": 2, "head": 2}
        assert ring["y"] == [2.1]
        assert [layer["name"] for layer in layers] == ["layer 1", "layer 2"]
        assert shown.sentence.startswith("Highest stands layer 2, head 2 (2.2), lowest layer 1")


def test_the_axes_are_picked_and_only_what_was_measured_is_offered() -> None:
    shown = figures(traced(), 1, 1)["heads-axes"]
    picks = [axis_picked(mark.key) for mark in marks(shown, Word) if mark.key]
    offered = [name for name in MEASURES if name != "alignment_error"]
    assert picks == [{"across": name} for name in offered] + [{"up": name} for name in offered]
    assert shown.table.body[-1] == ["cost of removal", "1.1", "2.2"]
    with pytest.raises(LookupError):
        axis_picked("down next")
    lacking = axes(traced(), "alignment_error", "previous").sentence
    assert lacking == "Of these heads “alignment error” was not measured; please pick another."


def test_the_role_on_the_corpus_stands_beside_what_it_does_here_with_a_mark() -> None:
    shown = figures(traced(), 1, 2)["heads-examples"]
    assert shown.sentence == (
        "Layer 1, head 2, here most on the token before, 50 %; 20 % on the next token; on the "
        "corpus 60 %, in “Il dort.” 90 %."
    )
    assert shown.table.body[1] == ["the next token", "0.6000", "0.2000"]
    pick = INSTRUMENT.figures[4].pick
    assert pick is not None
    keys = {mark.key for mark in marks(shown, Word) if mark.key}
    assert sorted(pick(key)["text"] for key in keys) == ["Il a mangé.", "Il dort."]
    usual = {**MEASURED, "next": 0.0, "previous": 0.6}
    agreed = Trace(
        "cross", ["a"], ["b"], WEIGHTS[:1, :1, :1, :1], "",
        [{**usual, "layer": 1, "head": 1, "removal_costs": 1.0, "unit": "BLEU"}], [HERE],
    )  # fmt: skip
    said = figures(agreed, 1, 1)["heads-examples"].sentence
    assert "as usual here: 50 % on the place before" in said
