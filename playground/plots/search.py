"""A beam search as tables: its best texts, and every candidate of every step."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from playground.plots.figure import percent
from playground.plots.told import Table


class Scored(Protocol):
    """A text with its log-probability (nats) and its score."""

    @property
    def text(self) -> str: ...
    @property
    def log_probability(self) -> float: ...
    @property
    def score(self) -> float: ...


class Weighed(Scored, Protocol):
    """A text that one step weighed, and what became of it: kept, finished or pruned."""

    @property
    def step(self) -> int: ...
    @property
    def fate(self) -> str: ...


def best_table(candidates: Sequence[Scored]) -> tuple[list[str], Table]:
    """The n best, best first."""
    headers = ["", "Translation", "Score", "Log-probability", "Probability"]
    body = [
        [
            str(place),
            candidate.text,
            f"{candidate.score:.3f}",
            f"{candidate.log_probability:.3f}",
            percent(float(np.exp(candidate.log_probability))),
        ]
        for place, candidate in enumerate(candidates, start=1)
    ]
    return headers, body


def search_table(steps: Sequence[Weighed]) -> tuple[list[str], Table]:
    """Every candidate: its step, its text so far, its score, whether it lived on."""
    headers = ["Step", "Text so far", "Log-probability", "Score", "Fate"]
    body = [
        [str(s.step), s.text, f"{s.log_probability:.3f}", f"{s.score:.3f}", s.fate] for s in steps
    ]
    return headers, body
