"""A bar beside each word: how much of something it has."""

from collections.abc import Sequence

import numpy as np

from playground.plots.drawing import GAP, Box, Drawing, Word, room
from playground.plots.figure import shorten

ROW = 28  # pixels
BAR = 200  # pixels, the longest bar
LEFT = 4  # pixels


def word_bars(
    words: Sequence[str],
    values: np.ndarray,
    told: Sequence[str],
    colour: str = "",
    largest: float = 0.0,
    fills: Sequence[str] = (),
) -> Drawing:
    """Words from top to bottom, a bar for each value (0..), what is `told` of it at its end.

    colour: of the words. largest: the value of the longest bar, if not the largest one. fills: each
    bar's colour. Raises ValueError unless there is one value and one telling for each word.
    """
    if not len(words) == len(values) == len(told):
        raise ValueError(f"{len(words)} words have {len(values)} values and {len(told)} tellings")
    shown = [shorten(word) for word in words]
    longest = largest or float(max(values, default=0)) or 1.0
    left = LEFT + room(shown) + GAP
    drawing = Drawing(left + BAR + 2 * GAP + room(told), ROW * len(words) + LEFT, marks=[])
    for place, (word, value) in enumerate(zip(shown, values.tolist(), strict=True)):
        y, width = ROW * place, BAR * value / longest
        title = f"{words[place]}: {value:.6g}"
        fill = fills[place] if fills else "accent"
        drawing.add(
            Word(left - GAP, y + ROW / 2, word, "end", colour, title=title),
            Box(left, y + 4, max(1.0, width), ROW - 8, fill, 0.75, title),
            Word(left + width + GAP, y + ROW / 2, told[place]),
        )
    return drawing
