"""Who computes what the page answers: its own process, or another one that it asks.

An answer follows from what was asked alone, so it does not matter where, nor how often, it is
computed. `app.py` computes in the process of the page; `deploy/` hands the page a backend that asks
processes on other machines.
"""

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from playground.instrument import Instrument
from playground.page.answer import Answer
from playground.page.way import WAY


@dataclass(frozen=True)
class Told:
    """What the page keeps of an answer."""

    panel: str  # the panel's value
    notes: list[str]
    kept: dict[str, Any]

    def __len__(self) -> int:
        """Its size in memory, in characters."""
        return len(self.panel) + sum(map(len, self.notes))


class Backend(Protocol):
    """Each method raises ValueError, in a sentence, for bad input."""

    def told(self, instrument: Instrument, values: Mapping[str, Any]) -> Told:
        """An instrument's answer to values of its tab's inputs and its settings, by name."""
        ...

    def called(self, explain: Callable[..., Any], *given: Any, **named: Any) -> Any:
        """An endpoint's answer: the trace of one of an instrument's functions, as JSON."""
        ...

    def models(self) -> list[dict[str, Any]]:
        """What `playground.reading.opening` says of every model that computes answers."""
        ...


class Here:
    """This process computes."""

    def told(self, instrument: Instrument, values: Mapping[str, Any]) -> Told:
        """The answer to some values. Raises ValueError, in a sentence, for bad input."""
        with WAY.taken():
            answer = Answer(instrument, values)
            return Told(answer.to_json(), answer.notes, answer.kept)

    def called(self, explain: Callable[..., Any], *given: Any, **named: Any) -> Any:
        """The trace as JSON. Raises ValueError, in a sentence, for bad input."""
        with WAY.taken():
            return explain(*given, **named).to_json()

    def models(self) -> list[dict[str, Any]]:
        """Each model: name, source (hub, cache, bundled), revision, sha256, parameters, device."""
        opening = importlib.import_module("playground.reading.opening")
        described: list[dict[str, Any]] = opening.describe()
        return described


HERE = Here()
