"""Weights as ribbons between two lines of words: the wider, the more one word looks at another."""

from collections.abc import Callable, Sequence

import numpy as np

from playground import theme
from playground.drawing.layout import BOLD, GAP, TEXT, room
from playground.drawing.marks import Drawing, Path, Word
from playground.drawing.matrix import check_labels
from playground.drawing.numbers import percent, shorten

WIDEST = 18.0  # pixels, a ribbon of the largest weight
FAINTEST = 0.01  # of the largest; smaller weights would be too thin to see
BETWEEN = 150.0  # pixels between the two lines
APART = 18.0  # pixels between words
EDGE = 36.0  # pixels around it, and for "all"


def ribbons(
    weights: np.ndarray,
    rows: Sequence[str],
    columns: Sequence[str],
    *,
    letters: tuple[str, str] = ("target", "source"),
    chosen: int | None = None,
    chosen_column: int | None = None,
    least: float = 0.0,
    largest: float = 1.0,
    row_key: Callable[[int], str] = str,
    column_key: Callable[[int], str] | None = None,
    all_key: str = "",
    colour: str = "accent",
) -> Drawing:
    """Weights (rows, columns), 0..largest: the words of the columns above, those of the rows below.

    letters: the language of the row and of the column words. chosen, chosen_column: the row and the
    column that are lit, all if None. least: smaller weights have no ribbon, nor have those below
    `FAINTEST` of the largest. row_key, column_key:
    what picking a word, or a row's ribbon, tells; all_key: what the word "all" tells, if it is
    wanted.
    Raises ValueError if the labels don't match.
    """
    check_labels(weights, rows, columns)
    left = EDGE + (APART if all_key else 0.0)
    above, below = middles(columns, left), middles(rows, left)
    shift = (above[-1] - below[-1]) / 2  # the shorter line stands in the middle of the longer
    above = [x - min(0.0, shift) for x in above]
    below = [x + max(0.0, shift) for x in below]
    top, bottom = EDGE / 2, EDGE / 2 + BETWEEN
    width = max(above[-1] + half(columns[-1]), below[-1] + half(rows[-1])) + EDGE / 2
    drawing = Drawing(width, bottom + EDGE / 2)
    for row, column in np.argwhere(weights >= max(least, FAINTEST * largest)).tolist():
        weight = float(weights[row, column])
        lit = chosen in (None, row) and chosen_column in (None, column)
        ends = [(above[column], top + TEXT / 2 + GAP / 2),
                (below[row], bottom - TEXT / 2 - GAP / 2)]  # fmt: skip
        drawing.add(
            Path(ends, WIDEST * weight / largest, colour,
                 theme.RIBBON if lit else theme.RIBBON_FADED,
                 f"{rows[row].strip()} → {columns[column].strip()}: {weight:.6g}", row_key(row),
                 curved=True)
        )  # fmt: skip
    for column, x in enumerate(above):
        word = columns[column]
        drawing.add(Word(x, top, shorten(word.strip()), "middle", letters[1],
                         strong=column == chosen_column, title=word,
                         key=column_key(column) if column_key else ""))  # fmt: skip
    for row, x in enumerate(below):
        word = rows[row]
        drawing.add(Word(x, bottom, shorten(word.strip()), "middle", letters[0],
                         strong=row == chosen, title=word, key=row_key(row)))  # fmt: skip
    if all_key:
        every = chosen is None and chosen_column is None
        drawing.add(Word(4, bottom, "all", strong=every, title="light all rows",
                         key=all_key))  # fmt: skip
    return drawing


def undrawn(scale: str = "") -> str:
    """A sentence, with a space before it, on what has no ribbon. scale: "the largest", if not 1."""
    return f" Below {percent(FAINTEST)}{f' of {scale}' if scale else ''} no ribbon is drawn."


def middles(words: Sequence[str], left: float) -> list[float]:
    """Where the middle of each word stands, side by side."""
    found, x = [], left
    for word in words:
        found.append(x + half(word))
        x += 2 * half(word) + APART
    return found


def half(word: str) -> float:
    """Half of the pixels that a word takes."""
    return room([shorten(word.strip())]) * BOLD / 2
