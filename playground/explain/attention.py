"""Where the recurrent translator looks in the source while it writes each word."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from playground.explain import translation
from seq_models.attention import Attention
from seq_models.recurrent import RecurrentDecoder

PARTS = (Attention, RecurrentDecoder)  # what computes this tab's figures


@dataclass(frozen=True)
class Trace:
    """The spotlight on S source tokens for each of T target tokens."""

    source: list[str]  # S, ⟨end⟩ included
    target: list[str]  # T
    weights: np.ndarray  # (T, S), each row summing to 1: where it looked to write that token
    probabilities: np.ndarray  # (T,), each target token's, given those before it
    translation: str
    log_probability: float  # nats

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer."""
        return {
            "source": self.source,
            "target": self.target,
            "weights": self.weights.tolist(),
            "probabilities": self.probabilities.tolist(),
            "translation": self.translation,
            "log_probability": self.log_probability,
        }


def explain(text: str) -> Trace:
    """Translate greedily and keep the spotlight. Raises ValueError, in a sentence, for bad text."""
    trace = translation.explain(text, "attention", beam_width=1)
    return Trace(
        source=trace.source,
        target=trace.target,
        weights=trace.cross[0, 0],
        probabilities=trace.probabilities,
        translation=trace.translation,
        log_probability=trace.log_probability,
    )
