"""A French text before a translator: the model, what it wrote, and pieces joined into words."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from playground.reading.models import TRANSLATORS
from playground.reading.opening import sound
from playground.reading.text import CONTINUES, one_of, source_labels, source_tokens, target_labels
from seq_models import UNKNOWN
from seq_models.beam import Hypothesis
from seq_models.decoder import DecoderWeights
from seq_models.seq2seq import Seq2Seq
from seq_models.tokenizer import SPACE, Tokenizer
from seq_models.translate import source_ids, translate


def load(model: str) -> tuple[Seq2Seq, Tokenizer]:
    """A translator by its short name. Raises ValueError for any other."""
    loaded = sound(TRANSLATORS[one_of(tuple(TRANSLATORS), model, "model")].folder)
    assert isinstance(loaded.model, Seq2Seq)
    return loaded.model, loaded.tokenizer


class Written(NamedTuple):
    """The greedy translation of a text by the recurrent translator, and what it was made with."""

    network: Seq2Seq
    tokenizer: Tokenizer
    ids: list[int]  # S, ⟨end⟩ included
    source: list[str]  # S, for people
    best: Hypothesis  # T tokens
    target: list[str]  # T, for people


def write(text: str) -> Written:
    """Translate greedily. Raises ValueError, in a sentence, for bad text."""
    network, tokenizer = load("attention")
    source = source_labels(tokenizer, source_tokens(tokenizer, text))
    (search,) = translate(network, tokenizer, [text])
    best = search.hypotheses[0]
    ids, target = source_ids(tokenizer, text), target_labels(tokenizer, best.tokens)
    return Written(network, tokenizer, ids, source, best, target)


def cross_weights(decoder_weights: Any) -> np.ndarray:
    """A decoder's weights on the source as (layers, heads, T, S)."""
    if isinstance(decoder_weights, DecoderWeights):
        return np.stack([layer[0].float().cpu().numpy() for layer in decoder_weights.cross])
    return decoder_weights[0].float().cpu().numpy()[None, None]  # additive: (1, 1, T, S)


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
