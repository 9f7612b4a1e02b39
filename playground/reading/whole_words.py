"""What a translator wrote, in words as they are typed: an apostrophe between letters is in a word.

P(word | words before, source) = product over its pieces of P(piece | pieces before, source)
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from playground.reading.pieces import joined, starts, word_groups, written
from playground.reading.text import target_labels
from seq_models.tokenizer import Tokenizer

APOSTROPHES = ("'", "’")


@dataclass(frozen=True)
class Words:
    """W words that were written, each punctuation mark and ⟨end⟩ alone."""

    words: list[str]  # W, as typed
    probabilities: np.ndarray  # (W,), 0..1, each given those before it


def whole_words(tokenizer: Tokenizer, ids: Sequence[int], probabilities: np.ndarray) -> Words:
    """Written tokens (T) and the probability of each (T,), 0..1, as words."""
    groups = typed_groups(tokenizer, ids)
    return Words(
        joined(target_labels(tokenizer, ids), groups),
        np.multiply.reduceat(probabilities, starts(groups)),
    )


def typed_groups(tokenizer: Tokenizer, ids: Sequence[int]) -> list[int]:
    """The word that each token belongs to, from 0: `word_groups`, but "She's" is one word."""
    pieces = [tokenizer.piece(number) for number in ids]
    within = set()
    for place in range(1, len(ids) - 1):
        before, piece, after = pieces[place - 1 : place + 2]
        goes_on = not tokenizer.starts_word(ids[place + 1])
        if piece in APOSTROPHES and written(before) and written(after) and goes_on:
            within |= {place, place + 1}
    begins = [*starts(word_groups(tokenizer, ids))]
    groups = np.zeros(len(ids), dtype=int)
    groups[[place for place in begins if place not in within]] = 1
    found: list[int] = (groups.cumsum() - 1).tolist()
    return found
