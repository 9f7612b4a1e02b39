"""A tab of two toy instruments, whose rooms are modules made here: no model is needed."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

from playground.instrument import Figure, Instrument, Shown, Tab, Table
from playground.settings import Choice, Number, Text, Toggle, within

TEXT = Text(name="text", label="Your words", default="one two")
SIZE = Number(name="size", label="Size", default=1, opening=2, least=1, most=50, picked=True)
KIND = Choice(name="kind", label="Kind", options={"a": "A", "b": "B"}, default="a")
WHOLE = Toggle(name="whole", label="Whole")
KEPT = Text(name="kept", label="Kept", hidden=True)


@dataclass(frozen=True)
class Trace:
    """What the toy was asked."""

    text: str
    size: int
    kind: str
    whole: bool
    notes: tuple[str, ...] = ("read as typed",)

    def to_json(self) -> dict[str, Any]:
        return {"text": self.text, "size": self.size, "kind": self.kind, "whole": self.whole}


def explain(text: str, size: int = 1, kind: str = "a", whole: bool = False) -> Trace:
    """A toy. There are as many places as words."""
    if not text.strip():
        raise ValueError("please type a word")
    return Trace(text, within(SIZE, size, len(text.split())), KIND.check(kind), whole)


def figures(trace: Trace, kept: str) -> dict[str, Shown]:
    sentence = f"{trace.text}, {trace.size}, {trace.kind}, {trace.whole}, {kept}"
    return {"toy": Shown(None, sentence, Table(["a"], [["b"]]), ["1 + 1 = 2"])}


def kept(trace: Trace, kept: str) -> dict[str, str]:
    return {"kept": f"{kept}{trace.size}"}


def instrument(name: str) -> Instrument:
    """A toy instrument of that name; its room is in `sys.modules` inside `rooms`."""
    return Instrument(
        room=f"toy_tab.{name}",
        title=name.title(),
        settings=(SIZE, KIND, WHOLE, KEPT),
        figures=(
            Figure(
                name="toy",
                caption="A toy",
                code=("playground.settings.within",),
                limits="It is a toy ([Huizinga, 1938](https://example.org/a?b=1)).",
                pick=lambda key: {"text": key, "size": int(key[-1])},
            ),
        ),
        formerly=("old",) if name == "first" else (),
    )


TAB = Tab(
    name="toys",
    title="Toys",
    question="Is it a toy?",
    reading="It is.",
    examples=("one two three",),
    inputs=(TEXT,),
    instruments=(instrument("first"), instrument("second")),
)


@contextmanager
def rooms() -> Iterator[Tab]:
    """The tab, whose rooms can be imported meanwhile."""
    made: dict[str, ModuleType] = {}
    for name in ("toy_tab", *(one.room for one in TAB.instruments)):
        made[name] = ModuleType(name)
        made[name].__path__ = []  # type: ignore[attr-defined]
        made[name].__spec__ = ModuleSpec(name, None, is_package=True)
    for one in TAB.instruments:
        for part in ("explain", "figures"):
            made[f"{one.room}.{part}"] = ModuleType(part)
        vars(made[f"{one.room}.explain"]).update(explain=explain)
        vars(made[f"{one.room}.figures"]).update(figures=figures, kept=kept)
    sys.modules.update(made)
    try:
        yield TAB
    finally:
        for name in made:
            del sys.modules[name]
