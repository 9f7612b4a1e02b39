"""The words of a text in boxes, line after line, each the fuller the more bits it surprised by."""

from collections.abc import Sequence

import numpy as np

from playground.plots.drawing import GAP, Box, Drawing, Word, flow, room

MOST_BITS = 16.0  # the surprisal whose box is fullest
FULLEST = 0.55  # of the colour, so that words stay legible on it
LINE = 60  # pixels from one line to the next
BOX = 30  # pixels, a box's height
WIDE = 560  # pixels that a line takes at most
LEAST = 44  # pixels, a box's width at least


def word_boxes(words: Sequence[str], bits: np.ndarray, known: Sequence[bool]) -> Drawing:
    """Words as typed with their surprisal (bits) under them; "?" marks those that aren't known.

    Raises ValueError unless there is one number and one mark for each word.
    """
    if not len(words) == len(bits) == len(known):
        raise ValueError(f"{len(words)} words have {len(bits)} surprisals, {len(known)} marks")
    drawing = Drawing(WIDE + 2, 1.0 + LINE, marks=[])
    shown = [word.strip() or "␣" for word in words]
    widths = [max(LEAST, room([word]) + 2 * GAP) for word in shown]
    places = flow(widths, 1.0, 4, WIDE, LINE)
    for word, surprise, is_known, wide, (x, y) in zip(
        shown, bits.tolist(), known, widths, places, strict=True
    ):
        drawing.add(*boxed(word, surprise, is_known, x, 1.0 + y, wide))
        drawing.width = max(drawing.width, x + wide + 1)
        drawing.height = 1.0 + y + LINE
    return drawing


def boxed(
    word: str, bits: float, is_known: bool, x: float, y: float, wide: float
) -> tuple[Box, Word, Word]:
    """One word in its box, and its bits."""
    title = f"{word}: {bits:.6f} bits"
    title += "" if is_known else ", as for any word outside the vocabulary"
    part = FULLEST * min(1.0, bits / MOST_BITS)
    fill, mark = ("accent", "") if is_known else ("neutral", "?")
    return (
        Box(x, y, wide, BOX, fill, part, title, framed=not is_known),
        Word(x + wide / 2, y + BOX / 2, word, "middle", title=title),
        Word(x + wide / 2, y + BOX + 13, f"{bits:.1f}{mark}", "middle", "quiet", title=title),
    )
