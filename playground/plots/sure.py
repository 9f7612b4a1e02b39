"""Words in lines, each in a box that is the fuller the surer the model was of it."""

from collections.abc import Sequence

import numpy as np

from playground.plots.drawing import Box, Drawing, Word, flow, room
from playground.plots.figure import percent, shorten

LINE = 60  # pixels, a line's height
WIDE = 900  # pixels, a line's width
PAD = 8  # pixels inside a box and between boxes


def sure(words: Sequence[str], probabilities: np.ndarray, language: str = "target") -> Drawing:
    """Words with their probabilities (0..1), in percent under each.

    Raises ValueError unless there is one probability a word.
    """
    if len(words) != len(probabilities):
        raise ValueError(f"{len(words)} words have {len(probabilities)} probabilities")
    drawing = Drawing(WIDE, LINE, marks=[])
    shares = probabilities.tolist()
    told = [(shorten(word), percent(share)) for word, share in zip(words, shares, strict=True)]
    widths = [room(pair) + 2 * PAD for pair in told]
    top = 2.0
    for place, (x, below) in enumerate(flow(widths, 2.0, PAD, WIDE, LINE)):
        word, probability, width, y = words[place], shares[place], widths[place], top + below
        shown, note = told[place]
        drawing.height = y + LINE
        title = f"{word}: {probability:.6g}"
        drawing.add(
            Box(x, y, width, LINE - PAD, part=0.5 * probability, title=title),
            Word(x + width / 2, y + 16, shown, "middle", language),
            Word(x + width / 2, y + 37, note, "middle"),
        )
    return drawing
