"""Every model on one sentence: what each expects next, and what its memory is worth."""

from dataclasses import dataclass
from typing import Any

from playground.reading.expectation import Expectation, expect
from playground.reading.measurements import Curve, memory_curves
from playground.reading.models import LANGUAGE_MODELS
from playground.settings import AS_TYPED


@dataclass(frozen=True)
class Trace:
    """One text before every model, by short name."""

    models: dict[str, Expectation]
    curves: dict[str, Curve]  # (tokens of context, perplexity on test text), of those measured

    @property
    def notes(self) -> list[str]:
        """What a person is told of how the text was read, by all models alike but once."""
        return list(dict.fromkeys(note for one in self.models.values() for note in one.notes))

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer."""
        return {
            "models": {name: one.to_json() for name, one in self.models.items()},
            "memory_curves": {
                name: [{"context": context, "perplexity": value} for context, value in curve]
                for name, curve in self.curves.items()
            },
        }


def explain(text: str, as_typed: bool = AS_TYPED.default) -> Trace:
    """What every language model expects after each word of an English text.

    Args:
        text: English words, at most 1,000 characters and 160 words or pieces.
        as_typed: true mends neither capitals nor accents.

    Returns:
        models (each the answer of next_word, by short name) and memory_curves (perplexity on test
        text by words of context, null for all of them, of those models that were measured).
        Where the text was mended, notes say how it was read.

    Raises ValueError, in a sentence, for bad text.
    """
    models = {name: expect(text, name, as_typed) for name in LANGUAGE_MODELS}
    return Trace(models, memory_curves())
