"""Words in a row, shaded by a number each: what the page's chips are filled with."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from playground.plots.figure import percent


def probability_chips(words: Sequence[str], probabilities: np.ndarray) -> list[dict[str, Any]]:
    """A chip a word, the fuller its colour the surer the model was when it wrote it."""
    return [
        {
            "text": word,
            "note": percent(probability),
            "part": round(probability, 3),
            "title": f"probability {probability:.6f}",
        }
        for word, probability in zip(words, probabilities.tolist(), strict=True)
    ]
