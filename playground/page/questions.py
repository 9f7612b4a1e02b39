"""What is asked of whoever computes, in words that travel: names and plain values, no functions."""

import importlib
import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from playground.instrument import Instrument
from playground.page.answer import answered
from playground.page.backend import HERE, Told

Said = tuple[Any, str]
"""An answer and "", or None and the sentence that refuses the question."""

TOLD, CALLED, MODELS = "told", "called", "models"


class Question(NamedTuple):
    """One method of a backend (`playground.page.backend`) and what it is given."""

    kind: str  # TOLD, CALLED or MODELS
    name: str = ""  # of the instrument's room, or of an endpoint's function: "room.explain.explain"
    given: Sequence[Any] = ()
    named: Mapping[str, Any] = {}

    @property
    def key(self) -> str:
        """What two questions have in common that have the same answer."""
        return json.dumps(self, sort_keys=True, default=repr)

    def answer(self) -> Said:
        """Computed in this process; a fault of its own is a sentence, and its story in the log."""
        said: Said = answered(self._computed)
        return said

    def _computed(self) -> Any:
        if self.kind == TOLD:
            return HERE.told(importlib.import_module(self.name).INSTRUMENT, self.named)
        if self.kind == CALLED:
            module, _, function = self.name.rpartition(".")
            explain = getattr(importlib.import_module(module), function)
            return HERE.called(explain, *self.given, **self.named)
        return HERE.models()


class Asking(ABC):
    """A backend whose answers come from somewhere else; its methods block."""

    def told(self, instrument: Instrument, values: Mapping[str, Any]) -> Told:
        """An instrument's answer. Raises ValueError, in a sentence, for bad input."""
        told: Told = self._answer(Question(TOLD, instrument.room, (), dict(values)))
        return told

    def called(self, explain: Callable[..., Any], *given: Any, **named: Any) -> Any:
        """An endpoint's answer. Raises ValueError, in a sentence, for bad input."""
        name = f"{explain.__module__}.{explain.__name__}"
        return self._answer(Question(CALLED, name, given, named))

    def models(self) -> list[dict[str, Any]]:
        """Each model: name, source (hub, cache, bundled), revision, sha256, parameters, device."""
        models: list[dict[str, Any]] = self._answer(Question(MODELS))
        return models

    def _answer(self, question: Question) -> Any:
        """What is answered. Raises ValueError, in a sentence, where that is a refusal."""
        answer, refusal = self.asked(question)
        if refusal:
            raise ValueError(refusal)
        return answer

    @abstractmethod
    def asked(self, question: Question) -> Said:
        """What somebody else says to a question."""
