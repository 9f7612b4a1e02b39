"""The likeliest words before and after an operation, their bars back to back, and the change."""

from collections.abc import Sequence

import numpy as np

from playground.plots.drawing import GAP, Box, Drawing, Word, room
from playground.plots.figure import minus, percent, shorten
from playground.plots.pick_row import add_row

ROW = 25  # pixels
BAR = 200  # pixels, the longest bar
TOLD = 74  # pixels for a percentage
CHANGE = 120  # pixels for the change
TOP = 26  # pixels for the headings


def before_after(
    words: Sequence[str],
    before: np.ndarray,
    after: np.ndarray,
    change_bits: np.ndarray,
    text: Sequence[str] = (),
    at: int | None = None,
) -> Drawing:
    """Words with two probabilities (0..1) each, on one scale, and the change from one to the other.

    text: the words that were read, to be picked: each tells its place, from 1; `at` is the chosen
    one's. Raises ValueError unless there is one of each for every word.
    """
    if not len(words) == len(before) == len(after) == len(change_bits):
        raise ValueError(f"{len(words)} words have {len(before)}, {len(after)} probabilities")
    longest = float(max(before.max(), after.max()))
    name = room([shorten(word) for word in words]) + 2 * GAP
    left = TOLD + BAR  # of the words
    right = left + name
    width = right + BAR + TOLD + CHANGE
    drawing = Drawing(width, marks=[])
    keys = [str(place) for place in range(1, len(text) + 1)]
    top = add_row(drawing, "at", text, keys, None if at is None else at - 1) if text else 0.0
    drawing.height = top + TOP + ROW * len(words) + 4
    drawing.add(
        Word(left, top + TOP / 2, "before", "end", strong=True),
        Word(right, top + TOP / 2, "after", strong=True),
        Word(width - 4, top + TOP / 2, "change, bits", "end", "quiet"),
    )
    for row, word in enumerate(words):
        y = top + TOP + ROW * row
        middle = y + ROW / 2
        old, new = float(before[row]), float(after[row])
        told_old, told_new = f"{word} before: {old:.6f}", f"{word} after: {new:.6f}"
        wide_old, wide_new = BAR * old / longest, BAR * new / longest
        bits = float(change_bits[row])
        drawing.add(
            Box(left - wide_old, y + 4, max(1.0, wide_old), ROW - 8, "neutral", 0.6, told_old),
            Word(left - wide_old - GAP, middle, percent(old), "end", title=told_old),
            Word((left + right) / 2, middle, shorten(word), "middle", title=word),
            Box(right, y + 4, max(1.0, wide_new), ROW - 8, "accent", 0.75, told_new),
            Word(right + wide_new + GAP, middle, percent(new), title=told_new),
            Word(width - 4, middle, minus(f"{bits:+.1f}"), "end",
                 "negative" if bits < 0 else "accent", title=f"{word}: {bits:+.6f} bits"),
        )  # fmt: skip
    return drawing
