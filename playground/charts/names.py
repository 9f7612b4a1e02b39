"""Names beside points, each on a side where nothing else stands."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

WIDE, TALL = 440, 290  # pixels of the plane on which the points lie, about: half a page's width
LETTER, LINE = 7.6, 15  # pixels of a letter, and of a name's height
POINT = 6  # pixels from a point's middle to its edge
SIDES = {
    "top center": (0, -1), "bottom center": (0, 1), "middle right": (1, 0), "middle left": (-1, 0),
    "top right": (1, -1), "top left": (-1, -1), "bottom right": (1, 1), "bottom left": (-1, 1),
}  # fmt: skip
"""Plotly's name of each side, the best first, and the steps there: to the right, and down."""


class Area(NamedTuple):
    """A rectangle by its middle and half of its sides, in pixels."""

    x: float
    y: float
    wide: float
    tall: float

    def meets(self, other: "Area") -> bool:
        """Whether two of them overlap."""
        return (
            abs(self.x - other.x) < self.wide + other.wide
            and abs(self.y - other.y) < self.tall + other.tall
        )


def sides(
    x: Sequence[float] | np.ndarray,
    y: Sequence[float] | np.ndarray,
    names: Sequence[str],
    chosen: int | None = None,
) -> list[str]:
    """The side of its point on which each name has room, "" where it has none.

    The chosen point's name is placed first, and always.
    """
    points = [Area(right, down, POINT, POINT) for right, down in pixels(x, y)]
    found, taken = [""] * len(points), list[Area]()
    for place in sorted(range(len(points)), key=lambda place: place != chosen):
        others = [*taken, *points[:place], *points[place + 1 :]]
        for side, step in SIDES.items():
            area = beside(points[place], names[place], step)
            if not any(area.meets(other) for other in others):
                found[place] = side
                taken.append(area)
                break
    if chosen is not None:
        found[chosen] = found[chosen] or next(iter(SIDES))
    return found


def pixels(
    x: Sequence[float] | np.ndarray, y: Sequence[float] | np.ndarray
) -> list[tuple[float, float]]:
    """Where points stand on the plane, to the right and down."""
    both = np.stack([np.asarray(x, float), -np.asarray(y, float)])  # (2, N)
    span = np.ptp(both, axis=1, keepdims=True)
    scaled = both / np.where(span > 0, span, 1.0) * np.array([[WIDE], [TALL]])
    return [(float(right), float(down)) for right, down in scaled.T]


def beside(point: Area, name: str, step: tuple[int, int]) -> Area:
    """The area of a name one step from its point."""
    wide, tall = len(name) * LETTER / 2, LINE / 2
    right, down = step
    return Area(point.x + right * (POINT + wide), point.y + down * (POINT + tall), wide, tall)
