"""Pieces of sentences that several figures say alike."""

from collections.abc import Sequence

import numpy as np

from playground.drawing.numbers import percent


def real(words: Sequence[str]) -> list[int]:
    """The places of those that are words: a ⟨mark⟩ is never offered as one."""
    return [place for place, word in enumerate(words) if not word.startswith("⟨")]


def marked(words: Sequence[str], *probabilities: np.ndarray) -> str:
    """What each ⟨mark⟩ among the words holds (0..1), then what it holds later, if that is given.

    Sentences with a space before each; "" where there is no mark.
    """
    return "".join(
        f" {word} holds {', then '.join(percent(each[place]) for each in probabilities)}."
        for place, word in enumerate(words)
        if word.startswith("⟨")
    )


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
) -> tuple[list[str], list[list[str]]]:
    """A matrix as headers and rows of text, four decimals."""
    body = [[row, *(f"{w:.4f}" for w in line)] for row, line in zip(rows, weights, strict=True)]
    return ["", *columns], body
