"""The four kinds of setting: what a person may choose, its bounds, and the sentence when it is not.

A setting is written once, in an instrument's declaration: its control, its place in a link, the
default of the endpoint and the check of `explain` all come from it.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

LONGEST = 2_000  # characters of a text


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What all kinds have: `opening` is what the page begins with, where that is not `default`."""

    name: str
    label: str
    default: Any
    opening: Any = None
    info: str = ""
    picked: bool = False  # picks change it too
    folded: bool = False  # its field stands folded; picks may change it
    hidden: bool = False  # picks alone change it
    apart: bool = False  # its room's `controls.py` lays its field out

    @property
    def first(self) -> Any:
        """The value on the untouched page."""
        return self.default if self.opening is None else self.opening

    @property
    def may_be_filled(self) -> bool:
        """Whether an answer may change it."""
        return self.picked or self.folded or self.hidden

    @property
    def spoken(self) -> str:
        """Its name in a sentence."""
        return self.name.replace("_", " ")

    def check(self, value: Any) -> Any:
        """The value, if it can be. Raises ValueError, in a sentence for a person, otherwise."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class Choice(Setting):
    """One of several; `options` gives each value's label, or is a function that does."""

    options: Mapping[str, str] | Callable[[], Mapping[str, str]] = field(default_factory=dict)

    @property
    def labels(self) -> Mapping[str, str]:
        """The label of each value there is now."""
        return self.options() if callable(self.options) else self.options

    def check(self, value: Any) -> str:
        """The value, if it is one of them."""
        if isinstance(value, str) and value in self.labels:
            return value
        choices = ", ".join(self.labels)
        raise ValueError(f"There is no {self.spoken} {shown(value)}; please choose {choices}.")


@dataclass(frozen=True, kw_only=True)
class Number(Setting):
    """A number from `least` to `most`, drawn as a slider where `slider` says so."""

    default: Any
    least: float
    most: float
    step: float = 1  # 1: whole numbers alone
    slider: bool = True
    played: bool = False  # a button goes from here to its end, a step at a time

    def check(self, value: Any) -> Any:
        """The value, if it is a number between the ends, and whole where `step` is."""
        whole = self.step == 1
        if is_number(value) and self.least <= value <= self.most and not (whole and value % 1):
            return int(value) if whole else value
        kind = "whole number" if whole else "number"
        raise ValueError(
            f"The {self.spoken} must be a {kind} from {spelled(self.least)} to "
            f"{spelled(self.most)}, not {shown(value)}."
        )


@dataclass(frozen=True, kw_only=True)
class Toggle(Setting):
    """Yes or no."""

    default: bool = False

    def check(self, value: Any) -> bool:
        """The value, if it is true or false."""
        if isinstance(value, bool):
            return value
        raise ValueError(f"Please say true or false for {self.spoken}, not {shown(value)}.")


@dataclass(frozen=True, kw_only=True)
class Text(Setting):
    """Some characters, at most `longest`, in a field of so many lines."""

    default: str = ""
    longest: int = LONGEST
    lines: int = 1
    placeholder: str = ""

    def check(self, value: Any) -> str:
        """The value, if it is a text that is not too long."""
        if not isinstance(value, str):
            raise ValueError(f"Please give the {self.spoken} as a text, not {shown(value)}.")
        if len(value) > self.longest:
            raise ValueError(
                f"The {self.spoken} has {len(value):,} characters; please give at most "
                f"{self.longest:,}."
            )
        return value


AS_TYPED = Toggle(name="as_typed", label="Read exactly as typed")
"""Of every text, on every tab. Off: capitals, missing accents and a missing mark at the end are
repaired, and that is told."""


class Beyond(ValueError):
    """A value that could be, but not with this text: unit 9999, word 99. `nearest` would do."""

    def __init__(self, setting: Number, value: float, most: int) -> None:
        """most: the last that this text, or this model, has."""
        self.name, self.nearest = setting.name, most
        super().__init__(
            f"The {setting.spoken} must be a whole number from {spelled(setting.least)} to "
            f"{most:,}, not {spelled(value)}."
        )


def within(setting: Number, value: Any, most: int) -> int:
    """A place in a text: `setting.check`, and at most `most`. Raises Beyond for one after that."""
    place = int(setting.check(value))
    if place > most:
        raise Beyond(setting, place, most)
    return place


def is_number(value: Any) -> bool:
    """Whether a value is a finite number."""
    plain = isinstance(value, int | float) and not isinstance(value, bool)
    return plain and (isinstance(value, int) or math.isfinite(value))


def spelled(number: float) -> str:
    """A number as people write it: 2,147,483,647 or 0.05."""
    return f"{int(number):,}" if number == int(number) else f"{number:g}"


def shown(value: Any) -> str:
    """A value that somebody sent, short enough for a sentence."""
    if is_number(value):
        return spelled(value) if abs(value) < 10**12 else "so large a number"
    told = "nothing" if value is None else repr(value)
    return told if len(told) <= 40 else told[:39] + "…"
