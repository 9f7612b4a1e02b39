"""The trained translator without one part of the textbook: what it writes, what it thinks of it.

    cost = log2 P(translation | all parts) - log2 P(translation | without the part)

A. Vaswani et al., 2017, section 3, https://arxiv.org/abs/1706.03762
"""

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import torch

from playground.heads.left_out import WITHOUT
from playground.heads.shared import AS_TYPED, STACK
from playground.reading.difference import compared
from playground.reading.plain import fields
from playground.reading.searched import searched
from playground.reading.text import target_labels
from playground.reading.translating import distributions, french, translator
from seq_models.left_out import PARTS, without
from seq_models.seq2seq import Seq2Seq
from seq_models.translate import source_ids, translate


@dataclass(frozen=True)
class Trace:
    """One sentence, its translation of T pieces, and what it is without each part."""

    without: str
    before: str  # the translation
    after: str  # what is written without the part
    difference: list[tuple[str, str]]  # (word, "same", "removed" or "added")
    parts: list[str]  # what can be left out
    bits: float  # log2 of the probability of the translation, all parts there
    costs_bits: list[float]  # what it loses without each part
    target: list[str]  # T pieces
    probabilities: np.ndarray  # (T,), 0..1, all parts there
    after_probabilities: np.ndarray  # (T,), without the chosen part
    changes_bits: np.ndarray  # (T,), log2 of the ratio of the two
    after_bits: float  # log2 of the probability of the translation without the part
    notes: tuple[str, ...] = ()  # what was repaired and left out of what was typed

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer."""
        return fields(self)


def explain(
    text: str,
    stack: str = STACK.default,
    without: str = WITHOUT.default,
    as_typed: bool = AS_TYPED.default,
) -> Trace:
    """What the trained Transformer translator does without a part of the textbook.

    Args:
        text: French, at most 1,000 characters and 160 words or pieces.
        stack: any of the translator; "language" is refused.
        without: "positions", "causal" (the mask), "cross" (attention to the source), "residual"
            (the sum around each part) or "scaled" (the division by the square root of D).
        as_typed: true repairs no capitals, accents and marks.

    Returns:
        before, after, their difference word by word, bits (log2 of the probability of the
        translation), after_bits, parts and costs_bits of each, target with probabilities and
        after_probabilities of its pieces.

    Raises ValueError, in a sentence, for bad text or no such part.
    """
    part = WITHOUT.check(without)
    if STACK.check(stack) == "language":
        raise ValueError(
            "This asks the translator, which reads French: please choose Encoder, Decoder or "
            "Cross-attention, and give a French sentence."
        )
    network, tokenizer, text, _, notes = french("transformer", text, as_typed)
    search = searched(network, tokenizer, text)
    target = [*search.hypotheses[0].tokens]
    source = source_ids(tokenizer, text)
    whole = log_probabilities(network, source, target)
    each = {one: log_probabilities(lacking(one), source, target) for one in PARTS}
    (other,) = translate(lacking(part), tokenizer, [text])
    before, after = tokenizer.decode(target), tokenizer.decode(other.hypotheses[0].tokens)
    return Trace(
        without=part,
        before=before,
        after=after,
        difference=compared(before, after),
        parts=[*PARTS],
        bits=float(whole.sum()),
        costs_bits=[float(whole.sum() - each[one].sum()) for one in PARTS],
        target=target_labels(tokenizer, target),
        probabilities=np.exp2(whole),
        after_probabilities=np.exp2(each[part]),
        changes_bits=each[part] - whole,
        after_bits=float(each[part].sum()),
        notes=notes,
    )


def lacking(part: str) -> Seq2Seq:
    """The translator without a part, made once of the parameters that serve."""
    return made(translator("transformer").sha256, part)


@lru_cache(maxsize=2 * len(PARTS))
def made(sha256: str, part: str) -> Seq2Seq:  # noqa: ARG001
    """The translator of these parameters without a part; it shares them."""
    loaded = translator("transformer")
    assert isinstance(loaded.model, Seq2Seq)
    return without(loaded.model, loaded.config, part)


def log_probabilities(network: Seq2Seq, source: list[int], target: list[int]) -> np.ndarray:
    """log2 of the probability of each target token (T,), read in one parallel pass."""
    given = distributions(network, source, target)  # (T, V)
    chosen = given.gather(1, torch.tensor(target).unsqueeze(1)).squeeze(1)
    found: np.ndarray = chosen.double().numpy() / math.log(2)
    return found
