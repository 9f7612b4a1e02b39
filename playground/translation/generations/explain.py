"""Every translator on one sentence: what it writes, how sure it is, how long it takes."""

import math
import time
from dataclasses import dataclass
from typing import Any

import numpy as np

from playground.reading.models import TRANSLATORS
from playground.reading.plain import plain
from playground.reading.text import target_labels
from playground.reading.translating import French, french
from playground.reading.whole_words import Words, whole_words
from playground.translation.shared import AS_TYPED
from seq_models.translate import read, translate


@dataclass(frozen=True)
class Generation:
    """One translator's greedy translation of T tokens."""

    translation: str
    finished: bool  # False: cut at the limit of its length, so a beginning alone
    target: list[str]  # T, ⟨end⟩ included where it finished
    probabilities: np.ndarray  # (T,), 0..1, each given those before it
    words: Words  # the same of whole words
    log_probability: float  # nats
    per_piece: float  # 0..1, the geometric mean of its tokens' probabilities
    per_word: float  # 0..1, of its words', which compare where pieces are cut otherwise
    seconds: float  # from the sentence to its translation
    parameters: int


@dataclass(frozen=True)
class Trace:
    """One sentence before every translator, by short name."""

    models: dict[str, Generation]
    notes: tuple[str, ...] = ()  # what was repaired and left out of what was typed

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer."""
        return {"models": plain(self.models), "notes": list(self.notes)}


def explain(text: str, as_typed: bool = AS_TYPED.default) -> Trace:
    """What every translator makes of a French sentence.

    Args:
        text: French, at most 1,000 characters and 160 words or pieces.
        as_typed: true reads the text without repairing capitals, accents and marks.

    Returns:
        models: by short name the translation, finished, target tokens with probabilities, words
        with theirs, log_probability (nats), per_piece and per_word (0..1, the geometric means of
        the tokens' and of the words' probabilities), seconds and parameters of each.

    Raises ValueError, in a sentence, for bad text.
    """
    found = {model: french(model, text, as_typed) for model in TRANSLATORS}
    notes = dict.fromkeys(note for one in found.values() for note in one.notes)  # each once
    return Trace({model: generation(one) for model, one in found.items()}, tuple(notes))


def generation(asked: French) -> Generation:
    """One translator's greedy translation, timed."""
    network, tokenizer, text = asked.network, asked.tokenizer, asked.text
    since = time.perf_counter()
    (search,) = translate(network, tokenizer, [text])
    seconds = time.perf_counter() - since
    best = search.hypotheses[0]
    reading = read(network, tokenizer, text, best.tokens)
    probabilities = np.exp(reading.log_probabilities)
    words = whole_words(tokenizer, best.tokens, probabilities)
    return Generation(
        translation=tokenizer.decode(best.tokens),
        finished=best.finished,
        target=target_labels(tokenizer, best.tokens),
        probabilities=probabilities,
        words=words,
        log_probability=best.log_probability,
        per_piece=math.exp(best.score(1)),
        per_word=math.exp(best.log_probability / len(words.words)),
        seconds=seconds,
        parameters=sum(parameter.numel() for parameter in network.parameters()),
    )
