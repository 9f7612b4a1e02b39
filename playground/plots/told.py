"""What a figure shows, in a sentence and in a table: for those who don't see its colours."""

from collections.abc import Sequence

import numpy as np

from playground.plots.figure import percent

Table = list[list[str]]


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
        f"“{row}” looks at “{column}” ({percent(weight)})" for weight, row, column in places[:3]
    ]
    return "Strongest between words: " + ", ".join(links) + "."


def matrix_table(
    weights: np.ndarray, rows: Sequence[str], columns: Sequence[str]
) -> tuple[list[str], Table]:
    """A matrix as headers and rows of text, four decimals."""
    body = [[row, *(f"{w:.4f}" for w in line)] for row, line in zip(rows, weights, strict=True)]
    return ["", *columns], body
