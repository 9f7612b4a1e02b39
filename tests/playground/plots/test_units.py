"""Units of a memory, and one of them: values, signs and what picking a row tells."""

import numpy as np
import pytest

from playground.plots.drawing import Box, Path, Word
from playground.plots.unit import LINE, unit
from playground.plots.units import units

VALUES = np.array([[0.5, -1.0, 0.0], [0.25, 0.125, -0.5]])
WORDS = ["the", "cat", "the"]


def test_every_value_has_a_cell_with_its_sign_and_exact_number() -> None:
    drawing = units(VALUES, [7, 300], WORDS, 300)
    cells = [mark for mark in drawing.marks if isinstance(mark, Box) and not mark.framed]
    assert [cell.part for cell in cells] == np.abs(VALUES).ravel().tolist()
    assert [cell.fill for cell in cells] == ["accent", "negative", "accent"] + ["accent"] * 2 + [
        "negative"
    ]
    assert cells[1].title == "unit 7 after cat: -1.000000"


def test_a_row_tells_its_units_number_wherever_it_is_picked() -> None:
    drawing = units(VALUES, [7, 300], WORDS, 300)
    keys = [mark.key for mark in drawing.marks if mark.key]
    assert keys.count("7") == 1 + 3
    assert keys.count("300") == 1 + 3 + 1  # the frame too
    assert [m.text for m in drawing.marks if isinstance(m, Word) and m.strong] == ["unit 300"]


def test_a_memory_beyond_one_has_the_largest_value_as_its_scale() -> None:
    cells = units(4 * VALUES, [7, 300], WORDS, 0).marks
    assert max(cell.part for cell in cells if isinstance(cell, Box)) == 1


def test_labels_that_do_not_match_are_refused() -> None:
    with pytest.raises(ValueError, match="of 1 units, 3 words"):
        units(VALUES, [7], WORDS, 7)
    with pytest.raises(ValueError, match="values have 2 words"):
        unit(np.zeros(3), WORDS[:2], {})
    with pytest.raises(ValueError, match="gates of other lengths"):
        unit(np.zeros(3), WORDS, {"update": np.zeros(2)})


def test_the_followed_unit_is_a_line_with_a_point_a_word() -> None:
    values = np.array([1.0, 0.0, -1.0])
    drawing = unit(values, WORDS, {"update": np.array([0.0, 0.5, 1.0])})
    line = [mark for mark in drawing.marks if isinstance(mark, Path)][1]
    heights = [y for _, y in line.points]
    assert heights[0] < heights[1] == LINE / 2 < heights[2]
    titles = [mark.title for mark in drawing.marks if isinstance(mark, Box)]
    assert "after cat: 0.000000" in titles
    assert "update at cat: 0.500000" in titles
