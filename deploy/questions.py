"""What a page asks the models, in words that travel: names and plain values, no functions."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

Said = tuple[Any, str]
"""An answer and "", or None and the sentence that refuses the question."""

TOLD, CALLED, MODELS = "told", "called", "models"


class Question(NamedTuple):
    """One method of a backend (`playground.page.backend`) and what it is given."""

    kind: str  # TOLD, CALLED or MODELS
    name: str = (
        ""  # of the instrument's room, or of the endpoint's function: "room.explain.explain"
    )
    given: Sequence[Any] = ()
    named: Mapping[str, Any] = {}

    @property
    def key(self) -> str:
        """What two questions have in common that have the same answer."""
        return json.dumps(self, sort_keys=True, default=repr)


def full_name(function: Callable[..., Any]) -> str:
    """The module and name of a function."""
    return f"{function.__module__}.{function.__name__}"
