"""Next words as bars: one scale, exact numbers, keys only where they were given."""

import numpy as np
import pytest

from playground.plots.drawing import Box, Drawing, Word
from playground.plots.next_words import BAR, next_words

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


def test_a_word_without_its_probability_is_refused() -> None:
    with pytest.raises(ValueError, match="2 words have 3 probabilities"):
        next_words(["a", "b"], SHARES)
