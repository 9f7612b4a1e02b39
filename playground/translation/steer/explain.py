"""Interactive translation: a person gives the beginning, the model completes it.

    P(rest | beginning, source), greedily: the beginning is read as if the model had written it

G. Foster, P. Isabelle, P. Plamondon, 1997, https://doi.org/10.1023/A:1007999327580
R. Knowles and P. Koehn, 2016, https://aclanthology.org/2016.amta-researchers.9
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor

from playground.reading.plain import fields
from playground.reading.text import target_labels, tokens_of
from playground.reading.translating import device_of, distributions, french
from playground.settings import within
from playground.translation.shared import AS_TYPED, MODEL
from playground.translation.steer import AT, BEGINNING, REFERENCE
from seq_models import END, START
from seq_models.beam import Beam
from seq_models.decode import steps
from seq_models.seq2seq import Seq2Seq
from seq_models.tokenizer import Tokenizer
from seq_models.translate import NEVER_WRITTEN, limit, source_ids

COUNT = 8  # alternatives
ROUNDS = 40  # words that a person would have to type at most


class Asked(NamedTuple):
    """A sentence before a translator."""

    network: Seq2Seq
    tokenizer: Tokenizer
    ids: list[int]  # the source, ⟨end⟩ included


@dataclass(frozen=True)
class Alternative:
    """A word that could stand at a place."""

    word: str
    probability: float  # 0..1, given the words before
    beginning: str  # the translation up to and with it; "" for ⟨end⟩, which ends it


@dataclass(frozen=True)
class Saved:
    """A person who types a word wherever the model goes wrong."""

    typed: int  # characters, a space after each word counted
    characters: int  # of the wanted translation
    rounds: list[str]  # what the model proposed, first to last


@dataclass(frozen=True)
class Trace:
    """A translation of T tokens, of which the first were given."""

    target: list[str]  # T, ⟨end⟩ included where it finished
    given: int  # how many of them the beginning has
    probabilities: np.ndarray  # (T,), 0..1, each given those before it; of given ones, too
    translation: str
    log_probability: float  # nats
    free: str  # what the model writes with nothing given
    free_log_probability: float  # nats
    at: int  # 1..T, the place that is asked about
    alternatives: list[Alternative]  # likeliest first
    saved: Saved | None  # None without a wanted translation
    notes: tuple[str, ...] = ()  # what was repaired and left out of what was typed

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer."""
        return fields(self)


def explain(
    text: str,
    model: str = MODEL.default,
    beginning: str = BEGINNING.default,
    at: int = AT.default,
    reference: str = REFERENCE.default,
    as_typed: bool = AS_TYPED.default,
) -> Trace:
    """Complete a translation from a given beginning, and say what else could stand at a place.

    Args:
        text: French, at most 1,000 characters.
        model: "transformer" or "attention".
        beginning: English words that the translation begins with; empty leaves the model free.
        at: which token of the translation is asked about, from 1.
        reference: the translation that is wanted; empty counts no keystrokes.
        as_typed: true reads the text without repairing capitals, accents and marks.

    Returns:
        target tokens with probabilities, given (how many of them the beginning has), translation,
        log_probability (nats), free (the model's own) with its log-probability, at, alternatives
        (word, probability, beginning), and saved: characters typed by a person who types the next
        word wherever the model goes wrong, characters in all, and each proposal.

    Raises ValueError, in a sentence, for bad text or settings.
    """
    network, tokenizer, text, _, told = french(model, text, as_typed)
    asked = Asked(network, tokenizer, source_ids(tokenizer, text))
    given = encoded(tokenizer, BEGINNING.check(beginning))
    tokens = completed(asked, given)
    free = completed(asked, []) if given else tokens
    said = distributions(network, asked.ids, tokens)  # (T, V)
    chosen = said.gather(1, torch.tensor(tokens).unsqueeze(1)).squeeze(1)  # (T,)
    own = distributions(network, asked.ids, free).gather(1, torch.tensor(free).unsqueeze(1))
    place = within(AT, at, len(tokens))
    wanted = REFERENCE.check(reference).strip()
    return Trace(
        target=target_labels(tokenizer, tokens),
        given=len(given),
        probabilities=chosen.exp().numpy(),
        translation=tokenizer.decode(tokens),
        log_probability=float(chosen.sum()),
        free=tokenizer.decode(free),
        free_log_probability=float(own.sum()),
        at=place,
        alternatives=alternatives(tokenizer, tokens[: place - 1], said[place - 1]),
        saved=saved(asked, wanted) if wanted else None,
        notes=told,
    )


def encoded(tokenizer: Tokenizer, words: str) -> list[int]:
    """The tokens of a beginning; none for an empty one. Raises ValueError for bad text."""
    if not words.strip():
        return []
    return [token.id for token in tokens_of(tokenizer, words)]


def completed(asked: Asked, beginning: Sequence[int]) -> list[int]:
    """A beginning and what greedy decoding adds to it."""
    device = device_of(asked.network)
    most = limit(len(asked.ids))
    with torch.inference_mode():
        state = asked.network.start(torch.tensor([asked.ids], device=device))
        read = [START, *beginning]
        for token in read[:-1]:
            _, state, _ = asked.network.step(torch.tensor([token], device=device), state)
    beam = Beam(1, 0.0, max(1, most - len(beginning)))
    last = torch.tensor(read[-1:], device=device)
    least = 0 if beginning else 1
    for _ in steps(asked.network, state, last, [beam], forbidden=NEVER_WRITTEN, least=least):
        pass
    return [*beginning, *beam.result().hypotheses[0].tokens]


def alternatives(tokenizer: Tokenizer, before: Sequence[int], said: Tensor) -> list[Alternative]:
    """The likeliest words at a place, from log-probabilities (V,); marks but ⟨end⟩ left out."""
    allowed = said.index_fill(0, torch.tensor(NEVER_WRITTEN), -torch.inf)
    best = allowed.topk(COUNT).indices.tolist()
    return [
        Alternative(
            word=target_labels(tokenizer, [token])[0],
            probability=float(said[token].exp()),
            beginning="" if token == END else tokenizer.decode([*before, token]),
        )
        for token in best
    ]


def saved(asked: Asked, wanted: str) -> Saved:
    """What a person types who accepts all that is right and types the first word that is not."""
    words, typed, known = wanted.split(), 0, 0
    rounds: list[str] = []
    while len(rounds) < ROUNDS:
        beginning = encoded(asked.tokenizer, " ".join(words[:known]))
        proposal = asked.tokenizer.decode(completed(asked, beginning))
        rounds.append(proposal)
        right = max(known, agreeing(proposal.split(), words))
        if right == len(words):
            break
        typed += len(words[right]) + 1
        known = right + 1
    return Saved(typed, len(wanted), rounds)


def agreeing(proposed: Sequence[str], wanted: Sequence[str]) -> int:
    """How many words two texts have in common at their beginning."""
    pairs = zip(proposed, wanted, strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b),
                min(len(proposed), len(wanted)))  # fmt: skip
