"""Teacher forcing: the decoder reads the reference, and is asked for its next word at each step.

    led:   P(word[t] | reference[<t], source)
    alone: P(word[t] | own words[<t], source)

R. Williams and D. Zipser, 1989, https://doi.org/10.1162/neco.1989.1.2.270
M. Ranzato et al., 2016, https://arxiv.org/abs/1511.06732
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from playground.reading.difference import compared
from playground.reading.plain import fields
from playground.reading.searched import searched
from playground.reading.text import target_labels
from playground.reading.translating import distributions, french, wanted_tokens
from playground.translation.shared import AS_TYPED, MODEL
from playground.translation.taught import REFERENCE
from seq_models import END
from seq_models.seq2seq import Seq2Seq
from seq_models.tokenizer import Tokenizer
from seq_models.translate import read, source_ids


@dataclass(frozen=True)
class Led:
    """The model led along R tokens of a reference."""

    words: list[str]  # R, the teacher's, ⟨end⟩ included
    probabilities: np.ndarray  # (R,), 0..1, of each
    favourites: list[str]  # R, what the model would have said there
    favourite_probabilities: np.ndarray  # (R,), 0..1
    hits: list[bool]  # R, whether the two are the same
    log_probability: float  # nats, of the whole reference

    @property
    def right(self) -> int:
        """At how many places the two are the same."""
        return sum(self.hits)


@dataclass(frozen=True)
class Trace:
    """A sentence translated alone, and led along a reference."""

    led: Led
    words: list[str]  # T, what the model writes alone
    probabilities: np.ndarray  # (T,), 0..1
    translation: str
    finished: bool  # False: cut at the limit of its length, so a beginning alone
    log_probability: float  # nats
    difference: list[tuple[str, str]]  # alone against the teacher's: same, removed, added
    notes: tuple[str, ...] = ()  # what was repaired and left out of what was typed

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer."""
        return fields(self) | {"led": fields(self.led) | {"right": self.led.right}}


def explain(
    text: str,
    model: str = MODEL.default,
    reference: str = REFERENCE.default,
    as_typed: bool = AS_TYPED.default,
) -> Trace:
    """A translator led along a reference, beside what it writes alone.

    Args:
        text: French, at most 1,000 characters and 160 words or pieces.
        model: "transformer" or "attention".
        reference: the English translation that it is led along; empty takes its own.
        as_typed: true reads the text without repairing capitals, accents and marks.

    Returns:
        led (words of the reference, probabilities of each, favourites at each place with theirs,
        hits: where these agree, right: at how many places, log_probability in nats), and alone:
        words with probabilities, translation, finished, log_probability; difference of the texts.

    Raises ValueError, in a sentence, for bad text or settings.
    """
    network, tokenizer, text, _, told = french(model, text, as_typed)
    search = searched(network, tokenizer, text)
    own = search.hypotheses[0]
    alone = tokenizer.decode(own.tokens)
    ids = source_ids(tokenizer, text)
    teacher = REFERENCE.check(reference).strip()
    tokens = [*wanted_tokens(network, tokenizer, ids, teacher), END] if teacher else own.tokens
    reading = read(network, tokenizer, text, own.tokens)
    return Trace(
        led=led(network, tokenizer, ids, tokens),
        words=target_labels(tokenizer, own.tokens),
        probabilities=np.exp(reading.log_probabilities),
        translation=alone,
        finished=own.finished,
        log_probability=own.log_probability,
        difference=compared(alone, tokenizer.decode(tokens)),
        notes=told,
    )


def led(network: Seq2Seq, tokenizer: Tokenizer, ids: list[int], tokens: Sequence[int]) -> Led:
    """Read the teacher's tokens in one parallel pass, as training does."""
    said = distributions(network, ids, tokens)  # (R, V)
    chosen = said.gather(1, torch.tensor(tokens).unsqueeze(1)).squeeze(1)  # (R,)
    best = said.max(dim=1)
    return Led(
        words=target_labels(tokenizer, tokens),
        probabilities=chosen.exp().numpy(),
        favourites=target_labels(tokenizer, best.indices.tolist()),
        favourite_probabilities=best.values.exp().numpy(),
        hits=(best.indices == torch.tensor(tokens)).tolist(),
        log_probability=float(chosen.sum()),
    )
