"""Words in boxes, in rows to pick from, as choices, in lines, and compared."""

import numpy as np
import pytest

from playground import theme
from playground.drawing import Box, Drawing, Word, boxes, choices, difference, lines, pick_row

WORDS = ["The", " cat", "\n"]


def words(drawing: Drawing) -> list[Word]:
    return [mark for mark in drawing.marks if isinstance(mark, Word)]


def rectangles(drawing: Drawing) -> list[Box]:
    return [mark for mark in drawing.marks if isinstance(mark, Box)]


def test_a_box_is_the_fuller_the_larger_its_share_but_letters_stay_legible() -> None:
    drawing = boxes(WORDS, np.array([0.0, 0.5, 1.0]), ["0.0", "1.0", "2.0"], framed=[2])
    opacities = [box.opacity for box in rectangles(drawing)]
    assert opacities == sorted(opacities)
    assert opacities[-1] == pytest.approx(theme.CHIP)
    assert [word.text for word in words(drawing)] == ["The", "0.0", "cat", "1.0", "␣", "2.0"]
    assert [box.framed for box in rectangles(drawing)] == [False, False, True]


def test_words_go_on_in_the_next_line_where_one_is_full() -> None:
    drawing = boxes(["word"] * 30, [0.5] * 30, width=300)
    assert len({box.y for box in rectangles(drawing)}) > 2
    assert max(box.x + box.width for box in rectangles(drawing)) <= 300
    assert max(box.y + box.height for box in rectangles(drawing)) <= drawing.height


def test_a_row_to_pick_from_frames_the_chosen_word() -> None:
    drawing = pick_row("at", WORDS, ["1", "2", "3"], 1)
    assert [box.framed for box in rectangles(drawing)] == [False, True, False]
    assert [word.text for word in words(drawing) if word.strong] == ["cat"]
    assert [word.key for word in words(drawing)] == ["", "1", "2", "3"]
    with pytest.raises(ValueError, match="1 keys are given for 3 words"):
        pick_row("at", WORDS, ["1"])


def test_a_choice_that_was_tried_cannot_be_picked_again() -> None:
    drawing = choices(["sea", "sky"], ["a", "b"], ["sky"])
    assert [(word.text, word.key, word.struck) for word in words(drawing)] == [
        ("sea", "a", False), ("sky", "", True)]  # fmt: skip
    assert [box.key for box in rectangles(drawing)] == ["a", ""]


def test_the_chosen_line_is_lit() -> None:
    drawing = lines(["a b", "a b c"], ["2 words", "3 words"], ["0", "1"], 1, letters="source")
    assert [word.text for word in words(drawing) if word.strong] == ["a b c"]
    (box,) = rectangles(drawing)
    assert box.y > drawing.height / 2


def test_two_texts_show_what_went_and_what_came() -> None:
    drawing = difference([("le", "same"), ("chien", "removed"), ("chat", "added")])
    above, below = (
        [word.text for word in words(drawing) if (word.y < drawing.height / 2) == upper]
        for upper in (True, False)
    )
    assert above == ["before", "le", "− chien"]
    assert below == ["after", "le", "+ chat"]
    assert [box.colour for box in rectangles(drawing)] == ["negative", "accent"]
    with pytest.raises(ValueError, match="moved"):
        difference([("le", "moved")])
