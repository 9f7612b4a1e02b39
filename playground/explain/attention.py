"""Where the recurrent translator looks in the source while it writes each word."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from playground.reading.plain import plain
from playground.reading.text import (
    CONTINUES,
    MOST_TOKENS,
    between,
    shown,
    source_labels,
    source_tokens,
    target_labels,
)
from playground.explain.translation import load
from seq_models import UNKNOWN
from seq_models.attention import Attention
from seq_models.beam import Hypothesis
from seq_models.seq2seq import Seq2Seq
from seq_models.tokenizer import SPACE, Tokenizer
from seq_models.translate import read, source_ids, translate

PARTS = (Attention.forward, Attention.score, Attention.energy)  # what computes the weights
SURE = (read,)  # what computes the probabilities


class Written(NamedTuple):
    """The greedy translation of a text by the recurrent translator, and what it was made with."""

    network: Seq2Seq
    tokenizer: Tokenizer
    ids: list[int]  # S, ⟨end⟩ included
    source: list[str]  # S, for people
    best: Hypothesis  # T tokens
    target: list[str]  # T, for people


@dataclass(frozen=True)
class Trace:
    """The spotlight on S source tokens for each of T target tokens, or on words where merged."""

    source: list[str]  # S, ⟨end⟩ included
    target: list[str]  # T
    weights: np.ndarray  # (T, S), each row summing to 1: where it looked to write that token
    probabilities: np.ndarray  # (T,), each target token's, given those before it
    translation: str
    log_probability: float  # nats

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer."""
        return plain(self)


def explain(text: str, merged: bool = False) -> Trace:
    """Translate greedily and keep the spotlight. Raises ValueError, in a sentence, for bad text.

    merged: the pieces of a word as one, its columns summed, its rows averaged, its probability
    their product.
    """
    if not isinstance(merged, bool):
        raise ValueError(f"Please say true or false for merged, not {shown(merged)}.")
    network, tokenizer, ids, source, best, target = write(text)
    reading = read(network, tokenizer, text, best.tokens)
    weights = reading.decoder_weights[0].float().cpu().numpy()  # (T, S)
    probabilities = np.exp(reading.log_probabilities)
    if merged:
        rows, columns = word_groups(tokenizer, best.tokens), word_groups(tokenizer, ids)
        weights = merge(weights, rows, columns)
        probabilities = np.multiply.reduceat(probabilities, starts(rows))
        source, target = joined(source, columns), joined(target, rows)
    return Trace(
        source, target, weights, probabilities, tokenizer.decode(best.tokens), best.log_probability
    )


def write(text: str) -> Written:
    """Translate greedily. Raises ValueError, in a sentence, for bad text."""
    network, tokenizer = load("attention")
    source = source_labels(tokenizer, source_tokens(tokenizer, text))
    (search,) = translate(network, tokenizer, [text])
    best = search.hypotheses[0]
    ids, target = source_ids(tokenizer, text), target_labels(tokenizer, best.tokens)
    return Written(network, tokenizer, ids, source, best, target)


def position(length: int, value: float, what: str, nearest: bool) -> int:
    """The value, a position from 1; `nearest` makes the last one of any beyond the length.

    Raises ValueError, in a sentence, for anything else.
    """
    most = max(length, MOST_TOKENS * 3) if nearest else length
    return min(length, int(between(1, most, value, what, whole=True)))


def merge(weights: np.ndarray, rows: Sequence[int], columns: Sequence[int]) -> np.ndarray:
    """Weights (T, S) of pieces as those of words: columns of a word summed, rows averaged.

    rows, columns: the word of each piece, from 0 on in order. Each row still sums to what it did.
    """
    summed = np.add.reduceat(weights, starts(columns), axis=1)  # (T, source words)
    return np.add.reduceat(summed, starts(rows), axis=0) / np.bincount(rows)[:, None]


def starts(groups: Sequence[int]) -> np.ndarray:
    """Where each group begins."""
    return np.flatnonzero(np.diff(groups, prepend=-1))


def word_groups(tokenizer: Tokenizer, ids: Sequence[int]) -> list[int]:
    """The word that each token belongs to, from 0; special marks and punctuation stand alone."""
    groups: list[int] = []
    before = ""
    for number in ids:
        piece = tokenizer.piece(number)
        both_letters = written(piece) and written(before)
        goes_on = not tokenizer.starts_word(number) and (both_letters or before == SPACE)
        groups.append((groups[-1] if groups else -1) + (not goes_on))
        before = "" if number <= UNKNOWN else piece
    return groups


def written(piece: str) -> bool:
    """Whether there is a letter or a digit in it."""
    return any(map(str.isalnum, piece))


def joined(labels: Sequence[str], groups: Sequence[int]) -> list[str]:
    """The labels of words, each made of its pieces' labels."""
    words = [""] * (groups[-1] + 1)
    for label, group in zip(labels, groups, strict=True):
        words[group] += (label.removeprefix(CONTINUES) or label).removeprefix("␣")
    return [word or "␣" for word in words]
