"""The additive score of one source word, hidden unit by hidden unit."""

from collections.abc import Sequence
from typing import Protocol

from playground.plots.drawing import Box, Drawing, Word
from playground.plots.figure import minus

ROW, HEAD = 28, 34  # pixels
COLUMN = 100  # pixels
BAR = 90  # pixels, the longest bar to either side
HEADERS = ("unit", "q", "k", "q + k", "tanh", "v", "v tanh")


class Unit(Protocol):
    """One hidden unit's part."""

    @property
    def unit(self) -> int: ...
    @property
    def query(self) -> float: ...
    @property
    def key(self) -> float: ...
    @property
    def sum(self) -> float: ...
    @property
    def tanh(self) -> float: ...
    @property
    def v(self) -> float: ...
    @property
    def term(self) -> float: ...


def numbers(unit: Unit) -> list[float]:
    """Its numbers in the order of the headers."""
    return [unit.query, unit.key, unit.sum, unit.tanh, unit.v, unit.term]


def terms(units: Sequence[Unit], rest: float) -> Drawing:
    """A row of numbers and a signed bar of its term for each unit, then the `rest` of the sum."""
    tell = [(str(u.unit), numbers(u), u.term) for u in units] + [("all others", [], rest)]
    total = rest + sum(unit.term for unit in units)
    longest = max((abs(unit.term) for unit in units), default=0) or 1.0
    middle = COLUMN * len(HEADERS) + BAR + 30
    drawing = Drawing(middle + BAR + 10, HEAD + ROW * (len(tell) + 1), marks=[])
    for place, header in enumerate(HEADERS):
        drawing.add(Word(COLUMN * (place + 1) - 16, HEAD / 2, header, "end", "quiet"))
    for row, (name, values, term) in enumerate([*tell, ("the score", [], total)]):
        y = HEAD + ROW * row
        strong = row == len(tell)
        drawing.add(Word(COLUMN - 16, y + ROW / 2, name, "end", strong=strong))
        told = values or [term]
        first = len(HEADERS) - len(told)
        for place, value in enumerate(told, start=first + 1):
            x, text = COLUMN * place - 16, minus(f"{value:.3f}")
            drawing.add(Word(x, y + ROW / 2, text, "end", strong=strong, title=f"{value:.6g}"))
        if values:
            long = BAR * abs(term) / longest
            fill, begin = ("accent", middle) if term >= 0 else ("negative", middle - long)
            drawing.add(Box(begin, y + 4, long, ROW - 8, fill, 0.75, f"unit {name}: {term:.6g}"))
    drawing.add(Box(middle, HEAD, 1, ROW * len(units), "neutral", 0.6))
    return drawing
