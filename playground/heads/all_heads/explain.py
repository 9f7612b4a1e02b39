"""Every attention head of a Transformer, for one sentence and its translation."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from playground.heads.all_heads import PIECES
from playground.heads.shared import AS_TYPED, STACK
from playground.reading.looks import looked
from playground.reading.measurements import habits
from playground.reading.plain import fields


@dataclass(frozen=True)
class Trace:
    """One stack's heads on one sentence.

    encoder: source words look at source words. decoder: words read so far, from ⟨start⟩ on, look at
    each other. cross: the row of a word about to be written looks at the source. language: as
    decoder, of the language model.
    """

    stack: str
    queries: list[str]  # Q
    keys: list[str]  # K
    weights: np.ndarray  # (layers, heads, Q, K), rows summing to 1
    translation: str  # "" for the language model
    habits: list[dict[str, Any]]  # of each head, measured on a corpus; empty if nothing was
    here: list[dict[str, float]]  # the same shares in this text, of each of those
    notes: tuple[str, ...] = ()  # what was repaired and left out of what was typed

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer."""
        return fields(self)


def explain(
    text: str,
    stack: str = STACK.default,
    pieces: bool = PIECES.default,
    as_typed: bool = AS_TYPED.default,
) -> Trace:
    """The attention weights of every head of the Transformer translator, or language model.

    Args:
        text: French, English for the language model; at most 1,000 characters and 160 words
            or pieces.
        stack: "encoder", "decoder" or "cross"; "language" for the language model.
        pieces: the model's own pieces of words; false: joined, their columns summed and their rows
            averaged.
        as_typed: true repairs no capitals, accents and marks.

    Returns:
        queries, keys, weights [layer][head][query][key] (rows summing to 1), translation, and
        habits: what was measured of each head on a corpus, and the sentences where it does most
        what it does there (examples: text, share); here: the same shares in this text.

    Raises ValueError, in a sentence, for bad text or no such stack.
    """
    pieces = PIECES.check(pieces)
    found = looked(text, STACK.check(stack), as_typed=as_typed)
    queries, keys = found.queries.shown(pieces), found.keys.shown(pieces)
    weights = found.weights if pieces else found.merged_weights
    known = habits(stack)
    here = [found.shares(one["layer"] - 1, one["head"] - 1) for one in known]
    return Trace(stack, queries, keys, weights, found.translation, known, here, found.notes)
