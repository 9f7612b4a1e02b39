"""One unit as a line over the words, and under each word how open its gates were."""

from collections.abc import Mapping, Sequence

import numpy as np

from playground.plots.drawing import GAP, TEXT, Box, Drawing, Path, Word, room
from playground.plots.figure import minus, percent, shorten

CELL = 56  # pixels from word to word
LINE = 130  # pixels, the height of the line's part
GATE = 30  # pixels, a gate's row
DOT = 7  # pixels


def unit(values: np.ndarray, words: Sequence[str], gates: Mapping[str, np.ndarray]) -> Drawing:
    """A unit's values (S) and, by name, gates (S), 0..1. Raises ValueError if lengths differ."""
    if {len(words), *map(len, gates.values())} != {len(values)}:
        raise ValueError(f"{len(values)} values have {len(words)} words, or gates of other lengths")
    left = room([*gates, "−1.00"]) + 2 * GAP
    largest = max(1.0, float(np.abs(values).max()))
    shown = [shorten(word, 14) for word in words]
    top = LINE + room(shown) * 0.72 + TEXT + GAP
    drawing = Drawing(left + CELL * len(words) + 50, top + GATE * len(gates) + 4, marks=[])
    add_line(drawing, values, words, left, largest)
    for column, word in enumerate(shown):
        drawing.add(Word(left + CELL * (column + 0.5), top - GAP, word, angle=-45))
    for row, (name, gate) in enumerate(gates.items()):
        y = top + GATE * row
        drawing.add(Word(left - GAP, y + GATE / 2, name, "end"))
        for column, value in enumerate(gate.tolist()):
            x, title = left + CELL * column, f"{name} at {words[column]}: {value:.6f}"
            drawing.add(
                Box(x, y + 1, CELL - 2, GATE - 3, "accent", 0.55 * value, title),
                Word(x + CELL / 2 - 1, y + GATE / 2, percent(round(value, 2)), "middle",
                     title=title),
            )  # fmt: skip
    return drawing


def add_line(
    drawing: Drawing, values: np.ndarray, words: Sequence[str], left: float, largest: float
) -> None:
    """The line itself, with the height of `largest` above and below zero."""
    half = LINE / 2 - DOT
    points = [
        (left + CELL * (column + 0.5), LINE / 2 - half * value / largest)
        for column, value in enumerate(values.tolist())
    ]
    right = left + CELL * len(words)
    drawing.add(Path([(left, LINE / 2), (right, LINE / 2)], 1, "neutral"))
    for value, y in ((largest, DOT), (0.0, LINE / 2), (-largest, LINE - DOT)):
        drawing.add(Word(left - GAP, y, minus(f"{value:.3g}"), "end", "quiet"))
    drawing.add(Path(points, 2, "accent"))
    for (x, y), word, value in zip(points, words, values.tolist(), strict=True):
        title = f"after {word}: {value:.6f}"
        drawing.add(Box(x - DOT / 2, y - DOT / 2, DOT, DOT, "accent", 1.0, title))
