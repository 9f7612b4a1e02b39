"""Where the recurrent translator looks in the source while it writes each word."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from playground.attention.shared import AS_TYPED, MERGED
from playground.attention.spotlight import LEAST
from playground.reading.plain import fields
from playground.reading.translating import spotlight


@dataclass(frozen=True)
class Trace:
    """The spotlight on S source tokens for each of T target tokens, or on words where merged."""

    source: list[str]  # S, ⟨end⟩ included
    target: list[str]  # T
    weights: np.ndarray  # (T, S), each row summing to 1: where it looked to write that token
    probabilities: np.ndarray  # (T,), each target token's, given those before it
    translation: str
    log_probability: float  # nats
    finished: bool  # False: cut at the limit of its length
    notes: tuple[str, ...]  # what was repaired and left out of what was typed
    least: float  # weights below it are hidden
    hidden: int  # how many those are
    hidden_share: float  # 0..1, how much of all weight they hold

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer."""
        return fields(self)


def explain(
    text: str,
    merged: bool = MERGED.default,
    least: float = LEAST.default,
    as_typed: bool = AS_TYPED.default,
) -> Trace:
    """Translate French with the recurrent model and say where it looked for each word.

    Args:
        text: French, at most 1,000 characters and 160 words or pieces.
        merged: true joins the pieces of each word.
        least: 0 to 0.5, weights below it are counted as hidden.
        as_typed: true reads the text without repairing capitals, accents and marks.

    Returns:
        source and target tokens, weights (a row for each target token over the source tokens,
        summing to 1), probabilities, translation, log_probability (nats), finished (false: it
        found no end and was cut), hidden (how many weights are below least), hidden_share (of all
        weight) and notes (what was repaired and left out).

    Raises ValueError, in a sentence, for bad text or settings.
    """
    least = LEAST.check(least)
    found = spotlight(text, MERGED.check(merged), as_typed)
    weak = found.weights < least
    return Trace(
        **found._asdict(),
        least=least,
        hidden=int(weak.sum()),
        hidden_share=float(found.weights[weak].sum() / found.weights.sum()),
    )
