"""A figure as marks on a plane: boxes, paths, words and small maps, drawn in their order.

Unlike a chart of a library, every mark can carry a `key` (what the page is told when a person picks
it, by mouse or keyboard) and a `title` (its exact numbers); colours are names of `theme.HUES`, so
that one drawing is right in light and dark.
"""

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

import numpy as np

from playground import theme

TEXT = 15  # pixels, the size of words: legible from the last row
LETTER = 9.3  # pixels that most letters of that size take in a wide font
OTHERS = {"iljI.,:;'’|! ": 4.8, "tfr()[]-/“”": 6.2, "mwMW%@—": 14.0, "−+=<>~±": 12.6, "⟨⟩": 5.9}
"""Pixels of those letters that are far from it."""
BOLD = 1.12  # how much wider bold letters are
GAP = 8  # pixels between a word and what it names
WIDTHS = {letter: width for letters, width in OTHERS.items() for letter in letters}
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
        return np.rint(LEVELS * opacity * np.where(self.values < 0, -1, 1)).astype(np.int8)


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
    for one in fields(mark):
        value = getattr(mark, one.name)
        if isinstance(value, np.ndarray):
            levels = mark.levels()  # type: ignore[union-attr]
            found |= {"rows": levels.shape[0], "columns": levels.shape[1]}
            value = base64.b64encode(levels.tobytes()).decode("ascii")
        if value not in ("", 0):
            found[one.name] = rounded(value)
    return found


def rounded(value: Any) -> Any:
    """A number, or numbers, as exact as a screen can show."""
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, list | tuple):
        return [rounded(part) for part in value]
    return value


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
