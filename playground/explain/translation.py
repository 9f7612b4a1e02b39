"""How a sentence is translated: what the search found, how sure it is, where it looked."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from playground.explain.text import source_labels, source_tokens, target_labels
from seq_models import checkpoint
from seq_models.decode import Beam, Search
from seq_models.decoder import Decoder, DecoderWeights
from seq_models.seq2seq import Seq2Seq
from seq_models.tokenizer import Tokenizer
from seq_models.translate import read, translate

MODELS = {"transformer": "transformer-translator", "attention": "attention-translator"}
PARTS = (Seq2Seq, Decoder, Beam)  # what computes this tab's figures
WIDEST = 10  # hypotheses


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
    text: str
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
    text: str, model: str = "transformer", beam_width: int = 4, length_penalty: float = 1.0
) -> Trace:
    """Translate French text. Raises ValueError, in a sentence, for bad text or settings."""
    network, tokenizer = load(model)
    if not 1 <= beam_width <= WIDEST:
        raise ValueError(f"The beam can be 1 to {WIDEST} wide, not {beam_width}.")
    if not 0 <= length_penalty <= 2:
        raise ValueError(f"The length penalty can be 0 to 2, not {length_penalty}.")
    source = source_tokens(tokenizer, text)
    (search,) = translate(network, tokenizer, [text], int(beam_width), length_penalty)
    greedy = search
    if beam_width > 1:
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
            text = " ".join(target_labels(tokenizer, tokens))
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
    name = MODELS.get(model, model)
    if name not in MODELS.values():
        raise ValueError(f"There is no model {model!r}; please choose {' or '.join(MODELS)}.")
    loaded = checkpoint.load(name)
    assert isinstance(loaded.model, Seq2Seq)
    return loaded.model, loaded.tokenizer
