"""A recorded training, told: see `playground.learning.shown`."""

from typing import Any

from playground.instrument import Shown
from playground.learning import shown
from playground.learning.filming import Trace


def figures(trace: Trace) -> dict[str, Shown]:
    """All figures of the film."""
    return shown.figures(trace)


def kept(trace: Trace) -> dict[str, Any]:
    """The text that was asked, and for which task: another task brings its own example."""
    return {"text": trace.text, "meant": trace.task}
