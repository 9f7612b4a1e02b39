"""A matrix with words at its rows and columns, one cell a value, each row and cell to be picked.

Values 0..1 have one hue, signed ones two. `maps` shows many matrices at once, each a small map that
can be picked.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from playground import theme
from playground.drawing.layout import BOLD, GAP, TEXT, room
from playground.drawing.marks import Box, Drawing, Raster, Word
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
    column_key: Callable[[int], str] | None = None,
    cell_key: Callable[[int, int], str] | None = None,
    all_key: str = "",
    numbers: Callable[[float], str] | None = None,
    unit: str = "",
    row_height: float = ROW,
    most_cell: float = CELL,
    width: float = 0.0,
) -> Drawing:
    """Values (rows, columns): 0..largest in the accent colour, below 0 in the negative one.

    letters: "source" or "target", the language of the row and of the column words. least: cells of
    smaller values stay blank. chosen: the row in a frame; the others fade unless told not to.
    cell: one cell in a frame. row_key, column_key, cell_key: what picking tells ("": can't be
    picked; a cell tells its row's unless given its own); all_key: what the word "all" above the
    rows tells, if it is wanted.
    numbers: how a value is written in its cell. unit: after the exact value on hover. width:
    pixels that the whole takes at most, while its cells can be narrower.
    Raises ValueError if the labels don't match.
    """
    check_labels(values, rows, columns)
    names = [*map(label, rows), *["all"] * bool(all_key)]
    left = LEFT + room(names) * (1 if chosen is None else BOLD) + GAP
    top = TOP + room(list(map(label, columns))) * math.sin(math.radians(SLANT)) + TEXT
    cells = width - left - RIGHT if width else WIDE
    wide = NUMBERED if numbers else max(LEAST, min(most_cell, cells / max(1, len(columns))))
    grid = Grid(left, top, wide, row_height)
    drawing = Drawing(left + wide * len(columns) + RIGHT, top + row_height * len(rows) + TOP)
    for column, word in enumerate(columns):
        key = column_key(column) if column_key else ""
        drawing.add(Word(left + wide * (column + 0.5), top - GAP, label(word), colour=letters[1],
                         angle=-SLANT, title=word, key=key))  # fmt: skip
    if all_key:
        drawing.add(Word(left - GAP, top - row_height / 2, "all", "end", strong=chosen is None,
                         title="light all rows", key=all_key))  # fmt: skip
    for row, word in enumerate(rows):
        drawing.add(Word(left - GAP, grid.y(row) + row_height / 2, label(word), "end", letters[0],
                         strong=row == chosen, title=word, key=row_key(row)))  # fmt: skip
        part = theme.FADED if fade and chosen not in (None, row) else 1.0
        for column, value in enumerate(values[row].tolist()):
            share = abs(value) / largest if largest > 0 and abs(value) >= least else 0.0
            title = f"{word.strip()} → {columns[column].strip()}: {value:.6g}{unit}"
            box = grid.box(row, column, value < 0, theme.shade(part * min(1.0, share)))
            drawing.add(
                replace(box, title=title, key=cell_key(row, column) if cell_key else row_key(row))
            )
            if numbers:
                middle = box.x + wide / 2, box.y + row_height / 2
                drawing.add(Word(*middle, numbers(value), "middle"))
    if chosen is not None and chosen < len(rows):
        drawing.add(grid.frame(chosen, 0, len(columns)))
    if cell is not None:
        drawing.add(grid.frame(*cell, 1))
    return drawing


def still_matrix(
    values: np.ndarray,
    rows: Sequence[str],
    columns: Sequence[str],
    letters: tuple[str, str],
    largest: float = 1.0,
    width: float = 0.0,
) -> Drawing:
    """A `matrix` of low rows in which nothing is picked."""
    return matrix(
        values, rows, columns, letters=letters, largest=largest, row_height=22, width=width,
        row_key=lambda _: "", cell_key=lambda _, __: "",
    )  # fmt: skip


@dataclass(frozen=True)
class Grid:
    """Where the cells of a matrix stand, in pixels."""

    left: float
    top: float
    wide: float
    tall: float

    def y(self, row: int) -> float:
        """The upper edge of a row."""
        return self.top + self.tall * row

    def box(self, row: int, column: int, negative: bool, opacity: float) -> Box:
        """A cell."""
        x = self.left + self.wide * column
        colour = "negative" if negative else "accent"
        return Box(x, self.y(row), self.wide - 1, self.tall - 1, colour, opacity)

    def frame(self, row: int, column: int, count: int) -> Box:
        """A frame, with nothing in it, around some cells of a row."""
        x, y = self.left + self.wide * column - 1, self.y(row) - 1
        return Box(x, y, self.wide * count + 1, self.tall + 1, "neutral", 0.0, framed=True)


def label(word: str) -> str:
    """A word as it stands at a row or column."""
    return shorten(word.strip() or "␣")


def maps(
    values: np.ndarray,
    chosen: tuple[int, int] | None = None,
    *,
    names: tuple[str, str] = ("layer", "head"),
    largest: float = 1.0,
    titles: Callable[[int, int], str] | None = None,
    key: Callable[[int, int], str] = lambda row, column: f"{row},{column}",
    side: float = MAP,
    width: float = 0.0,
) -> Drawing:
    """Many matrices (layers, heads, Q, K) as small maps: layers downwards, heads across.

    chosen: the place of the one in a frame, from 0. names: what rows and columns of maps are; rows
    without a name ("") have no numbers. titles: a map's text on hover. key: what picking a map
    tells. side: pixels of a map. width: pixels that all take at most, if that is given.
    Raises ValueError for another number of axes.
    """
    if values.ndim != 4:
        raise ValueError(f"values of shape {values.shape} are not (layers, heads, Q, K)")
    down, across, queries, keys = values.shape
    left, top = room([names[0]]) + 3 * GAP, 26.0
    if width:
        side = min(side, (width - left) / across - APART)
    tall = side * min(1.5, max(0.5, queries / max(1, keys)))
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
        if names[0]:
            drawing.add(Word(left - GAP, y + tall / 2, str(row + 1), "end", strong=here))
        for column in range(across):
            title = f"{names[0]} {row + 1}, {names[1]} {column + 1}"
            if titles:
                title = f"{title}: {titles(row, column)}"
            drawing.add(Raster(left + step * column, y, side, tall, values[row, column], largest,
                               title, key(row, column), chosen == (row, column)))  # fmt: skip
    return drawing


def strongest(weights: np.ndarray, rows: Sequence[str], columns: Sequence[str]) -> str:
    """The three strongest links of a matrix (rows, columns) between words: no marks, no ⟨marks⟩.

    Without a weight between words the strongest of all is told.
    """
    places = [
        (weights[r, c], row, column)
        for r, row in enumerate(rows)
        for c, column in enumerate(columns)
        if is_word(row) and is_word(column) and weights[r, c] > 0
    ]
    between = " between words" * bool(places)
    if not places:
        r, c = divmod(int(weights.argmax()), len(columns))
        places = [(weights[r, c], rows[r], columns[c])]
    places.sort(key=lambda place: -place[0])
    links = [
        f"“{row.strip()}” looks at “{column.strip()}” ({percent(weight)})"
        for weight, row, column in places[:3]
    ]
    return f"Strongest{between}: {', '.join(links)}."


def is_word(label: str) -> bool:
    """Whether a label names a word or a piece of one: no ⟨mark⟩, and no punctuation."""
    return not label.startswith("⟨") and any(map(str.isalnum, label))


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
