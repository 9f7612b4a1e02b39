"""Memory surgery: what the model expects when its memory is emptied, or a unit of it held.

    bits[word] = log2 P(word | after) - log2 P(word | before)
    KL = sum over all words of P(word | before) log2 (P(word | before) / P(word | after))

S. Kullback and R. Leibler, 1951, https://doi.org/10.1214/aoms/1177729694
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from playground.next_word.shared import MODEL
from playground.next_word.surgery import OPERATION, UNIT, WORD
from playground.reading.plain import fields
from playground.reading.words import (
    Opened,
    entropy_bits,
    normalised,
    opened,
    surprisal,
    word_of,
)
from playground.settings import AS_TYPED, within
from seq_models import surgery
from seq_models.causal import CausalTransformer

COUNT = 10  # likeliest words of each


@dataclass(frozen=True)
class Reading:
    """What a model computed for one text of S tokens, before or after the operation."""

    probabilities: np.ndarray  # (N,), of the trace's next words, 0..1
    entropy_bits: float  # of the next word, over the whole vocabulary
    surprisal_bits: np.ndarray  # (S,)
    perplexity: float | None  # of the words that it may touch; None if there are none


@dataclass(frozen=True)
class Trace:
    """A text of S tokens read twice; N next words, the 10 likeliest of each reading."""

    model: str
    operation: str
    word: int  # 1..S: emptied before this token, or held since it
    unit: int | None  # None for a reset
    tokens: list[str]  # S, as typed
    next_words: list[str]  # N, likeliest before the operation first
    before: Reading
    after: Reading
    change_bits: np.ndarray  # (N,), of each next word, after against before
    divergence_bits: float  # KL of before from after, over the whole vocabulary
    notes: Sequence[str] = ()  # what a person is told of how the text was read

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer."""
        return fields(self)


def explain(
    text: str,
    model: str = MODEL.default,
    operation: str = OPERATION.default,
    word: int = WORD.default,
    unit: int = UNIT.default,
    as_typed: bool = AS_TYPED.default,
) -> Trace:
    """What a model expects when its memory is emptied, or one unit of it held.

    Args:
        text: English words, at most 1,000 characters and 160 words or pieces.
        model: "rnn", "gru", "lstm" or "transformer" (reset only).
        operation: "reset" empties the memory before the word is read; "zero" and "freeze" hold a
            unit, at zero or at its value, from the end of the word on.
        word: which token of the text, from 1.
        unit: which unit, from 0; not used by a reset.
        as_typed: true mends neither capitals nor accents.

    Returns:
        tokens, next_words (the ten likeliest of each reading), before and after (probabilities of
        those, entropy_bits, surprisal_bits of each token, perplexity of the rest), change_bits,
        divergence_bits.
        Where the text was mended, notes say how it was read.

    Raises ValueError, in a sentence, for bad text or an operation that cannot be.
    """
    OPERATION.check(operation)
    reading = opened(text, model, as_typed)
    at = within(WORD, word, len(reading.tokens))
    held = None if operation == "reset" else unit_of(reading, unit)
    before = log_probabilities(reading, surgery.untouched)
    after = log_probabilities(reading, edit_of(operation, at, held))
    best = union(before[-1], after[-1])
    first = touched(reading, operation, at)
    return Trace(
        model=model,
        operation=operation,
        word=at,
        unit=held,
        tokens=[token.text for token in reading.tokens],
        next_words=[word_of(reading.tokenizer, number) for number in best],
        before=told(reading, before, best, first),
        after=told(reading, after, best, first),
        change_bits=(after[-1, best] - before[-1, best]).numpy() / math.log(2),
        divergence_bits=divergence(before[-1], after[-1]),
        notes=reading.notes,
    )


def unit_of(reading: Opened, unit: int) -> int:
    """A unit of the model's memory. Raises ValueError, in a sentence, where there is none such."""
    network = reading.network.network
    if isinstance(network, CausalTransformer):
        raise ValueError(
            "The Transformer keeps every word it read, and no memory whose units could be held; "
            "please choose reset, or one of the other models."
        )
    return within(UNIT, unit, network.hidden_size - 1)


def edit_of(operation: str, at: int, unit: int | None) -> surgery.Edit:
    """The operation as the package does it."""
    if unit is None:
        return surgery.reset(at)
    return surgery.zeroed(unit, at) if operation == "zero" else surgery.frozen(unit, at)


def touched(reading: Opened, operation: str, at: int) -> int:
    """How many words of the text the operation cannot touch, whatever the model.

    An emptied memory expects the word before which it was emptied; a Transformer, which has no
    other memory of a word than the one just computed, only the one after it. A unit at zero expects
    the next word, and one that is held at its own value only the one after that.
    """
    if operation == "reset":
        return at if isinstance(reading.network.network, CausalTransformer) else at - 1
    return at if operation == "zero" else at + 1


def log_probabilities(reading: Opened, edit: surgery.Edit) -> Tensor:
    """Of the word after ⟨start⟩ and after each token, the memory edited between: (S + 1, V)."""
    with torch.inference_mode():
        logits, _ = surgery.read(reading.network, reading.ids, edit)
        return normalised(logits.cpu().double())


def union(before: Tensor, after: Tensor) -> list[int]:
    """The likeliest tokens of two distributions (V,), likeliest before the operation first."""
    best = {*before.topk(COUNT).indices.tolist(), *after.topk(COUNT).indices.tolist()}
    return sorted(best, key=lambda number: (-before[number].item(), number))


def told(reading: Opened, given: Tensor, best: list[int], first: int) -> Reading:
    """One reading, from its log-probabilities (S + 1, V); its rest begins at token `first`."""
    bits = surprisal(given, [token.id for token in reading.tokens])  # (S,)
    rest = bits[first:]
    return Reading(
        probabilities=given[-1, best].exp().numpy(),
        entropy_bits=entropy_bits(given[-1]),
        surprisal_bits=bits,
        perplexity=float(2 ** rest.mean()) if len(rest) else None,
    )


def divergence(before: Tensor, after: Tensor) -> float:
    """How many bits the second distribution (V,) wastes on words that follow the first."""
    return max(0.0, float((before.exp() * (before - after)).sum())) / math.log(2)
