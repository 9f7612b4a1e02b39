"""Words in boxes: each with its own bits, none outside the line."""

import numpy as np
import pytest

from playground.plots.drawing import Box, Word
from playground.plots.word_boxes import FULLEST, LINE, WIDE, word_boxes


def test_each_word_has_a_box_as_full_as_its_bits_and_their_exact_number() -> None:
    bits = np.array([0.0, 8.0, 16.0, 40.0])
    drawing = word_boxes(["a", " b", " c", " d"], bits, [True] * 4)
    boxes = [mark for mark in drawing.marks if isinstance(mark, Box)]
    assert [box.part for box in boxes] == [0, FULLEST / 2, FULLEST, FULLEST]
    assert [box.title for box in boxes][1] == "b: 8.000000 bits"
    assert [m.text for m in drawing.marks if isinstance(m, Word)][1::2] == [
        "0.0",
        "8.0",
        "16.0",
        "40.0",
    ]


def test_an_unknown_word_is_framed_marked_and_said_to_be_one() -> None:
    drawing = word_boxes(["a", " zq"], np.array([1.0, 2.0]), [True, False])
    box, word, bits = drawing.marks[3:]
    assert isinstance(box, Box)
    assert isinstance(word, Word)
    assert isinstance(bits, Word)
    assert (box.framed, box.fill, bits.text) == (True, "neutral", "2.0?")
    assert "outside the vocabulary" in box.title


@pytest.mark.parametrize("count", [1, 12, 160])
def test_many_words_take_more_lines_not_more_width(count: int) -> None:
    drawing = word_boxes(["wonderful"] * count, np.ones(count), [True] * count)
    boxes = [mark for mark in drawing.marks if isinstance(mark, Box)]
    assert drawing.width <= WIDE + 2
    assert all(box.x + box.width <= drawing.width for box in boxes)
    assert drawing.height == LINE * len({box.y for box in boxes}) + 1
    assert len({(box.x, box.y) for box in boxes}) == count


def test_a_word_without_its_number_is_refused() -> None:
    with pytest.raises(ValueError, match="2 words have 1 surprisals"):
        word_boxes(["a", "b"], np.ones(1), [True, True])
