"""How a sentence is translated: what the search found, how sure it is, where it looked."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from playground.reading.opening import sound
from playground.reading.text import (
    between,
    one_of,
    source_labels,
    source_tokens,
    target_labels,
)
from seq_models.beam import Beam, Search
from seq_models.decoder import Decoder, DecoderWeights
from seq_models.seq2seq import Seq2Seq
from seq_models.tokenizer import Tokenizer
from seq_models.translate import read, translate

MODELS = {"transformer": "transformer-translator", "attention": "attention-translator"}
PARTS = (Seq2Seq, Decoder, Beam)  # what computes this tab's figures
WIDEST = 10  # hypotheses
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

    @property
    def attention(self) -> np.ndarray:
        """(T, S), the mean over the heads of the last layer."""
        return self.cross[-1].mean(axis=0)

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer."""
        return {
            "model": self.model,
            "translation": self.translation,
            "tokens": self.target,
            "probabilities": self.probabilities.tolist(),
            "log_probability": self.log_probability,
            "candidates": [vars(candidate) for candidate in self.candidates],
            "greedy": vars(self.greedy),
            "search": [vars(step) for step in self.steps],
        }


def explain(
    text: str, model: str = "transformer", beam_width: float = 4, length_penalty: float = 1.0
) -> Trace:
    """Translate French text. Raises ValueError, in a sentence, for bad text or settings."""
    network, tokenizer = load(model)
    width = int(between(1, WIDEST, beam_width, "beam width", whole=True))
    length_penalty = between(0, 2, length_penalty, "length penalty")
    source = source_tokens(tokenizer, text)
    (search,) = translate(network, tokenizer, [text], width, length_penalty)
    greedy = search
    if width > 1:
        (greedy,) = translate(network, tokenizer, [text], 1, length_penalty)
    best = search.hypotheses[0]
    reading = read(network, tokenizer, text, best.tokens)
    return Trace(
        model=model,
        source=source_labels(tokenizer, source),
        target=target_labels(tokenizer, best.tokens),
        probabilities=np.exp(reading.log_probabilities),
        cross=cross_weights(reading.decoder_weights),
        translation=tokenizer.decode(best.tokens),
        log_probability=best.log_probability,
        candidates=candidates(tokenizer, search, length_penalty),
        greedy=candidates(tokenizer, greedy, length_penalty)[0],
        steps=search_steps(tokenizer, search),
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
    live: list[tuple[int, ...]] = [()]
    told = []
    for number, weighed in enumerate(search.steps, start=1):
        grown = [(*live[candidate.parent], candidate.token) for candidate in weighed]
        for candidate, tokens in zip(weighed, grown, strict=True):
            text = " ".join(target_labels(tokenizer, tokens[-TAIL:]))
            text = text if len(tokens) <= TAIL else f"… {text}"
            score, fate = candidate.score, candidate.fate
            told.append(Step(number, text, candidate.log_probability, score, fate))
        live = [tokens for c, tokens in zip(weighed, grown, strict=True) if c.fate == "kept"]
    return told


def cross_weights(decoder_weights: Any) -> np.ndarray:
    """A decoder's weights on the source as (layers, heads, T, S)."""
    if isinstance(decoder_weights, DecoderWeights):
        return np.stack([layer[0].float().cpu().numpy() for layer in decoder_weights.cross])
    return decoder_weights[0].float().cpu().numpy()[None, None]  # additive: (1, 1, T, S)


def load(model: str) -> tuple[Seq2Seq, Tokenizer]:
    """A translator by its short name. Raises ValueError for any other."""
    loaded = sound(MODELS[one_of(tuple(MODELS), model, "model")])
    assert isinstance(loaded.model, Seq2Seq)
    return loaded.model, loaded.tokenizer
