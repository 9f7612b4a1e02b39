"""How both translators do on one sentence, and on test sentences of each length."""

from dataclasses import dataclass
from typing import Any

from playground.attention.shared import AS_TYPED
from playground.reading.measurements import bleu_by_length
from playground.reading.models import TRANSLATORS
from playground.reading.plain import fields
from playground.reading.translating import french
from seq_models.translate import translate


@dataclass(frozen=True)
class Trace:
    """One sentence and its greedy translation by each model, by the models' short names."""

    words: int  # of the sentence, as the test sentences are counted
    translations: dict[str, str]
    log_probabilities: dict[str, float]  # of each translation (nats)
    finished: dict[str, bool]  # False: cut at the limit of its length
    notes: tuple[str, ...]  # what was repaired and left out of what was typed
    by_length: dict[str, list[dict[str, Any]]]  # `measurements.bleu_by_length`

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer."""
        return fields(self)


def explain(text: str, as_typed: bool = AS_TYPED.default) -> Trace:
    """Translate French with every model, and say how each does on sentences of each length.

    Args:
        text: French, at most 1,000 characters and 160 words or pieces.
        as_typed: true reads the text without repairing capitals, accents and marks.

    Returns:
        words of the text, translations, log_probabilities (nats), finished (false: it found no end
        and was cut) and by_length (BLEU on test sentences from shortest to longest words), each by
        model; notes (what was repaired and left out).

    Raises ValueError, in a sentence, for bad text.
    """
    translations: dict[str, str] = {}
    log_probabilities: dict[str, float] = {}
    finished: dict[str, bool] = {}
    notes: dict[str, None] = {}  # each once, in order
    for name in TRANSLATORS:
        found = french(name, text, as_typed)
        (search,) = translate(found.network, found.tokenizer, [found.text])
        best = search.hypotheses[0]
        translations[name] = found.tokenizer.decode(best.tokens)
        log_probabilities[name] = best.log_probability
        finished[name] = best.finished
        notes |= dict.fromkeys(found.notes)
    words = len(text.split())
    by_length = bleu_by_length()
    return Trace(words, translations, log_probabilities, finished, tuple(notes), by_length)
