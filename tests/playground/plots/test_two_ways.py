"""Two signed bars a word: up for the prediction, down against it, on one scale."""

import numpy as np
import pytest

from playground.plots.drawing import Box, Drawing, Word
from playground.plots.two_ways import TALL, two_ways

WAYS = ("one", "other")


def bars(drawing: Drawing) -> dict[str, Box]:
    return {m.title: m for m in drawing.marks if isinstance(m, Box) and m.title}


def test_bars_go_up_and_down_from_one_line_by_their_bits() -> None:
    found = bars(two_ways(["a", " b"], np.array([2.0, -1.0]), np.array([4.0, 0.5]), WAYS))
    up, down = found["a, other: +4.000000 bits"], found["b, one: -1.000000 bits"]
    assert up.height == TALL
    assert up.y + up.height == pytest.approx(down.y)
    assert down.height == TALL / 4
    assert found["a, one: +2.000000 bits"].height == TALL / 2


def test_nothing_is_drawn_outside_whatever_the_signs() -> None:
    for sign in (1, -1):
        values = sign * np.array([3.0, 1.0])
        drawing = two_ways(["a", "b"], values, values, WAYS)
        assert all(b.y >= 0 and b.y + b.height < drawing.height for b in bars(drawing).values())


def test_words_to_look_back_from_can_be_picked_and_the_chosen_one_is_framed() -> None:
    drawing = two_ways(["a"], np.ones(1), np.ones(1), WAYS, ["cat", "dog"], "dog")
    picks = [m for m in drawing.marks if isinstance(m, Word) and m.key]
    assert [(pick.key, pick.strong) for pick in picks] == [("cat", False), ("dog", True)]
    assert sum(isinstance(m, Box) and m.framed for m in drawing.marks) == 1


def test_a_word_without_both_values_is_refused() -> None:
    with pytest.raises(ValueError, match="2 words have 2 and 1 values"):
        two_ways(["a", "b"], np.ones(2), np.ones(1), WAYS)


def test_values_that_are_all_zero_can_be_drawn() -> None:
    assert two_ways(["a"], np.zeros(1), np.zeros(1), WAYS).height > 0
