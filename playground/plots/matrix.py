"""A matrix with words at its rows and columns, drawn so that each row and cell can be picked."""

import math
from collections.abc import Callable, Sequence

import numpy as np

from playground.plots.drawing import GAP, TEXT, Box, Drawing, Word, room
from playground.plots.figure import shorten
from playground.plots.heatmap import check

CELL = 40  # pixels, a cell's width at most
LEAST = 14  # pixels, at least
WIDE = 640  # pixels that all cells together take at most, while they can
ROW = 28  # pixels, a row's height
SLANT = 45  # degrees that column words are turned by
LEFT, RIGHT, TOP = 4, 70, 6  # pixels around it


def matrix(
    values: np.ndarray,
    rows: Sequence[str],
    columns: Sequence[str],
    colours: tuple[str, str] = ("", ""),
    largest: float = 1.0,
    chosen: int | None = None,
    keys: Callable[[int, int], str] = lambda row, column: f"{row},{column}",
    unit: str = "",
    row_height: float = ROW,
    column_key: Callable[[int], str] = lambda column: "",
    least: float = 0.0,
) -> Drawing:
    """Values (rows, columns): 0..largest in the accent colour, below 0 in the negative one.

    colours: of the row and the column words. chosen: the row that is lit, the others fade.
    keys: what picking a cell tells; a row's word tells its row alone, a column's its column_key.
    least: cells of smaller values stay blank.
    Raises ValueError if the labels don't match.
    """
    check(values, rows, columns)
    told_rows, told_columns = [shorten(r) for r in rows], [shorten(c) for c in columns]
    cell = max(LEAST, min(CELL, WIDE / max(1, len(columns))))
    left = LEFT + room(told_rows) + GAP
    top = TOP + room(told_columns) * math.sin(math.radians(SLANT)) + TEXT
    drawing = Drawing(
        left + cell * len(columns) + RIGHT, top + row_height * len(rows) + TOP, marks=[]
    )
    for column, word in enumerate(told_columns):
        x = left + cell * (column + 0.5)
        key = column_key(column)
        drawing.add(Word(x, top - GAP, word, colour=colours[1], angle=-SLANT, key=key))
    for row, word in enumerate(told_rows):
        y = top + row_height * row
        lit = chosen is None or row == chosen
        drawing.add(
            Word(
                left - GAP,
                y + row_height / 2,
                word,
                "end",
                colours[0],
                strong=row == chosen,
                key=str(row),
            )
        )
        for column, value in enumerate(values[row].tolist()):
            share = min(1.0, abs(value) / largest) if largest > 0 and abs(value) >= least else 0.0
            drawing.add(
                Box(
                    left + cell * column,
                    y,
                    cell - 1,
                    row_height - 1,
                    "accent" if value >= 0 else "negative",
                    share if lit else share * 0.35,
                    f"{rows[row]} → {columns[column]}: {value:.6g}{unit}",
                    keys(row, column),
                    framed=row == chosen,
                )
            )
    return drawing
