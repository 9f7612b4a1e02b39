"""Inside a memory: each unit after each word, and the gates that keep or overwrite it.

    GRU:   h[t] = (1 - z) * n + z * h[t-1],  kept: the mean of z over all units
    LSTM:  c[t] = f * c[t-1] + i * g,        kept: the mean of f over all units

A. Karpathy, J. Johnson, L. Fei-Fei, "Visualizing and Understanding Recurrent Networks", 2016,
sections 4.2 (single units, gates), https://arxiv.org/abs/1506.02078
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from playground.reading.words import Opened, opened
from playground.reading.text import between, one_of
from seq_models.rnn import LSTM, GatedRNN, SimpleRNN

PARTS = (SimpleRNN.read, GatedRNN.gates, LSTM.gates)  # what computes this figure
SORTS = ("change", "strength", "number")
MOST_UNITS = 60  # of the order, told as JSON
GATES = {  # the name of each kind's gates; the one that keeps memory first
    GatedRNN: ("update", "reset"),
    LSTM: ("forget", "input", "output"),
}


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

    @property
    def values(self) -> np.ndarray:
        """(S,), the followed unit after each token."""
        return self.memory[:, self.unit]

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
            "gates": {name: gate[:, self.unit].tolist() for name, gate in self.gates.items()},
            "mean_gates": {name: mean.tolist() for name, mean in self.mean_gates.items()},
            "kept": None if self.kept is None else self.kept.tolist(),
        }


def explain(
    text: str,
    model: str = "gru",
    sort: str = "change",
    unit: float | None = None,
    nearest: bool = False,
) -> Trace:
    """Look into the memory that reads the text; `unit` None or -1 follows the first of the order.

    sort: "change" (by the sum of |h[t] - h[t-1]|), "strength" (by the last |h|) or "number".
    nearest: follow the first for a unit beyond the last, too. Raises ValueError, in a sentence, for
    bad text, sort or unit.
    """
    one_of(SORTS, sort, "order")
    reading = opened(text, model)
    followed = chosen(unit, reading.network.network.hidden_size, nearest)
    with torch.inference_mode():
        _, memory, _ = reading.network(reading.ids)
        gates = gates_of(reading)
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
    )


def chosen(unit: float | None, size: int, nearest: bool) -> int | None:
    """One of `size` units, or None for the first of the order. Raises ValueError, in a sentence."""
    if unit is None or unit == -1:
        return None
    if nearest and isinstance(unit, int | float) and unit >= size:
        return None
    return int(between(0, size - 1, unit, "unit", whole=True))


def gates_of(reading: Opened) -> dict[str, np.ndarray]:
    """Each gate (S, H) after each token, the one that keeps memory first; none without gates."""
    network = reading.network.network
    if not isinstance(network, GatedRNN | LSTM):
        return {}
    found = network.gates(reading.network.embed(reading.ids))
    return {name: array(getattr(found, name)) for name in GATES[type(network)]}


def array(gate: Tensor) -> np.ndarray:
    """A gate (1, S + 1, H) without the batch and without ⟨start⟩: (S, H)."""
    return gate[0, 1:].float().cpu().numpy()


def sorted_units(memory: np.ndarray, sort: str) -> np.ndarray:
    """The units of memory (S + 1, H), ⟨start⟩ first, in one of `SORTS`; equal ones by number."""
    change = np.abs(np.diff(memory.astype(np.float64), axis=0)).sum(axis=0)  # (H,)
    by = {"change": -change, "strength": -np.abs(memory[-1]), "number": np.arange(len(change))}
    return np.argsort(by[sort], kind="stable")
