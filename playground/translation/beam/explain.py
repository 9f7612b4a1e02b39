"""How a sentence is translated: what the search found, how sure it is, where it looked."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from playground.reading.plain import plain
from playground.reading.text import source_labels, target_labels
from playground.reading.translating import cross_weights, french
from playground.translation.beam import PENALTY, WIDTH
from playground.translation.shared import AS_TYPED, MODEL
from seq_models.beam import Search
from seq_models.tokenizer import Tokenizer
from seq_models.translate import read, translate

TAIL = 20  # tokens of a candidate's text that a step tells


@dataclass(frozen=True)
class Candidate:
    """One of the n best translations."""

    text: str
    log_probability: float  # nats
    score: float  # log-probability divided by length to the power of the penalty
    finished: bool  # False: cut at the limit of its length


@dataclass(frozen=True)
class Step:
    """One candidate of one step of the search."""

    step: int  # from 1
    parent: int  # the place among all steps of the beginning that it goes on from; -1: ⟨start⟩
    word: str  # what it adds
    text: str  # so far; only its end, where it is long
    log_probability: float  # nats
    score: float
    fate: str  # kept, finished or pruned


@dataclass(frozen=True)
class Trace:
    """What was computed for one sentence of S source and T target tokens."""

    model: str
    source: list[str]  # S, ⟨end⟩ included
    target: list[str]  # T, ⟨end⟩ included where it finished
    probabilities: np.ndarray  # (T,), each target token's, given those before it
    cross: np.ndarray  # (layers, heads, T, S), rows summing to 1; one of one, if additive
    translation: str
    log_probability: float  # nats
    candidates: list[Candidate]  # best first
    greedy: Candidate
    steps: list[Step]
    notes: tuple[str, ...] = ()  # what was repaired and left out of what was typed

    @property
    def attention(self) -> np.ndarray:
        """(T, S), the mean over the heads of the last layer."""
        mean: np.ndarray = self.cross[-1].mean(axis=0)
        return mean

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer."""
        return {
            "model": self.model,
            "translation": self.translation,
            "source": self.source,
            "tokens": self.target,
            "probabilities": self.probabilities.tolist(),
            "attention": self.attention.tolist(),
            "log_probability": self.log_probability,
            "candidates": plain(self.candidates),
            "greedy": plain(self.greedy),
            "search": plain(self.steps),
            "notes": list(self.notes),
        }


def explain(
    text: str,
    model: str = MODEL.default,
    beam_width: int = WIDTH.default,
    length_penalty: float = PENALTY.default,
    as_typed: bool = AS_TYPED.default,
) -> Trace:
    """Translate French to English and say how the search went.

    Args:
        text: French, at most 1,000 characters.
        model: "transformer" or "attention".
        beam_width: hypotheses kept, 1 (greedy) to 10.
        length_penalty: 0 to 2; scores are log-probability / length ** length_penalty.
        as_typed: true reads the text without repairing capitals, accents and marks.

    Returns:
        model, translation, source, tokens, probabilities, attention (a row for each token over the
        source), log_probability (nats), candidates (best first), greedy, and search: every
        candidate of every step, with the place of its parent among them.

    Raises ValueError, in a sentence, for bad text or settings.
    """
    network, tokenizer, text, pieces, told = french(model, text, as_typed)
    width = WIDTH.check(beam_width)
    length_penalty = PENALTY.check(length_penalty)
    (search,) = translate(network, tokenizer, [text], width, length_penalty)
    greedy = search
    if width > 1:
        (greedy,) = translate(network, tokenizer, [text], 1, length_penalty)
    best = search.hypotheses[0]
    reading = read(network, tokenizer, text, best.tokens)
    return Trace(
        model=model,
        source=source_labels(tokenizer, pieces),
        target=target_labels(tokenizer, best.tokens),
        probabilities=np.exp(reading.log_probabilities),
        cross=cross_weights(reading.decoder_weights),
        translation=tokenizer.decode(best.tokens),
        log_probability=best.log_probability,
        candidates=candidates(tokenizer, search, length_penalty),
        greedy=candidates(tokenizer, greedy, length_penalty)[0],
        steps=search_steps(tokenizer, search),
        notes=told,
    )


def candidates(tokenizer: Tokenizer, search: Search, length_penalty: float) -> list[Candidate]:
    """The n best of a search."""
    return [
        Candidate(
            tokenizer.decode(h.tokens), h.log_probability, h.score(length_penalty), h.finished
        )
        for h in search.hypotheses
    ]


def search_steps(tokenizer: Tokenizer, search: Search) -> list[Step]:
    """Every candidate that the search weighed, with its whole text so far."""
    live: list[tuple[int, tuple[int, ...]]] = [(-1, ())]  # each one's place, and its tokens
    told: list[Step] = []
    for number, weighed in enumerate(search.steps, start=1):
        kept = []
        for candidate in weighed:
            parent, before = live[candidate.parent]
            tokens = (*before, candidate.token)
            labels = target_labels(tokenizer, tokens[-TAIL:])
            text = " ".join(labels) if len(tokens) <= TAIL else f"… {' '.join(labels)}"
            step = Step(
                number,
                parent,
                labels[-1],
                text,
                candidate.log_probability,
                candidate.score,
                candidate.fate,
            )
            if candidate.fate == "kept":
                kept.append((len(told), tokens))
            told.append(step)
        live = kept
    return told
