"""The tree of texts: every one has its own place, after its parent's."""

import pytest

from playground.plots.branches import branches, depths, heights
from playground.plots.drawing import Box, Path, Word

PARENTS = [-1, 0, 0, 1, 1, 2]
WORDS = ["Once upon", "a", "the", "time", "day", "hill"]
TEXTS = ["Once upon", "Once upon a", "Once upon the", "… a time", "… a day", "… the hill"]


def test_a_node_stands_right_of_its_parent_and_no_two_in_one_place() -> None:
    levels, rows = depths(PARENTS), heights(PARENTS)
    assert levels == [0, 1, 1, 2, 2, 2]
    assert all(levels[node] > levels[parent] for node, parent in enumerate(PARENTS) if parent >= 0)
    assert len(set(zip(levels, rows, strict=True))) == len(PARENTS)
    assert rows[0] == rows[1] == rows[3]


def test_each_node_tells_its_text_and_the_current_one_is_framed() -> None:
    drawing = branches(PARENTS, WORDS, TEXTS, 2)
    words = [mark for mark in drawing.marks if isinstance(mark, Word)]
    assert [word.key for word in words] == TEXTS
    assert [word.strong for word in words] == [False, False, True, False, False, False]
    boxes = [mark for mark in drawing.marks if isinstance(mark, Box)]
    assert [box.framed for box in boxes].index(True) == 2
    assert sum(isinstance(mark, Path) for mark in drawing.marks) == 5
    assert all(box.x + box.width <= drawing.width for box in boxes)
    assert all(box.y + box.height <= drawing.height for box in boxes)


def test_of_a_long_text_the_end_is_shown() -> None:
    drawing = branches([-1], ["word " * 30 + "end"], ["x"], 0)
    assert [m.text for m in drawing.marks if isinstance(m, Word)][0].endswith("word end")


def test_a_node_without_parent_or_text_is_refused() -> None:
    with pytest.raises(ValueError, match="2 words have 1 parents"):
        branches([-1], ["a", "b"], ["a", "b"], 0)
