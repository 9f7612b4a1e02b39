"""How both translators do on one sentence, and on test sentences of each length."""

from dataclasses import dataclass
from typing import Any

from playground.reading.measurements import bleu_by_length
from playground.reading.models import TRANSLATORS
from playground.reading.plain import fields
from playground.reading.text import source_tokens
from playground.reading.translating import load
from seq_models.translate import translate


@dataclass(frozen=True)
class Trace:
    """One sentence and its greedy translation by each model, by the models' short names."""

    words: int  # of the sentence, as the test sentences are counted
    translations: dict[str, str]
    log_probabilities: dict[str, float]  # of each translation (nats)
    by_length: dict[str, list[dict[str, Any]]]  # `measurements.bleu_by_length`

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer."""
        return fields(self)


def explain(text: str) -> Trace:
    """Translate French with every model, and say how each does on sentences of each length.

    Args:
        text: French, at most 1,000 characters.

    Returns:
        words of the text, translations, log_probabilities (nats) and by_length (BLEU on test
        sentences from shortest to longest words), each by model.

    Raises ValueError, in a sentence, for bad text.
    """
    translations, log_probabilities = {}, {}
    for name in TRANSLATORS:
        network, tokenizer = load(name)
        source_tokens(tokenizer, text)
        (search,) = translate(network, tokenizer, [text])
        best = search.hypotheses[0]
        translations[name] = tokenizer.decode(best.tokens)
        log_probabilities[name] = best.log_probability
    return Trace(len(text.split()), translations, log_probabilities, bleu_by_length())
