"""A walk: drawings one after the other, to be played, or taken step by step; no server is asked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from playground.drawing.marks import Drawing


@dataclass(frozen=True)
class Frame:
    """One step of a walk."""

    drawing: Drawing
    sentence: str


class Frames:
    """Drawings as large as the largest of them, so that nothing jumps; the first is shown first.

    Raises ValueError without any.
    """

    def __init__(self, frames: Sequence[Frame]) -> None:
        if not frames:
            raise ValueError("there is no step to walk through")
        width = max(frame.drawing.width for frame in frames)
        height = max(frame.drawing.height for frame in frames)
        self.frames = [
            replace(frame, drawing=Drawing(width, height, frame.drawing.marks)) for frame in frames
        ]

    def to_json(self) -> dict[str, Any]:
        """The first drawing, and all of them."""
        walk = [
            {"picture": frame.drawing.to_json(), "sentence": frame.sentence}
            for frame in self.frames
        ]
        return self.frames[0].drawing.to_json() | {"frames": walk}
