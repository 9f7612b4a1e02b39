"""Every model on one sentence: what each expects next, and what its memory is worth."""

from dataclasses import dataclass
from typing import Any

from playground.reading.expectation import Expectation, expect
from playground.reading.measurements import Curve, memory_curves
from playground.reading.models import LANGUAGE_MODELS


@dataclass(frozen=True)
class Trace:
    """One text before every model, by short name."""

    models: dict[str, Expectation]
    curves: dict[str, Curve]  # (tokens of context, perplexity on test text), of those measured

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer."""
        return {
            "models": {name: one.to_json() for name, one in self.models.items()},
            "memory_curves": {
                name: [{"context": context, "perplexity": value} for context, value in curve]
                for name, curve in self.curves.items()
            },
        }


def explain(text: str) -> Trace:
    """What every language model expects after each word of an English text.

    Args:
        text: English words, at most 1,000 characters.

    Returns:
        models (each the answer of next_word, by short name) and memory_curves (perplexity on test
        text by words of context, null for all of them, of those models that were measured).

    Raises ValueError, in a sentence, for bad text.
    """
    return Trace({name: expect(text, name) for name in LANGUAGE_MODELS}, memory_curves())
