"""A film of a real translator's training: what it wrote of six sentences, and where it looked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from playground.learning.films import FILES, Scene, film
from playground.learning.real_translators import MOMENT, SENTENCE
from playground.learning.shared import MODEL
from playground.reading.plain import fields

NAMES = {"attention": "recurrent translator", "transformer": "Transformer"}
WITHOUT = "No real translator is without attention; this is the one that has it."


@dataclass(frozen=True)
class Trace:
    """The film of one translator, one of its sentences and one of its moments looked at."""

    name: str
    parameters: int
    steps: int  # of the whole training
    pairs: int  # that it was trained on
    moment: int  # from 1
    sentence: int  # from 1
    sentences: list[tuple[str, str]]  # French, and a known translation
    scenes: list[Scene]
    notes: Sequence[str] = ()

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer: the whole curve, and every scene of the sentence."""
        told = fields(self)
        for scene in told["scenes"]:
            scene["sentence"] = scene.pop("sentences")[self.sentence - 1]
        return told


def explain(
    model: str = MODEL.default, sentence: int = SENTENCE.default, moment: int = MOMENT.default
) -> Trace:
    """How a translator from French to English learned: six sentences at each of forty moments.

    Args:
        model: "attention" (recurrent) or "transformer"; for "summary", "attention".
        sentence: 1 to 6, which of the sentences that were asked at each moment.
        moment: 1 (untrained) to 40 (trained).

    Returns:
        parameters, steps and pairs of the training; sentences with a known translation; scenes, one
        for each moment: step, bleu (0..100, 200 unseen sentences) and the sentence with source,
        written and known pieces, translation, weights (attention), log_probability (nats) and
        known_probabilities.

    Raises ValueError, in a sentence, for settings that cannot be.
    """
    kind = MODEL.check(model)
    kind = kind if kind in FILES else "attention"
    recorded = film(kind)
    return Trace(
        name=NAMES[kind],
        parameters=recorded.parameters,
        steps=recorded.steps,
        pairs=recorded.pairs,
        moment=min(MOMENT.check(moment), len(recorded.scenes)),
        sentence=SENTENCE.check(sentence),
        sentences=recorded.sentences,
        scenes=recorded.scenes,
        notes=() if kind == model else [WITHOUT],
    )
