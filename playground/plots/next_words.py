"""The likeliest next words as bars that can be picked; for one model, or several side by side."""

from collections.abc import Sequence

import numpy as np

from playground.plots.drawing import GAP, Box, Drawing, Word, room
from playground.plots.figure import percent, shorten

ROW = 29  # pixels
BAR = 300  # pixels, the longest bar of one model
NARROW = 110  # pixels, of each of several
TOLD = 70  # pixels for a percentage
TOP = 26  # pixels for a model's name


def next_words(
    words: Sequence[str], probabilities: np.ndarray, keys: Sequence[str] = ()
) -> Drawing:
    """Words from top to bottom with their probability (0..1); `keys`: what picking each tells.

    Raises ValueError unless there is one probability for each word.
    """
    drawing = Drawing(marks=[])
    longest = float(max(probabilities, default=1))
    add_bars(drawing, (0, 0), words, probabilities, keys, BAR, longest)
    return drawing


def add_bars(
    drawing: Drawing,
    corner: tuple[float, float],
    words: Sequence[str],
    probabilities: np.ndarray,
    keys: Sequence[str],
    longest_bar: float,
    longest: float,
) -> None:
    """Add a list of words with bars to a drawing; `longest` is the longest bar's probability."""
    if len(words) != len(probabilities):
        raise ValueError(f"{len(words)} words have {len(probabilities)} probabilities")
    left, top = corner
    shown = [shorten(word, 16) for word in words]
    start = left + 4 + room(shown) + GAP
    for place, (word, probability) in enumerate(zip(shown, probabilities.tolist(), strict=True)):
        y, width = top + ROW * place, longest_bar * probability / longest
        title = f"{words[place]}: {probability:.6f}"
        key = keys[place] if keys else ""
        drawing.add(
            Word(start - GAP, y + ROW / 2, word, "end", title=title, key=key),
            Box(start, y + 4, max(1.0, width), ROW - 8, "accent", 0.75, title),
            Word(start + width + GAP, y + ROW / 2, percent(probability)),
        )
    drawing.width = max(drawing.width, start + longest_bar + GAP + TOLD)
    drawing.height = max(drawing.height, top + ROW * len(words) + 4)
