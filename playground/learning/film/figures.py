"""A recorded training, told: see `playground.learning.shown`."""

from typing import Any

from playground.instrument import Shown
from playground.learning import shown
from playground.learning.filming import Trace


def figures(trace: Trace) -> dict[str, Shown]:
    """All figures of the film."""
    return shown.figures(trace)


def kept(trace: Trace, meant: str) -> dict[str, Any]:
    """For which task the text is; a text that was meant for another one gives way to an example."""
    return shown.meant_for(trace.task, trace.text, meant)
