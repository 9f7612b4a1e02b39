"""What an instrument answers: its figures, as the panel reads them.

Nothing here knows Gradio, so a process that only computes does not load it.
"""

import inspect
import json
import logging
from collections.abc import Callable, Mapping
from typing import Any

from playground.instrument import Instrument, Shown, Trace
from playground.settings import Beyond, Setting

log = logging.getLogger(__name__)


class Answer:
    """What an instrument answers to a text and settings.

    A setting beyond what this text has takes its nearest value. Raises ValueError, in a sentence,
    for bad input.
    """

    def __init__(self, instrument: Instrument, values: Mapping[str, Any]) -> None:
        """values: of the tab's inputs and the instrument's settings, by name."""
        self.instrument = instrument
        checked = {one.name: one.check(values[one.name]) for one in instrument.settings}
        self.values = {**values, **checked}
        self.trace = self.traced()
        self.shown: Mapping[str, Shown] = instrument.show(
            self.trace, **named(instrument.show, self.values)
        )
        kept = instrument.kept
        self.kept = dict(kept(self.trace, **named(kept, self.values))) if kept else {}

    def traced(self) -> Trace:
        """The trace, of the nearest values that can be."""
        explain = self.instrument.explain
        for _ in self.values:
            try:
                return explain(**named(explain, self.values))
            except Beyond as beyond:
                self.values[beyond.name] = beyond.nearest
        return explain(**named(explain, self.values))

    @property
    def notes(self) -> list[str]:
        """What is told quietly under the text."""
        return list(getattr(self.trace, "notes", ()))

    def to_json(self) -> str:
        """The panel's value."""
        figures = {name: shown_json(one) for name, one in self.shown.items()}
        explain = self.instrument.explain
        arguments = named(explain, self.values)
        (endpoint,) = (
            name for name, function in self.instrument.answers.items() if function is explain
        )
        call = {"endpoint": endpoint, "arguments": list(arguments.values())}
        return json.dumps({"figures": figures, "cell": cell(explain, arguments), "call": call})


def shown_json(shown: Shown) -> dict[str, Any]:
    """A figure's content as panel.js reads it."""
    return {
        "picture": shown.picture.to_json() if shown.picture else None,
        "sentence": shown.sentence,
        "table": {"headers": shown.table.headers, "body": shown.table.body},
        "formula": list(shown.formula),
    }


def named(function: Callable[..., Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the values that a function names, in its order."""
    return {name: values[name] for name in inspect.signature(function).parameters if name in values}


def cell(explain: Callable[..., Any], arguments: Mapping[str, Any]) -> str:
    """A notebook cell that computes the trace again."""
    told = ", ".join(f"{name}={value!r}" for name, value in arguments.items())
    return f"from {explain.__module__} import explain\n\ntrace = explain({told})\ntrace.to_json()"


def first_values(settings: list[Setting]) -> dict[str, Any]:
    """What the untouched page shows."""
    return {setting.name: setting.first for setting in settings}


BROKEN = "Something went wrong here, and not by what you did; please try something else."
"""What a person is told of a fault of the page itself: its story is for the log."""


def answered(answer: Callable[..., Any], *given: Any) -> tuple[Any, str]:
    """What a function answers, and "" or the sentence that it refuses bad input with.

    A fault of its own becomes one sentence, too, and its story a part of the log.
    """
    try:
        return answer(*given), ""
    except ValueError as error:
        return None, str(error)
    except Exception:
        log.exception("an answer failed")
        return None, BROKEN
