"""Next words as bars: one scale, exact numbers, keys only where they were given."""

import numpy as np
import pytest

from playground.plots.drawing import Box, Drawing, Word
from playground.plots.next_words import BAR, next_words, side_by_side

WORDS, SHARES = ["man", "the", "the"], np.array([0.5, 0.25, 0.125])


def boxes(drawing: Drawing) -> list[Box]:
    return [mark for mark in drawing.marks if isinstance(mark, Box)]


def test_bars_are_as_long_as_their_probabilities() -> None:
    found = boxes(next_words(WORDS, SHARES))
    assert [box.width for box in found] == [BAR, BAR / 2, BAR / 4]
    assert found[2].title == "the: 0.125000"


def test_a_word_tells_its_key_when_picked_and_a_mark_without_key_cannot_be() -> None:
    drawing = next_words(WORDS, SHARES, ["a man", "", "a the"])
    words = [m for m in drawing.marks if isinstance(m, Word) and m.anchor == "end"]
    assert [word.key for word in words] == ["a man", "", "a the"]
    assert not any(box.key for box in boxes(drawing))


def test_several_models_share_one_scale_and_stand_side_by_side() -> None:
    drawing = side_by_side({"A": (WORDS, SHARES), "B": (WORDS, SHARES / 2)})
    first, second = boxes(drawing)[:3], boxes(drawing)[3:]
    assert [one.width for one in second] == [other.width / 2 for other in first]
    assert max(box.x + box.width for box in first) < min(box.x for box in second)
    assert all(box.x + box.width <= drawing.width for box in second)
    assert [m.text for m in drawing.marks if isinstance(m, Word) and m.strong] == ["A", "B"]


def test_a_word_without_its_probability_is_refused() -> None:
    with pytest.raises(ValueError, match="2 words have 3 probabilities"):
        next_words(["a", "b"], SHARES)
