"""Pieces of sentences that several figures say alike."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from playground.drawing.numbers import minus, percent

HABITS = {
    "previous": "the token before",
    "next": "the next token",
    "same": "the same token",
    "first": "the first token",
    "punctuation": "punctuation",
}
"""What an attention head may look at, as it was measured."""
PLACES = {"previous": "the place before", "next": "the next place", "same": "the same place"}
"""The same of cross-attention, where a row and a column are words of two sentences."""


BEGUN = "What ends with … found no end and was cut"
CONTINUES = "·"  # stands before a piece of a word that is not its first


def counted(number: int, one: str, many: str = "") -> str:
    """So many of a thing: "1 word", "2,000 words"; the plural where no s makes it."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def cited(text: str) -> str:
    """A text as a sentence of its own, in quotation marks: "“under the bed”.", "“I see.”"."""
    return f"“{text}”" + "." * (not text.endswith((".", "!", "?", "…")))


def cut(finished: bool) -> str:
    """That a translation is not whole, a space before it; "" for one that is."""
    return "" if finished else " It found no end and was cut."


def begun(text: str, finished: bool) -> str:
    """A text as it is cited among others; one that found no end goes on with "…" (`BEGUN`)."""
    return text if finished else f"{text} …"


def continued(labels: Sequence[str]) -> str:
    """A sentence, with a space before it, that tells the dot of pieces; "" where there is none."""
    if any(label.startswith(CONTINUES) for label in labels):
        return f" A dot ({CONTINUES}) marks a piece that continues a word."
    return ""


def real(words: Sequence[str]) -> list[int]:
    """The places of those that are words: a ⟨mark⟩ is never offered as one."""
    return [place for place, word in enumerate(words) if not word.startswith("⟨")]


def likeliest(words: Sequence[str], before: np.ndarray, after: np.ndarray, most: int) -> list[int]:
    """The places, in their order, of the words that are likeliest in either reading."""
    best = sorted(real(words), key=lambda place: -max(before[place], after[place]))[:most]
    return sorted(best)


def marked(words: Sequence[str], *probabilities: np.ndarray) -> str:
    """What each ⟨mark⟩ among the words holds (0..1), then what it holds later, if that is given.

    Sentences with a space before each; "" where there is no mark.
    """
    return "".join(
        f" {word} holds {', then '.join(percent(each[place]) for each in probabilities)}."
        for place, word in enumerate(words)
        if word.startswith("⟨")
    )


def looked_at(stack: str) -> dict[str, str]:
    """What a head of a stack may look at."""
    return HABITS | PLACES if stack == "cross" else HABITS


def habit(head: Mapping[str, Any], stack: str) -> str:
    """What an attention head looks at most on a corpus, and what its removal costs."""
    name = max(HABITS, key=lambda name: float(head[name]))
    cost = minus(f"{head['removal_costs']:g}")
    where = f"{percent(head[name])} on {looked_at(stack)[name]}"
    return f"{where}; its removal costs {cost} {head['unit']}"


def usual(head: Mapping[str, Any], here: Mapping[str, Any], stack: str) -> str:
    """Whether a head looks here most at what it looks at most on a corpus, or at what instead."""
    role = max(HABITS, key=lambda name: float(head[name]))
    now = max(HABITS, key=lambda name: float(here[name]))
    told = f"{percent(here[role])} on {looked_at(stack)[role]}"
    if now == role:
        return f"as usual here: {told}"
    return f"here most on {looked_at(stack)[now]}, {percent(here[now])}; {told}"
