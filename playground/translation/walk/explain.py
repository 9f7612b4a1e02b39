"""A beam search, one step after the other: nothing is searched again while a person walks.

    log P(beginning + piece) = log P(beginning) + log P(piece | beginning, source)

The `width` likeliest of all that could follow live on; an ⟨end⟩ among them finishes its text.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from playground.reading.plain import fields
from playground.reading.searched import searched
from playground.reading.searching import Step, live_beginnings, live_weights, search_steps
from playground.reading.text import source_labels
from playground.reading.translating import french
from playground.translation.shared import AS_TYPED, MODEL, WIDTH
from seq_models.translate import source_ids

__all__ = ["Alive", "Step", "Trace", "explain"]


@dataclass(frozen=True)
class Alive:
    """What was alive before a step: N beginnings, and where the model looked to go on from each."""

    texts: list[str]  # N
    weights: np.ndarray  # (N, S), rows summing to 1; the mean over the heads of the last layer


@dataclass(frozen=True)
class Trace:
    """A search of one sentence of S source tokens."""

    source: list[str]  # S, ⟨end⟩ included
    alive: list[Alive]  # before each step
    steps: list[Step]  # every candidate of every step, likeliest first
    probabilities: np.ndarray  # of each candidate's piece, 0..1, given what is before it
    translation: str  # the best of what was finished; where nothing was, of what was alive
    finished: bool  # which of the two it is
    notes: tuple[str, ...] = ()  # what was repaired and left out of what was typed

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer."""
        return fields(self)


def explain(
    text: str,
    model: str = MODEL.default,
    beam_width: int = WIDTH.default,
    as_typed: bool = AS_TYPED.default,
) -> Trace:
    """Every step of a beam search: what was alive, what was weighed, where the model looked.

    Args:
        text: French, at most 1,000 characters and 160 words or pieces.
        model: "transformer" or "attention".
        beam_width: hypotheses kept, 1 (greedy) to 10.
        as_typed: true reads the text without repairing capitals, accents and marks.

    Returns:
        source tokens, alive (before each step the beginnings with their attention over the
        source), steps (as "search" of translate), probabilities (of each candidate's piece, given
        what is before it), translation, finished (whether that found an end).

    Raises ValueError, in a sentence, for bad text or settings.
    """
    network, tokenizer, text, pieces, told = french(model, text, as_typed)
    width = WIDTH.check(beam_width)
    search = searched(network, tokenizer, text, width)
    live = live_beginnings(search)
    weights = live_weights(network, source_ids(tokenizer, text), search)
    steps = search_steps(tokenizer, search, width)
    before = [steps[one.parent].log_probability if one.parent >= 0 else 0.0 for one in steps]
    return Trace(
        source=source_labels(tokenizer, pieces),
        alive=[
            Alive([tokenizer.decode(one) or "⟨start⟩" for one in step], looked)
            for step, looked in zip(live, weights, strict=True)
        ],
        steps=steps,
        probabilities=np.exp(np.array([one.log_probability for one in steps]) - before),
        translation=tokenizer.decode(search.hypotheses[0].tokens),
        finished=search.hypotheses[0].finished,
        notes=told,
    )
