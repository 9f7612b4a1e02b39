"""How a sentence is translated: what the search found, how sure it is, where it looked."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import torch

from playground.reading.pieces import joined, merge, word_groups
from playground.reading.plain import plain
from playground.reading.searched import searched
from playground.reading.searching import (
    Step,
    along,
    live_beginnings,
    live_weights,
    search_steps,
    weights_along,
)
from playground.reading.text import source_labels, target_labels
from playground.reading.translating import cross_weights, french
from playground.reading.whole_words import Words, typed_groups, whole_words
from playground.translation.beam import PENALTY
from playground.translation.shared import AS_TYPED, MODEL, STOP, WIDTH
from seq_models.beam import Hypothesis, Search, Stop
from seq_models.rerank import coverage_of
from seq_models.seq2seq import Seq2Seq
from seq_models.tokenizer import Tokenizer
from seq_models.translate import limit, read, source_ids

__all__ = ["Candidate", "Step", "Trace", "explain"]

NEAREST = 2  # pruned candidates that are told of apart
ALONE: Stop = "width_finished"  # a beam of 1 ends with its first text, whatever the rule


@dataclass(frozen=True)
class Candidate:
    """One of the n best translations."""

    text: str
    log_probability: float  # nats
    score: float  # log-probability divided by length to the power of the penalty
    finished: bool  # False: cut at the limit of its length


@dataclass(frozen=True)
class Finished:
    """A text that the search ended with ⟨end⟩, whether among the n best or not."""

    text: str
    log_probability: float  # nats
    length: int  # tokens, ⟨end⟩ included
    coverage: float  # 0: all of the source was looked at; below 0: less


@dataclass(frozen=True)
class Parting:
    """Where greedy decoding leaves the way to the beam's best text."""

    before: str  # what both begin with
    greedy: str  # the word that greedy goes on with
    greedy_probability: float  # 0..1, of its first piece, given what is before
    best: str
    best_probability: float  # 0..1
    dropped: (
        Step | None
    )  # the step at which the beam pruned greedy's way; None if it never weighed that
    times: float | None  # as likely it then had to be to stay


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
    best_path: list[int]  # places in `steps` of the best text's tokens
    greedy_path: list[int]  # of greedy's, as far as the beam went with it
    parting: Parting | None  # None: both are the same
    source_words: list[str]  # V, the source's pieces joined into words
    words: Words  # W, of the translation
    word_attention: np.ndarray  # (W, V), of words: columns of a word summed, rows averaged
    finished: list[Finished]  # best first
    alive: float | None  # nats, of the likeliest that was alive when it stopped; None for none
    limit: int  # tokens that a text may have
    stop: str  # why the search stopped: nothing_alive_can_win, width_finished, limit, none_alive
    notes: tuple[str, ...] = ()  # what was repaired and left out of what was typed

    @property
    def attention(self) -> np.ndarray:
        """(T, S), the mean over the heads of the last layer."""
        mean: np.ndarray = self.cross[-1].mean(axis=0)
        return mean

    @property
    def nearest(self) -> list[int]:
        """The places in `steps` of the pruned that came nearest to staying, the nearest first."""
        lacked = {place: step.needed for place, step in enumerate(self.steps)
                  if step.needed is not None}  # fmt: skip
        return sorted(lacked, key=lambda place: lacked[place])[:NEAREST]

    @property
    def nearest_times(self) -> list[float]:
        """How many times as likely each of `nearest` had to be to stay."""
        return [math.exp(self.steps[place].needed or 0.0) for place in self.nearest]

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer."""
        return {
            "model": self.model,
            "translation": self.translation,
            "source": self.source,
            "tokens": self.target,
            "probabilities": self.probabilities.tolist(),
            "attention": self.attention.tolist(),
            "source_words": self.source_words,
            "words": self.words.words,
            "word_probabilities": self.words.probabilities.tolist(),
            "word_attention": self.word_attention.tolist(),
            "log_probability": self.log_probability,
            "candidates": plain(self.candidates),
            "greedy": plain(self.greedy),
            "search": plain(self.steps),
            "best_path": self.best_path,
            "greedy_path": self.greedy_path,
            "parting": plain(self.parting),
            "nearest": self.nearest,
            "nearest_times": self.nearest_times,
            "finished": plain(self.finished),
            "alive": self.alive,
            "limit": self.limit,
            "stop": self.stop,
            "notes": list(self.notes),
        }


def explain(
    text: str,
    model: str = MODEL.default,
    beam_width: int = WIDTH.default,
    length_penalty: float = PENALTY.default,
    stop: str = STOP.default,
    as_typed: bool = AS_TYPED.default,
) -> Trace:
    """Translate French to English and say how the search went.

    Args:
        text: French, at most 1,000 characters and 160 words or pieces.
        model: "transformer" or "attention".
        beam_width: hypotheses kept, 1 (greedy) to 10.
        length_penalty: 0 to 2; scores are log-probability / length ** length_penalty.
        stop: "nothing_alive_can_win" or "width_finished": when the search ends.
        as_typed: true reads the text without repairing capitals, accents and marks.

    Returns:
        model, translation, source, tokens, probabilities, attention (a row for each token over the
        source), source_words, words, word_probabilities and word_attention (the same of whole
        words), log_probability (nats), candidates (best first), greedy, search (every candidate of
        every step, with the place of its parent among them and the nats that a pruned one needed),
        best_path and greedy_path through it, parting (where the two leave each other), nearest
        (the pruned that came nearest to staying), nearest_times (as likely they had to be),
        finished (all finished texts with length and coverage), alive, limit and stop (why it
        ended).

    Raises ValueError, in a sentence, for bad text or settings.
    """
    network, tokenizer, text, pieces, told = french(model, text, as_typed)
    width = WIDTH.check(beam_width)
    rule: Stop = "width_finished" if STOP.check(stop) == ALONE else "nothing_alive_can_win"
    length_penalty = PENALTY.check(length_penalty)
    find = partial(searched, network, tokenizer, text, length_penalty=length_penalty)
    search = find(width=width, stop=rule)
    greedy = find(width=1) if width > 1 else search
    best, plainly = search.hypotheses[0], greedy.hypotheses[0]
    ids = source_ids(tokenizer, text)
    reading = read(network, tokenizer, text, best.tokens)
    probabilities, cross = np.exp(reading.log_probabilities), cross_weights(reading.decoder_weights)
    rows, columns = typed_groups(tokenizer, best.tokens), word_groups(tokenizer, ids)
    source = source_labels(tokenizer, pieces)
    steps = search_steps(tokenizer, search, width)
    last = [one.log_probability for one in search.steps[-1] if one.fate == "kept"]
    return Trace(
        model=model,
        source=source,
        target=target_labels(tokenizer, best.tokens),
        probabilities=probabilities,
        cross=cross,
        translation=tokenizer.decode(best.tokens),
        log_probability=best.log_probability,
        candidates=candidates(tokenizer, search, length_penalty),
        greedy=candidates(tokenizer, greedy, length_penalty)[0],
        steps=steps,
        best_path=along(steps, best.tokens),
        greedy_path=along(steps, plainly.tokens),
        parting=parting(tokenizer, steps, best, plainly),
        source_words=joined(source, columns),
        words=whole_words(tokenizer, best.tokens, probabilities),
        word_attention=merge(cross[-1].mean(axis=0), rows, columns),
        finished=finished(network, tokenizer, ids, search),
        alive=max(last, default=None),
        limit=limit(len(ids)),
        stop=ended(len(search.steps), bool(last), limit(len(ids)), rule if width > 1 else ALONE),
        notes=told,
    )


def ended(steps: int, alive: bool, most: int, rule: str) -> str:
    """Why a search stopped."""
    if not alive:
        return "none_alive"
    return "limit" if steps >= most else rule


def parting(
    tokenizer: Tokenizer, steps: Sequence[Step], best: Hypothesis, greedy: Hypothesis
) -> Parting | None:
    """Where two texts part, and what became of the second in the search; None if they don't."""
    pairs = enumerate(zip(best.tokens, greedy.tokens, strict=False))
    at = next((place for place, (one, other) in pairs if one != other), None)
    if at is None:
        return None
    way = along(steps, greedy.tokens)
    end = steps[way[-1]] if way else None
    return Parting(
        before=tokenizer.decode(best.tokens[:at]),
        greedy=word_at(tokenizer, greedy, at),
        greedy_probability=math.exp(greedy.log_probabilities[at]),
        best=word_at(tokenizer, best, at),
        best_probability=math.exp(best.log_probabilities[at]),
        dropped=end if end is not None and end.needed is not None else None,
        times=math.exp(end.needed) if end is not None and end.needed is not None else None,
    )


def word_at(tokenizer: Tokenizer, one: Hypothesis, at: int) -> str:
    """The word, or what is left of it, that begins with the token at a place."""
    rest = tokenizer.decode(one.tokens)[len(tokenizer.decode(one.tokens[:at])) :].split()
    return rest[0] if rest else target_labels(tokenizer, one.tokens[at : at + 1])[0]


def finished(
    network: Seq2Seq, tokenizer: Tokenizer, ids: Sequence[int], search: Search
) -> list[Finished]:
    """All finished texts, with how much of the source each looked at."""
    live, weights = live_beginnings(search), live_weights(network, ids, search)
    return [
        Finished(
            tokenizer.decode(one.tokens),
            one.log_probability,
            len(one.tokens),
            coverage_of(torch.from_numpy(weights_along(live, weights, one.tokens))),
        )
        for one in search.finished
    ]


def candidates(tokenizer: Tokenizer, search: Search, length_penalty: float) -> list[Candidate]:
    """The n best of a search."""
    return [
        Candidate(
            tokenizer.decode(h.tokens), h.log_probability, h.score(length_penalty), h.finished
        )
        for h in search.hypotheses
    ]
