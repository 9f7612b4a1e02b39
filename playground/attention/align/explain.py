"""How well the spotlight aligns words: how much of it each source word got, how sharp each row is.

coverage[i] = sum over t of weights[t][i];  entropy[t] = -sum over i of weights[t][i] log2 of it
Coverage: Z. Tu et al., 2016, section 3, https://arxiv.org/abs/1601.04811
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from playground.attention.shared import AS_TYPED, MERGED
from playground.reading.measurements import alignment_rates
from playground.reading.pieces import written
from playground.reading.plain import fields
from playground.reading.translating import spotlight
from seq_models.tokenizer import SPECIAL


@dataclass(frozen=True)
class Trace:
    """The spotlight of one sentence summed up, and how well it aligns many."""

    source: list[str]  # S, ⟨end⟩ included
    target: list[str]  # T
    weights: np.ndarray  # (T, S), each row summing to 1
    coverage: np.ndarray  # (S,), what each source token got in all rows: together T
    entropy_bits: np.ndarray  # (T,), 0 where one token got all, log2 S where all got the same
    most: str  # of the source words (no mark, no punctuation) that with the largest coverage
    least: str  # that with the smallest
    sharpest: str  # of the target words that whose row has the smallest entropy
    broadest: str  # that whose row has the largest
    places: dict[str, int]  # of those four, from 0: a word may stand there twice
    looked_at: float  # 2 to the mean entropy: as many source tokens as it looks at, typically
    notes: tuple[str, ...]  # what was repaired and left out of what was typed
    measured: dict[str, dict[str, Any]]  # `measurements.alignment_rates`, by the model's short name

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer."""
        return fields(self)


def explain(text: str, merged: bool = MERGED.default, as_typed: bool = AS_TYPED.default) -> Trace:
    """Sum up where the recurrent model looked, and how well its attention aligns words.

    Args:
        text: French, at most 1,000 characters and 160 words or pieces.
        merged: true joins the pieces of each word.
        as_typed: true reads the text without repairing capitals, accents and marks.

    Returns:
        source and target tokens, weights, coverage of each source token, entropy_bits of each
        target token, the words that are extreme in them (no mark, no
        punctuation, if there is a word) and their places (from 0), looked_at
        (tokens, typically), measured (for each measured model its alignment error rate with layer,
        head, reading and pairs), notes (what was repaired and left out).

    Raises ValueError, in a sentence, for bad text.
    """
    found = spotlight(text, MERGED.check(merged), as_typed)
    weights = found.weights.astype(float)
    logs = np.log2(weights, where=weights > 0, out=np.zeros_like(weights))
    entropy, coverage = -(weights * logs).sum(axis=1), weights.sum(axis=0)
    places = {
        "most": first(found.source, -coverage),
        "least": first(found.source, coverage),
        "sharpest": first(found.target, entropy),
        "broadest": first(found.target, -entropy),
    }
    return Trace(
        source=found.source,
        target=found.target,
        weights=weights,
        coverage=coverage,
        entropy_bits=entropy,
        most=found.source[places["most"]],
        least=found.source[places["least"]],
        sharpest=found.target[places["sharpest"]],
        broadest=found.target[places["broadest"]],
        places=places,
        looked_at=float(2 ** entropy.mean()),
        notes=found.notes,
        measured=alignment_rates(),
    )


def first(labels: list[str], values: np.ndarray) -> int:
    """The place of the smallest value; of marks and punctuation only where there is no word."""
    places = [i for i, label in enumerate(labels) if written(label) and label not in SPECIAL]
    return min(places or range(len(labels)), key=lambda place: values[place])
