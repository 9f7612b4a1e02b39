"""Units of a memory, a row each, over the words that were read; a row can be picked."""

from collections.abc import Sequence

import numpy as np

from playground.plots.drawing import GAP, TEXT, Box, Drawing, Word, room
from playground.plots.figure import shorten

ROW = 17  # pixels
CELL, LEAST, WIDE = 40, 14, 470  # pixels: a cell's width at most, at least; all cells together


def units(values: np.ndarray, numbers: Sequence[int], words: Sequence[str], chosen: int) -> Drawing:
    """Values (units, words): above 0 in the accent colour, below in the negative one.

    numbers: the units' own; picking a row tells its number. The one that is `chosen` is framed.
    Raises ValueError if the labels don't match.
    """
    if values.shape != (len(numbers), len(words)):
        raise ValueError(f"values {values.shape} of {len(numbers)} units, {len(words)} words")
    shown = [shorten(word, 14) for word in words]
    cell = max(LEAST, min(CELL, WIDE / max(1, len(words))))
    left = room(["unit 0000"]) + GAP
    top = room(shown) * 0.72 + TEXT
    drawing = Drawing(left + cell * len(words) + 64, top + ROW * len(numbers) + 4, marks=[])
    for column, word in enumerate(shown):
        drawing.add(Word(left + cell * (column + 0.5), top - GAP, word, angle=-45))
    largest = max(1.0, float(np.abs(values).max(initial=0)))
    for row, number in enumerate(numbers):
        y, key = top + ROW * row, str(number)
        here = number == chosen
        told = f"unit {number}"
        drawing.add(Word(left - GAP, y + ROW / 2, told, "end", strong=here, key=key))
        for column, value in enumerate(values[row].tolist()):
            fill = "accent" if value >= 0 else "negative"
            title = f"unit {number} after {words[column]}: {value:.6f}"
            x, part = left + cell * column, abs(value) / largest
            drawing.add(Box(x, y, cell - 1, ROW - 1, fill, part, title, key))
        if here:
            drawing.add(Box(left - 1, y - 1, cell * len(words) + 1, ROW + 1, "neutral", 0, "", key,
                            framed=True))  # fmt: skip
    return drawing
