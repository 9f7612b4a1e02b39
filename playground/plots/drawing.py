"""A figure as marks on a plane: boxes, paths and words, in the order in which they are drawn.

Unlike a chart of a library, every mark can carry a `key` (what the page is told when a person picks
it, by mouse or keyboard) and a `title` (its exact numbers); colours are names, so that one drawing
is right in light and dark.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

TEXT = 15  # pixels, the size of words: legible from the last row
LETTER = 8.2  # pixels that a letter of that size takes, about
GAP = 8  # pixels between a word and what it names


@dataclass(frozen=True)
class Box:
    """A rectangle; `part` (0..1) is how full its colour is."""

    x: float
    y: float
    width: float
    height: float
    fill: str = "accent"  # accent, negative, neutral, source or target
    part: float = 1.0
    title: str = ""
    key: str = ""
    framed: bool = False  # the chosen one


@dataclass(frozen=True)
class Path:
    """A line through points (x, y), `width` pixels thick; `curved` bends it from level to level."""

    points: Sequence[tuple[float, float]]
    width: float = 2.0
    fill: str = "accent"
    part: float = 1.0
    title: str = ""
    key: str = ""
    curved: bool = False


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


Mark = Box | Path | Word


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
        told = [
            {"kind": type(mark).__name__.lower()}
            | {name: rounded(value) for name, value in asdict(mark).items() if value not in ("", 0)}
            for mark in self.marks
        ]
        return {"width": round(self.width), "height": round(self.height), "marks": told}


def rounded(value: Any) -> Any:
    """A number, or numbers, as exact as a screen can show."""
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, list | tuple):
        return [rounded(part) for part in value]
    return value


def room(words: Sequence[str]) -> float:
    """The pixels that the longest of some words takes."""
    return LETTER * max((len(word) for word in words), default=0)


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
