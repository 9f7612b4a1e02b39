"""Words in a row, shaded by a number each: what the page's chips are filled with."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from playground.plots.figure import percent

MOST_BITS = 16.0  # the surprisal that is shaded fully


def surprisal_chips(
    words: Sequence[str], bits: np.ndarray, known: Sequence[bool]
) -> list[dict[str, Any]]:
    """A chip a word, in fuller colour the more bits of surprise; unknown words are marked."""
    return [
        {
            "text": word.strip() or "␣",
            "note": f"{surprise:.1f}",
            "part": round(min(1.0, surprise / MOST_BITS), 3),
            "title": f"{surprise:.4f} bits"
            + ("" if is_known else ", for any word outside the vocabulary"),
            "mark": "" if is_known else "unknown",
        }
        for word, surprise, is_known in zip(words, bits.tolist(), known, strict=True)
    ]


def probability_chips(words: Sequence[str], probabilities: np.ndarray) -> list[dict[str, Any]]:
    """A chip a word, the fuller its colour the surer the model was when it wrote it."""
    return [
        {
            "text": word,
            "note": percent(probability),
            "part": round(probability, 3),
            "title": f"probability {probability:.6f}",
            "mark": "",
        }
        for word, probability in zip(words, probabilities.tolist(), strict=True)
    ]
