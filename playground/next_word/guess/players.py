"""Guesses and what follows from them: at which one a word was found, and Shannon's bound.

    H <= -sum over r of q[r] log2 q[r],  q[r] how often the word was found at guess number r

A few words bound little: the figure is this round's, not the language's.
C. Shannon, "Prediction and Entropy of Printed English", 1951, section 5,
https://doi.org/10.1002/j.1538-7305.1951.tb01366.x
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from playground.settings import shown

MOST_TRIES = 100  # guesses for one word


@dataclass(frozen=True)
class Player:
    """How a person or a model did on N words."""

    guess_numbers: list[int]  # N, from 1
    accuracy: float  # 0..1, how often the first guess was right
    mean_guess_number: float
    bound_bits: float  # Shannon's upper bound, from the guess numbers
    surprisal_bits: float | None  # the mean of the words; only a model has one


@dataclass(frozen=True)
class Score:
    """A person and every model on the same N words."""

    text: str  # the whole passage
    words: list[str]  # N
    person: Player
    models: dict[str, Player]
    unable: list[str]  # models in whose vocabulary not all of the words are

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer."""
        return asdict(self)


def player(numbers: list[int], surprisal_bits: float | None = None) -> Player:
    """The figures that follow from guess numbers (N)."""
    return Player(
        guess_numbers=numbers,
        accuracy=numbers.count(1) / len(numbers),
        mean_guess_number=sum(numbers) / len(numbers),
        bound_bits=bound(numbers),
        surprisal_bits=surprisal_bits,
    )


def bound(numbers: Sequence[int]) -> float:
    """Shannon's upper bound on the entropy, in bits a word, from guess numbers."""
    shares = [count / len(numbers) for count in Counter(numbers).values()]
    return abs(sum(share * math.log2(share) for share in shares))


def guess_number(guesses: Sequence[str], answer: str) -> int:
    """At which guess the word was found, from 1. Raises ValueError, in a sentence, if at none."""
    said = list(dict.fromkeys(map(compared, checked(guesses))))
    if compared(answer) not in said:
        raise ValueError("Not every word was found; please guess on until each is.")
    return said.index(compared(answer)) + 1


def checked(guesses: Any) -> list[str]:
    """A person's guesses. Raises ValueError, in a sentence, for anything else."""
    right = isinstance(guesses, list | tuple) and all(isinstance(one, str) for one in guesses)
    if not right or len(guesses) > MOST_TRIES:
        raise ValueError(
            f"Please give each word's guesses as a list of at most {MOST_TRIES} words, "
            f"not {shown(guesses)}."
        )
    return list(guesses)


def compared(word: str) -> str:
    """A word as guesses are compared: without blanks around it, upper and lower case alike."""
    return word.strip().casefold().replace("’", "'")
