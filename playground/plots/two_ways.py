"""Under each word two signed bars: what two ways of asking say that it did."""

from collections.abc import Sequence

import numpy as np

from playground.plots.drawing import GAP, TEXT, Box, Drawing, Path, Word, room
from playground.plots.figure import minus, shorten
from playground.plots.pick_row import add_row

COLUMN = 96  # pixels
BAR = 30  # pixels, a bar's width
TALL = 130  # pixels, the longest bar
TOLD = 24  # pixels for the number at a bar's end
NAMES = 28  # pixels for what the two colours mean


def two_ways(
    words: Sequence[str],
    one: np.ndarray,
    other: np.ndarray,
    names: tuple[str, str],
    predictions: Sequence[str] = (),
    prediction: str = "",
) -> Drawing:
    """Two values (bits, signed) for each word, on one scale; above the line: for the prediction.

    predictions: words to look back from, to be picked; the chosen `prediction` is framed. Raises
    ValueError unless there are two values for each word.
    """
    if not len(words) == len(one) == len(other):
        raise ValueError(f"{len(words)} words have {len(one)} and {len(other)} values")
    both = np.stack([one, other])
    largest = float(np.abs(both).max()) or 1.0
    up, down = (TALL * max(0.0, float(most)) / largest for most in (both.max(), -both.min()))
    drawing = Drawing(marks=[])
    here = predictions.index(prediction) if prediction in predictions else None
    top = add_row(drawing, "back from", predictions, predictions, here) if predictions else 0.0
    zero = top + NAMES + TOLD + up
    drawing.width = max(drawing.width, COLUMN * len(words) + 4, room([" ".join(names)]) + 60)
    drawing.height = zero + down + TOLD + 2 * TEXT
    add_names(drawing, top, names)
    drawing.add(Path([(0, zero), (COLUMN * len(words), zero)], 1, "neutral"))
    for column, word in enumerate(words):
        middle = COLUMN * (column + 0.5)
        told = shorten(word.strip() or "␣", 11)
        drawing.add(Word(middle, drawing.height - TEXT, told, "middle", strong=True, title=word))
        for x, value, fill, name in (
            (middle - BAR - 7, float(one[column]), "accent", names[0]),
            (middle + 7, float(other[column]), "negative", names[1]),
        ):
            drawing.add(*signed(x, zero, value, largest, (fill, f"{word.strip()}, {name}")))
    return drawing


def add_names(drawing: Drawing, top: float, names: tuple[str, str]) -> None:
    """What the two colours mean."""
    second = 22 + room([names[0]]) + 2 * GAP
    for x, name, fill in ((0.0, names[0], "accent"), (second, names[1], "negative")):
        drawing.add(Box(x, top + 7, 14, 14, fill, 0.8), Word(x + 20, top + NAMES / 2, name))


def signed(
    x: float, zero: float, value: float, largest: float, told: tuple[str, str]
) -> tuple[Box, Word]:
    """A bar up or down from zero, its bits at its end."""
    fill, title = told
    tall = TALL * abs(value) / largest
    up = value >= 0
    exact = f"{title}: {value:+.6f} bits"
    end = zero - tall - 10 if up else zero + tall + 10
    text = minus(f"{value:+.1f}")
    return (
        Box(x, zero - tall if up else zero, BAR, max(1.0, tall), fill, 0.8, exact),
        Word(x + BAR / 2, end, text, "middle", title=exact),
    )
