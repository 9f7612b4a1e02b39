"""Attention weights as a matrix whose rows can be lit, one at a time."""

from collections.abc import Sequence

import numpy as np

from playground.plots.drawing import Drawing, Word
from playground.plots.matrix import ROW, matrix

ALL = "-1"  # the key that lights all rows again


def spotlight(
    weights: np.ndarray,
    target: Sequence[str],
    source: Sequence[str],
    row: int | None = None,
    least: float = 0.0,
) -> Drawing:
    """Weights (T, S), 0..1; `row` is lit, smaller weights than `least` stay blank.

    Picking a row tells its number, picking "all" tells `ALL`. Raises ValueError as `matrix`.
    """
    drawing = matrix(
        weights,
        target,
        source,
        ("target", "source"),
        chosen=row,
        keys=lambda row, column: str(row),
        least=least,
    )
    first = next(mark for mark in drawing.marks if isinstance(mark, Word) and mark.key == "0")
    title = "light all rows"
    drawing.add(
        Word(first.x, first.y - ROW, "all", "end", strong=row is None, title=title, key=ALL)
    )
    return drawing
