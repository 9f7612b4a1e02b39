"""One head, told: ribbons and heat map of the same numbers, words and heads that can be picked."""

from dataclasses import replace
from typing import Any

import numpy as np

from playground.drawing import Box, Drawing, Path, Raster, Word
from playground.heads.one_head import head_picked, word_picked
from playground.heads.one_head.explain import MOST, Head, Trace
from playground.heads.one_head.figures import figures
from playground.instrument import Shown

LOOKS, TAKES = np.array([[0.75, 0.25], [0.5, 0.5]]), np.array([[0.5, 4.0], [0.25, 2.0]])


def traced(measure: str = "looks", count: int = 1) -> Trace:
    """Heads that look at ⟨start⟩ most and take from it least."""
    heads = [
        Head(1, 1 + n, LOOKS, TAKES / (1 + n), "⟨start⟩", 0.625, 0.111, {}) for n in range(count)
    ]
    words = ["⟨start⟩", "cat"]
    return Trace("decoder", measure, words, words, heads, np.stack([LOOKS] * 4)[None], "cat")


def marks(shown: Shown, kind: type) -> list[Any]:
    """The marks of one kind in a figure's drawing."""
    assert isinstance(shown.picture, Drawing)
    return [mark for mark in shown.picture.marks if isinstance(mark, kind)]


def test_the_ribbons_are_as_wide_as_it_looks_or_takes() -> None:
    for measure, values in (("looks", LOOKS), ("takes", TAKES)):
        ribbons = marks(figures(traced(measure), "", 0, 0)["one-head"], Path)
        widths = [ribbon.width for ribbon in ribbons]
        np.testing.assert_allclose(np.array(widths) / max(widths), values.ravel() / values.max())


def test_a_picked_word_lights_what_it_looks_at_or_who_looks_at_it() -> None:
    words = [w for w in marks(figures(traced(), "", 0, 0)["one-head"], Word) if w.key]
    assert [word_picked(word.key) for word in words] == [
        {"row": 0, "column": 1}, {"row": 0, "column": 2},
        {"row": 1, "column": 0}, {"row": 2, "column": 0}, {"row": 0, "column": 0},
    ]  # fmt: skip
    for row, column, lit in ((1, 0, {"⟨start⟩ →"}), (0, 2, {"→ cat"})):
        ribbons = marks(figures(traced(), "", row, column)["one-head"], Path)
        most = max(ribbon.opacity for ribbon in ribbons)
        titles = [ribbon.title for ribbon in ribbons if ribbon.opacity == most]
        assert len(titles) == 2
        assert all(part in title for part in lit for title in titles)


def test_the_sentence_tells_a_sink() -> None:
    said = figures(traced(), "", 0, 0)["one-head"].sentence
    assert said == (
        "Layer 1, head 1: 62.5 % of its weights rest on “⟨start⟩”, from where it takes 11.1 % of "
        "all that it takes. Below 1 % no ribbon is drawn."
    )


def test_the_heat_map_is_the_mean_of_the_heads_and_takes_have_their_own_scale() -> None:
    shown = figures(traced("takes", 2), "", 0, 0)["one-head-weights"]
    assert shown.table.body[0] == ["⟨start⟩", "0.3750", "3.0000"]
    assert max(box.opacity for box in marks(shown, Box)) == 1
    assert shown.sentence == "“⟨start⟩” takes most, a vector of length 3, from “cat”."


def test_each_head_has_its_colour() -> None:
    ribbons = marks(figures(traced(count=2), "1.2", 0, 0)["one-head"], Path)
    assert {ribbon.colour for ribbon in ribbons} == {"accent", "negative"}


def test_a_head_is_chosen_by_its_map_and_pinned_and_let_go_by_a_mark() -> None:
    shown = figures(traced(), "1.4", 0, 0)["one-head-choice"]
    assert [head_picked(one.key) for one in marks(shown, Raster)][2] == {
        "layer": 1, "head": 3, "pinned": "1.4",
    }  # fmt: skip
    picks = {word.text: head_picked(word.key) for word in marks(shown, Word) if word.key}
    assert picks["pin 1.1"]["pinned"] == "1.4 1.1"
    assert picks["unpin 1.4"]["pinned"] == ""
    assert picks["hide 1.4"]["pinned"] == "(1.4)"
    off = figures(traced(), "1.2 (1.4)", 0, 0)["one-head-choice"]
    picks = {word.text: head_picked(word.key) for word in marks(off, Word) if word.key}
    assert picks["show 1.4"]["pinned"] == "1.2 1.4"
    assert picks["unpin 1.4"]["pinned"] == "1.2"


def test_pins_that_a_stack_lacks_take_no_place_and_have_no_mark() -> None:
    here = traced()
    shown = figures(here, "1.2 9.1 9.2 9.3 9.4", 0, 0)["one-head-choice"]
    words = {word.text for word in marks(shown, Word) if word.key}
    assert {"pin 1.1", "unpin 1.2"} <= words
    assert not any("9." in word for word in words)
    full = figures(traced(count=MOST), "1.2 1.3 1.4 1.5", 0, 0)["one-head-choice"]
    assert not any(word.text.startswith("pin ") for word in marks(full, Word) if word.key)


def test_the_error_rate_of_a_cross_attention_head_is_called_one() -> None:
    trace = traced()
    (head,) = trace.heads
    measured = replace(head, measured={"same_row": 0.551, "next_row": 0.714})
    said = figures(replace(trace, stack="cross", heads=[measured]), "", 0, 0)["one-head"].sentence
    assert "its alignment error rate is 55.1 % when a word is written, 71.4 % when it" in said


def test_a_cell_of_the_heat_map_is_as_dark_as_its_value_whichever_row_is_lit() -> None:
    all_rows, one = (
        [box.opacity for box in marks(figures(traced(), "", row, 0)["one-head-weights"], Box)
         if box.title]
        for row in (0, 1)
    )  # fmt: skip
    assert all_rows == one
