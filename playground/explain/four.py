"""Every architecture on one sentence: what each expects next, and what its memory is worth."""

from dataclasses import dataclass
from typing import Any

from playground.explain import next_word
from playground.reading.measurements import Curve, memory_curves

PARTS = (memory_curves,)  # what computes the second figure


@dataclass(frozen=True)
class Trace:
    """One text before every model, by short name."""

    models: dict[str, next_word.Trace]
    curves: dict[str, Curve]  # (tokens of context, perplexity on test text), of those measured

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer."""
        return {
            "models": {name: trace.to_json() for name, trace in self.models.items()},
            "memory_curves": {
                name: [{"context": context, "perplexity": value} for context, value in curve]
                for name, curve in self.curves.items()
            },
        }


def explain(text: str) -> Trace:
    """Read the text with every model. Raises ValueError, in a sentence, for bad text."""
    models = {name: next_word.explain(text, name) for name in next_word.MODELS}
    return Trace(models, memory_curves())
