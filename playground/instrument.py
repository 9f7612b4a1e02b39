"""What a tab and an instrument declare; the page, the endpoint, the link and the files follow.

An instrument is a room: a folder with INSTRUMENT in its `__init__`, `explain` in `explain.py`, and
`figures` in `figures.py`. Each of the two functions is given those of the tab's inputs and the
instrument's settings that its signature names:

    explain(text, **settings) -> Trace            numbers and words; its to_json is the endpoint
    figures(trace, **settings) -> {name: Shown}   what is shown of them
    kept(trace, **settings) -> {setting: value}   optional: what the browser keeps for the next time

A room that needs buttons of its own has them in `controls.py` (see `playground.page.controls`).
"""

import importlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple, Protocol

from playground.settings import Setting

Pick = Callable[[str], Mapping[str, Any]]
"""The key of a picked mark to the settings that it changes, by name."""


class Picture(Protocol):
    """A drawing or a chart."""

    def to_json(self) -> dict[str, Any]:
        """What the browser draws."""
        ...


class Trace(Protocol):
    """What `explain` answers: a frozen dataclass of words and arrays.

    It may have `notes`: sentences told quietly under the text, of what was mended or left out.
    """

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer: every number that a sentence tells is in it."""
        ...


class Table(NamedTuple):
    """Numbers as text."""

    headers: Sequence[str]
    body: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Shown:
    """One figure's content."""

    picture: Picture | None
    sentence: str  # what the picture shows
    table: Table
    formula: Sequence[str] = ()  # with the numbers of this text, a line each


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure's frame, which never changes."""

    name: str
    caption: str
    code: Sequence[str]  # full names of the functions and classes that compute it
    limits: str = ""  # how it can mislead; a source is written [name](address)
    pick: Pick | None = None  # what picking one of its marks changes
    column: int = 0  # 1 or 2: left or right, side by side; 0: as wide as the page


@dataclass(frozen=True, kw_only=True)
class Instrument:
    """One instrument; `name` is its folder's, its view's in a link, and its endpoint's."""

    room: str  # its package: __name__
    title: str
    figures: Sequence[Figure]
    settings: Sequence[Setting] = ()
    endpoints: Mapping[str, str] = field(default_factory=dict)
    """Endpoint names and the functions of `explain.py` that answer them, where not the usual."""
    formerly: Sequence[str] = ()  # names that older links call it by
    timed: bool = False  # it tells a time measured now: nobody gets another's answer

    @property
    def name(self) -> str:
        """Its folder's name."""
        return self.room.rpartition(".")[2]

    @cached_property
    def explain(self) -> Callable[..., Trace]:
        """What computes."""
        found: Callable[..., Trace] = self.part("explain", "explain")
        return found

    @cached_property
    def show(self) -> Callable[..., Mapping[str, Shown]]:
        """What tells."""
        found: Callable[..., Mapping[str, Shown]] = self.part("figures", "figures")
        return found

    @cached_property
    def kept(self) -> Callable[..., Mapping[str, Any]] | None:
        """What the browser keeps, if anything."""
        return getattr(importlib.import_module(f"{self.room}.figures"), "kept", None)

    @property
    def answers(self) -> dict[str, Callable[..., Any]]:
        """The function of each of its endpoints."""
        names = self.endpoints or {self.name: "explain"}
        return {name: self.part("explain", function) for name, function in names.items()}

    def part(self, module: str, name: str) -> Any:
        """Something of one of its modules, loaded when it is first asked for."""
        return getattr(importlib.import_module(f"{self.room}.{module}"), name)


@dataclass(frozen=True, kw_only=True)
class Tab:
    """A tab: a question, inputs that all its instruments share, and the instruments in order."""

    name: str  # in a link
    title: str
    question: str
    reading: str  # how to read the answer, in two or three sentences
    examples: Sequence[str]
    inputs: Sequence[Setting]  # the text first
    instruments: Sequence[Instrument]
    action: str = ""  # what its button says, if it has one
