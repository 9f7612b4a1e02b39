"""A matrix with words at its rows and columns, one cell a value, each row and cell to be picked.

Values 0..1 have one hue, signed ones two. `maps` shows many matrices at once, each a small map that
can be picked.
"""

import math
from collections.abc import Callable, Sequence

import numpy as np

from playground import theme
from playground.drawing.marks import GAP, TEXT, Box, Drawing, Raster, Word, room
from playground.drawing.numbers import percent, shorten

CELL = 40  # pixels, a cell's width at most
LEAST = 14  # pixels, at least
NUMBERED = 58  # pixels of a cell that holds a number
WIDE = 640  # pixels that all cells together take at most, while they can
ROW = 28  # pixels, a row's height
SLANT = 45  # degrees that column words are turned by
LEFT, RIGHT, TOP = 4, 70, 6  # pixels around it
ALL = "-1"  # the usual key that lights all rows again
MAP, APART = 92, 10  # pixels: a small map's side, and between two


def matrix(
    values: np.ndarray,
    rows: Sequence[str],
    columns: Sequence[str],
    *,
    letters: tuple[str, str] = ("", ""),
    largest: float = 1.0,
    least: float = 0.0,
    chosen: int | None = None,
    cell: tuple[int, int] | None = None,
    fade: bool = True,
    row_key: Callable[[int], str] = str,
    column_key: Callable[[int], str] = lambda column: "",
    cell_key: Callable[[int, int], str] = lambda row, column: str(row),
    all_key: str = "",
    numbers: Callable[[float], str] | None = None,
    unit: str = "",
    row_height: float = ROW,
    most_cell: float = CELL,
) -> Drawing:
    """Values (rows, columns): 0..largest in the accent colour, below 0 in the negative one.

    letters: "source" or "target", the language of the row and of the column words. least: cells of
    smaller values stay blank. chosen: the row that is lit; the others fade unless told not to.
    cell: one cell in a frame of its own. row_key, column_key, cell_key: what picking tells ("":
    can't be picked); all_key: what the word "all" above the rows tells, if it is wanted.
    numbers: how a value is written in its cell. unit: after the exact value on hover.
    Raises ValueError if the labels don't match.
    """
    check_labels(values, rows, columns)
    row_words = [shorten(word.strip() or "␣") for word in rows]
    column_words = [shorten(word.strip() or "␣") for word in columns]
    wide = NUMBERED if numbers else max(LEAST, min(most_cell, WIDE / max(1, len(columns))))
    left = LEFT + room([*row_words, "all"] if all_key else row_words) + GAP
    top = TOP + room(column_words) * math.sin(math.radians(SLANT)) + TEXT
    drawing = Drawing(left + wide * len(columns) + RIGHT, top + row_height * len(rows) + TOP)
    for column, word in enumerate(column_words):
        drawing.add(Word(left + wide * (column + 0.5), top - GAP, word, colour=letters[1],
                         angle=-SLANT, title=columns[column], key=column_key(column)))  # fmt: skip
    if all_key:
        drawing.add(Word(left - GAP, top - row_height / 2, "all", "end", strong=chosen is None,
                         title="light all rows", key=all_key))  # fmt: skip
    for row, word in enumerate(row_words):
        y = top + row_height * row
        drawing.add(Word(left - GAP, y + row_height / 2, word, "end", letters[0],
                         strong=row == chosen, title=rows[row], key=row_key(row)))  # fmt: skip
        part = theme.FADED if fade and chosen not in (None, row) else 1.0
        for column, value in enumerate(values[row].tolist()):
            share = abs(value) / largest if largest > 0 and abs(value) >= least else 0.0
            x = left + wide * column
            drawing.add(
                Box(x, y, wide - 1, row_height - 1, "accent" if value >= 0 else "negative",
                    theme.shade(part * min(1.0, share)),
                    f"{rows[row].strip()} → {columns[column].strip()}: {value:.6g}{unit}",
                    cell_key(row, column), framed=fade and row == chosen)
            )  # fmt: skip
            if numbers:
                drawing.add(Word(x + wide / 2 - 1, y + row_height / 2, numbers(value), "middle"))
        if not fade and row == chosen:
            drawing.add(Box(left - 1, y - 1, wide * len(columns) + 1, row_height + 1, "neutral",
                            0.0, key=row_key(row), framed=True))  # fmt: skip
    if cell:
        drawing.add(Box(left + wide * cell[1] - 1, top + row_height * cell[0] - 1, wide + 1,
                        row_height + 1, "neutral", 0.0, key=cell_key(*cell), framed=True)
                    )  # fmt: skip
    return drawing


def maps(
    values: np.ndarray,
    chosen: tuple[int, int] | None = None,
    *,
    names: tuple[str, str] = ("layer", "head"),
    largest: float = 1.0,
    titles: Callable[[int, int], str] | None = None,
    key: Callable[[int, int], str] = lambda row, column: f"{row},{column}",
    side: float = MAP,
) -> Drawing:
    """Many matrices (layers, heads, Q, K) as small maps: layers downwards, heads across.

    chosen: the place of the one in a frame, from 0. names: what rows and columns of maps are.
    titles: a map's text on hover. key: what picking a map tells. side: pixels of a map.
    Raises ValueError for another number of axes.
    """
    if values.ndim != 4:
        raise ValueError(f"values of shape {values.shape} are not (layers, heads, Q, K)")
    down, across, queries, keys = values.shape
    tall = side * min(1.5, max(0.5, queries / max(1, keys)))
    left, top = room([names[0]]) + 3 * GAP, 26.0
    step, fall = side + APART, tall + APART
    drawing = Drawing(left + step * across, top + fall * down)
    drawing.add(Word(0, top / 2, names[1], colour="quiet"))
    for column in range(across):
        here = chosen is not None and chosen[1] == column
        drawing.add(Word(left + step * column + side / 2, top / 2, str(column + 1), "middle",
                         strong=here))  # fmt: skip
    for row in range(down):
        y = top + fall * row
        here = chosen is not None and chosen[0] == row
        if row == 0:
            drawing.add(Word(0, y + tall / 2, names[0], colour="quiet"))
        drawing.add(Word(left - GAP, y + tall / 2, str(row + 1), "end", strong=here))
        for column in range(across):
            title = f"{names[0]} {row + 1}, {names[1]} {column + 1}"
            if titles:
                title = f"{title}: {titles(row, column)}"
            drawing.add(Raster(left + step * column, y, side, tall, values[row, column], largest,
                               title, key(row, column), chosen == (row, column)))  # fmt: skip
    return drawing


def strongest(weights: np.ndarray, rows: Sequence[str], columns: Sequence[str]) -> str:
    """The three strongest links of a matrix (rows, columns) between words, ⟨marks⟩ left out."""
    places = [
        (weights[r, c], row, column)
        for r, row in enumerate(rows)
        for c, column in enumerate(columns)
        if not row.startswith("⟨") and not column.startswith("⟨")
    ] or [(weights.max(), rows[0], columns[int(weights[0].argmax())])]
    places.sort(key=lambda place: -place[0])
    links = [
        f"“{row.strip()}” looks at “{column.strip()}” ({percent(weight)})"
        for weight, row, column in places[:3]
    ]
    return "Strongest between words: " + ", ".join(links) + "."


def matrix_table(
    values: np.ndarray, rows: Sequence[str], columns: Sequence[str]
) -> tuple[list[str], list[list[str]]]:
    """A matrix as headers and rows of text, four decimals."""
    body = [
        [row, *(f"{value:.4f}" for value in line)] for row, line in zip(rows, values, strict=True)
    ]
    return ["", *columns], body


def check_labels(values: np.ndarray, rows: Sequence[object], columns: Sequence[object]) -> None:
    """Raise ValueError unless there is one label for each row and each column."""
    if values.shape != (len(rows), len(columns)):
        raise ValueError(
            f"a matrix of shape {values.shape} has {len(rows)} row and {len(columns)} column labels"
        )
