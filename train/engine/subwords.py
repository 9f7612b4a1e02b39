"""BPE-dropout: a word is read in other pieces each time, so rare ones are known by their parts.

    at each step, every pair of neighbours that could be joined is left alone with probability p

I. Provilkov, D. Emelianenko, E. Voita, 2020, section 3, https://aclanthology.org/2020.acl-main.170
"""

import random
from collections.abc import Sequence
from itertools import pairwise

from seq_models.tokenizer import SPACE, Tokenizer


class Subwords:
    """Reads texts in pieces that its seed determines, with `share` (0..1) of the joins left out."""

    def __init__(self, tokenizer: Tokenizer, share: float, seed: int) -> None:
        self._tokenizer = tokenizer
        self._share = share
        self._ranks = {pair: rank for rank, pair in enumerate(tokenizer.merges())}
        self._random = random.Random(seed).random
        made = map("".join, tokenizer.merges())
        self._whole = {piece for piece in tokenizer.pieces if len(piece) > 1}.difference(made)

    def encode_many(self, texts: Sequence[str]) -> list[list[int]]:
        """The numbers of each text's pieces, without start and end."""
        return list(map(self.encode, texts))

    def encode(self, text: str) -> list[int]:
        """The numbers of a text's pieces; the space before it, which nobody typed, is none."""
        pieces = [piece for word in self._tokenizer.words(text) for piece in self.pieces(word)]
        return [self._tokenizer.number(piece) for piece in pieces[pieces[:1] == [SPACE] :]]

    def pieces(self, word: str) -> list[str]:
        """A word in pieces: its letters, joined in the order in which joins were learned.

        One that is a piece of its own without that is left whole as often as two are joined.
        """
        if word in self._whole and self._random() >= self._share:
            return [word]
        pieces = list(word)
        while found := [
            (rank, place)
            for place, pair in enumerate(pairwise(pieces))
            if (rank := self._ranks.get(pair)) is not None and self._random() >= self._share
        ]:
            _, place = min(found)
            pieces[place : place + 2] = ["".join(pieces[place : place + 2])]
        return pieces
