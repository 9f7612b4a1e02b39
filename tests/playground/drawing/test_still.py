"""Drawings with a title, and matrices in which nothing is picked."""

import numpy as np

from playground.drawing import Box, Drawing, Word, still_matrix, titled


def test_nothing_is_picked_in_a_still_matrix_and_its_scale_can_be_its_own() -> None:
    values = np.array([[0.25, -0.25]])
    drawn = still_matrix(values, ["a"], ["b", "c"], ("source", ""), largest=0.25)
    assert not any(mark.key for mark in drawn.marks if isinstance(mark, Box | Word))
    assert [box.opacity for box in drawn.marks if isinstance(box, Box)] == [1.0, 1.0]


def test_a_title_stands_above() -> None:
    drawn = titled("before", Drawing(50, 30, [Word(0, 5, "x")]))
    title, word = drawn.marks
    assert isinstance(title, Word)
    assert isinstance(word, Word)
    assert title.text == "before"
    assert word.y > title.y
    assert drawn.height == 50
