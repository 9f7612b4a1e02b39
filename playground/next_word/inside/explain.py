"""Inside a memory: each unit after each word, and the gates that keep or overwrite it.

    GRU:   h[t] = (1 - z) * n + z * h[t-1],  kept: the mean of z over all units
    LSTM:  c[t] = f * c[t-1] + i * g,        kept: the mean of f over all units

A. Karpathy, J. Johnson, L. Fei-Fei, "Visualizing and Understanding Recurrent Networks", 2016,
sections 4.2 (single units, gates), https://arxiv.org/abs/1506.02078
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from playground.next_word.inside import SORT, UNIT
from playground.next_word.shared import MODEL
from playground.reading.models import LANGUAGE_MODELS
from playground.reading.words import Opened, opened
from playground.settings import AS_TYPED, Beyond, within

MOST_UNITS = 60  # of the order, told as JSON


@dataclass(frozen=True)
class Trace:
    """The memory of H units after each of S tokens."""

    model: str
    tokens: list[str]  # S, as typed
    memory: np.ndarray  # (S, H), -1..1 in all but the Transformer
    gates: dict[str, np.ndarray]  # (S, H) each, 0..1; none in a plain RNN or a Transformer
    kept: np.ndarray | None  # (S,), 0..1, the mean share of memory kept; None without gates
    sort: str
    order: np.ndarray  # (H,), units, first to last as sorted
    unit: int  # the one that is followed
    notes: Sequence[str] = ()  # what a person is told of how the text was read

    @property
    def values(self) -> np.ndarray:
        """(S,), the followed unit after each token."""
        return self.memory[:, self.unit]

    @property
    def steps(self) -> np.ndarray:
        """(S - 1,), how far the followed unit moves from each token to the next."""
        return np.diff(self.values)

    @property
    def mean_gates(self) -> dict[str, np.ndarray]:
        """(S,) each, 0..1, every gate's mean over all units."""
        return {n: gate.mean(axis=1, dtype=np.float64) for n, gate in self.gates.items()}

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer: the followed unit's numbers, and the mean of every gate."""
        return {
            "model": self.model,
            "tokens": self.tokens,
            "sort": self.sort,
            "order": self.order[:MOST_UNITS].tolist(),
            "units": self.memory.shape[1],
            "unit": self.unit,
            "values": self.values.tolist(),
            "steps": self.steps.tolist(),
            "gates": {name: gate[:, self.unit].tolist() for name, gate in self.gates.items()},
            "mean_gates": {name: mean.tolist() for name, mean in self.mean_gates.items()},
            "kept": None if self.kept is None else self.kept.tolist(),
            "notes": list(self.notes),
        }


def explain(
    text: str,
    model: str = MODEL.default,
    sort: str = SORT.default,
    unit: int | None = UNIT.default,
    as_typed: bool = AS_TYPED.default,
) -> Trace:
    """The units of a model's memory after each word, and the gates that keep or overwrite it.

    Args:
        text: English words, at most 1,000 characters and 160 words or pieces.
        model: "rnn", "gru", "lstm" or "transformer".
        sort: which units come first: "change" (by the sum of their steps, that to the first word
            included), "strength" (by their value after the last word) or "number".
        unit: the one to follow; none, or -1, follows the first.
        as_typed: true mends neither capitals nor accents.

    Returns:
        tokens, order (the first sixty units), units (how many), unit, its values and gates at each
        word, its steps (from each word to the next), mean_gates over all units, kept (the mean
        share of memory kept; null without gates).
        Where the text was mended, notes say how it was read.

    Raises ValueError, in a sentence, for bad text, order or unit.
    """
    SORT.check(sort)
    reading = opened(text, model, as_typed)
    followed = chosen(unit, reading.network.network.hidden_size)
    with torch.inference_mode():
        _, memory, _ = reading.network(reading.ids)
        gates = gates_of(reading, tuple(LANGUAGE_MODELS[model].gates))
    whole = memory[0].float().cpu().numpy()  # (S + 1, H), ⟨start⟩ first
    order = sorted_units(whole, sort)
    return Trace(
        model=model,
        tokens=[token.text for token in reading.tokens],
        memory=whole[1:],
        gates=gates,
        kept=next((gate.mean(axis=1, dtype=np.float64) for gate in gates.values()), None),
        sort=sort,
        order=order,
        unit=int(order[0]) if followed is None else followed,
        notes=reading.notes,
    )


def chosen(unit: int | None, size: int) -> int | None:
    """One of `size` units, or None for the first of the order.

    Raises ValueError, in a sentence; Beyond for one after the last, where the first is followed.
    """
    if unit is None or unit == -1:
        return None
    try:
        return within(UNIT, unit, size - 1)
    except Beyond as beyond:
        beyond.nearest = -1
        raise


def gates_of(reading: Opened, names: tuple[str, ...]) -> dict[str, np.ndarray]:
    """Each named gate (S, H) after each token, in the order of the names."""
    if not names:
        return {}
    network: Any = reading.network.network
    found = network.gates(reading.network.embed(reading.ids))
    return {name: array(getattr(found, name)) for name in names}


def array(gate: Tensor) -> np.ndarray:
    """A gate (1, S + 1, H) without the batch and without ⟨start⟩: (S, H)."""
    return gate[0, 1:].float().cpu().numpy()


def sorted_units(memory: np.ndarray, sort: str) -> np.ndarray:
    """The units of memory (S + 1, H), ⟨start⟩ first, sorted; equal ones by number."""
    change = np.abs(np.diff(memory.astype(np.float64), axis=0)).sum(axis=0)  # (H,)
    by = {"change": -change, "strength": -np.abs(memory[-1]), "number": np.arange(len(change))}
    return np.argsort(by[sort], kind="stable")
