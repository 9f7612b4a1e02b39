"""Attention weights as ribbons between two lines of words: the wider, the more it looked there."""

from collections.abc import Sequence

import numpy as np

from playground.plots.drawing import GAP, LETTER, TEXT, Drawing, Path, Word
from playground.plots.figure import shorten
from playground.plots.heatmap import check
from playground.plots.spotlight import ALL

WIDEST = 18.0  # pixels, a ribbon of weight 1
FAINTEST = 0.01  # smaller weights would be too thin to see
BETWEEN = 150.0  # pixels between the two lines
APART = 22.0  # pixels between words
EDGE = 36.0  # pixels around it, and for "all"


def ribbons(
    weights: np.ndarray,
    target: Sequence[str],
    source: Sequence[str],
    row: int | None = None,
    least: float = 0.0,
) -> Drawing:
    """Weights (T, S), 0..1, source words above; of `row` only, if one is lit.

    Smaller weights than `least` or `FAINTEST` have no ribbon. Picking as in `spotlight`.
    Raises ValueError if the labels don't match.
    """
    check(weights, target, source)
    above, below = places(source), places(target)
    top, bottom = EDGE, EDGE + BETWEEN
    width = max(above[-1] + ends(source), below[-1] + ends(target)) + EDGE
    drawing = Drawing(width, bottom + EDGE, marks=[])
    for t, s in np.argwhere(weights >= max(least, FAINTEST)).tolist():
        weight = float(weights[t, s])
        lit = row is None or row == t
        drawing.add(
            Path(
                [(above[s], top + TEXT / 2 + GAP / 2), (below[t], bottom - TEXT / 2 - GAP / 2)],
                WIDEST * weight,
                part=0.55 if lit else 0.03,
                title=f"{target[t]} → {source[s]}: {weight:.6g}",
                key=str(t),
                curved=True,
            )
        )
    for word, x in zip(source, above, strict=True):
        drawing.add(Word(x, top, shorten(word), "middle", "source", title=word))
    for t, (word, x) in enumerate(zip(target, below, strict=True)):
        told = shorten(word)
        drawing.add(Word(x, bottom, told, "middle", "target", 0.0, t == row, word, str(t)))
    drawing.add(Word(4, bottom, "all", strong=row is None, title="light all rows", key=ALL))
    return drawing


def places(words: Sequence[str]) -> list[float]:
    """Where the middle of each word stands, side by side."""
    middles, x = [], EDGE + APART
    for word in words:
        half = ends([word])
        middles.append(x + half)
        x += 2 * half + APART
    return middles


def ends(words: Sequence[str]) -> float:
    """Half of what the last word takes (pixels)."""
    return LETTER * len(shorten(words[-1])) / 2
