"""A figure as marks on a plane: boxes, paths, words and small maps, drawn in their order.

Unlike a chart of a library, every mark can carry a `key` (what the page is told when a person picks
it, by mouse or keyboard) and a `title` (its exact numbers); colours are names of `theme.HUES`, so
that one drawing is right in light and dark.
"""

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from playground import theme

LEVELS = 127  # shades of a raster to either side of zero


@dataclass(frozen=True)
class Box:
    """A rectangle, in pixels from the top left."""

    x: float
    y: float
    width: float
    height: float
    colour: str = "accent"  # accent, negative, neutral, source or target
    opacity: float = 1.0  # 0..1
    title: str = ""
    key: str = ""
    framed: bool = False  # the chosen one


@dataclass(frozen=True)
class Path:
    """A line through points (x, y), `width` pixels thick; `curved` bends it from level to level."""

    points: Sequence[tuple[float, float]]
    width: float = 2.0
    colour: str = "accent"
    opacity: float = 1.0
    title: str = ""
    key: str = ""
    curved: bool = False
    dashed: bool = False


@dataclass(frozen=True)
class Word:
    """A text whose anchor stands at (x, y), its letters centred on that height."""

    x: float
    y: float
    text: str
    anchor: str = "start"  # start, middle or end
    colour: str = ""  # source, target, accent, negative, quiet, or that of all text
    angle: float = 0.0  # degrees, clockwise
    strong: bool = False
    title: str = ""
    key: str = ""
    struck: bool = False  # with a line through it


@dataclass(frozen=True, eq=False)
class Raster:
    """A small map of values (rows, columns) as one mark: 0..largest in the accent colour, below 0
    in the negative one."""

    x: float
    y: float
    width: float
    height: float
    values: np.ndarray
    largest: float = 1.0
    title: str = ""
    key: str = ""
    framed: bool = False

    def levels(self) -> np.ndarray:
        """Each cell's opacity as a whole number, 0..127, negative where its value is: int8."""
        share = np.clip(np.abs(self.values) / (self.largest or 1.0), 0, 1)
        opacity = theme.FAINTEST + (1 - theme.FAINTEST) * share
        levels: np.ndarray = np.rint(LEVELS * opacity * np.where(self.values < 0, -1, 1))
        return levels.astype(np.int8)


Mark = Box | Path | Word | Raster


@dataclass
class Drawing:
    """Marks, and how much place (pixels) they take."""

    width: float = 0.0
    height: float = 0.0
    marks: list[Mark] = field(default_factory=list)

    def add(self, *marks: Mark) -> None:
        """Draw more on top."""
        self.marks += marks

    def to_json(self) -> dict[str, Any]:
        """What the page draws: each mark's kind and those of its fields that say something."""
        return {
            "kind": "drawing",
            "width": round(self.width),
            "height": round(self.height),
            "marks": [mark_json(mark) for mark in self.marks],
        }

    def _repr_svg_(self) -> str:
        """The drawing in a notebook."""
        from playground.drawing.svg import to_svg

        return to_svg(self)


def mark_json(mark: Mark) -> dict[str, Any]:
    """A mark's kind and fields, without those that are empty or zero."""
    found: dict[str, Any] = {"kind": type(mark).__name__.lower()}
    for name, value in vars(mark).items():
        if isinstance(value, np.ndarray):
            levels = mark.levels()  # type: ignore[union-attr]
            found |= {"rows": levels.shape[0], "columns": levels.shape[1]}
            value = base64.b64encode(levels.tobytes()).decode("ascii")
        if value not in ("", 0):
            found[name] = rounded(value)
    return found


def rounded(value: Any) -> Any:
    """A number, or numbers, as exact as a screen can show."""
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, list | tuple):
        return [rounded(part) for part in value]
    return value
