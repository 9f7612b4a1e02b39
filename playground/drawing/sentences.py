"""Pieces of sentences that several figures say alike."""

from collections.abc import Sequence

import numpy as np

from playground.drawing.numbers import percent


def real(words: Sequence[str]) -> list[int]:
    """The places of those that are words: a ⟨mark⟩ is never offered as one."""
    return [place for place, word in enumerate(words) if not word.startswith("⟨")]


def marked(words: Sequence[str], *probabilities: np.ndarray) -> str:
    """What each ⟨mark⟩ among the words holds (0..1), then what it holds later, if that is given.

    Sentences with a space before each; "" where there is no mark.
    """
    return "".join(
        f" {word} holds {', then '.join(percent(each[place]) for each in probabilities)}."
        for place, word in enumerate(words)
        if word.startswith("⟨")
    )
