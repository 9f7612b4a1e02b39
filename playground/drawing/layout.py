"""Where marks stand: how much room words take, what flows into lines, drawings put together."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from playground.drawing.marks import Drawing, Mark, Path, Word

TEXT = 15  # pixels, the size of words: legible from the last row
LETTER = 9.3  # pixels that most letters of that size take in a wide font
OTHERS = {
    "iljI.,:;'’|! ": 4.8, "tfr()[]-/“”": 6.2, "0123456789": 9.6, "mwMW%@—": 14.0,
    "−+=<>~±": 12.6, "⟨⟩": 5.9,
}  # fmt: skip
"""Pixels of those letters that are far from it."""
BOLD = 1.12  # how much wider bold letters are
HALF = 600  # pixels that fit beside another figure at 1280 with letters of 14 pixels
GAP = 8  # pixels between a word and what it names
WIDTHS = {letter: width for letters, width in OTHERS.items() for letter in letters}


def stacked(drawings: Sequence[Drawing], gap: float = 2 * GAP) -> Drawing:
    """Drawings one under the other, `gap` pixels apart."""
    whole, y = Drawing(), 0.0
    for drawing in drawings:
        whole.add(*(moved(mark, 0.0, y) for mark in drawing.marks))
        whole.width = max(whole.width, drawing.width)
        whole.height = y + drawing.height
        y = whole.height + gap
    return whole


def beside(drawings: Sequence[Drawing], gap: float = 2 * GAP) -> Drawing:
    """Drawings side by side, `gap` pixels apart."""
    whole, x = Drawing(), 0.0
    for drawing in drawings:
        whole.add(*(moved(mark, x, 0.0) for mark in drawing.marks))
        whole.height = max(whole.height, drawing.height)
        whole.width = x + drawing.width
        x = whole.width + gap
    return whole


def titled(title: str, drawing: Drawing) -> Drawing:
    """A drawing with a quiet title above it."""
    line = Drawing(room([title]) + GAP, 20, [Word(4, 10, title, colour="quiet")])
    return stacked([line, drawing], gap=0)


def moved(mark: Mark, right: float, down: float) -> Mark:
    """The same mark, elsewhere."""
    if isinstance(mark, Path):
        return replace(mark, points=[(x + right, y + down) for x, y in mark.points])
    return replace(mark, x=mark.x + right, y=mark.y + down)


def room(words: Sequence[str]) -> float:
    """The pixels that the longest of some words takes, about."""
    return max((sum(WIDTHS.get(letter, LETTER) for letter in word) for word in words), default=0.0)


def flow(
    widths: Sequence[float], start: float, gap: float, edge: float, line: float
) -> list[tuple[float, float]]:
    """Where things side by side begin: x from `start`, y from 0, one `line` lower past the `edge`.

    widths, gap: pixels of each, and between two. One alone in its line may pass the edge.
    """
    found, x, y = [], start, 0.0
    for width in widths:
        if x > start and x + width > edge:
            x, y = start, y + line
        found.append((x, y))
        x += width + gap
    return found


def check_lengths(count: int, **parts: Sequence[Any] | np.ndarray) -> None:
    """Raise ValueError unless every part has `count` entries."""
    wrong = {name: len(part) for name, part in parts.items() if len(part) != count}
    if wrong:
        found = ", ".join(f"{number} {name}" for name, number in wrong.items())
        raise ValueError(f"{found} are given for {count} words")


def given(**parts: Sequence[Any]) -> dict[str, Sequence[Any]]:
    """Those parts that are not empty: what may be left out."""
    return {name: part for name, part in parts.items() if len(part)}
