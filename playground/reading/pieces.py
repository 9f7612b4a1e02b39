"""A translator reads pieces of words; here they are joined into words again, with their weights."""

from collections.abc import Sequence

import numpy as np

from playground.reading.text import CONTINUES
from seq_models import UNKNOWN
from seq_models.tokenizer import SPACE, Tokenizer


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
