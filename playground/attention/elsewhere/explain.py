"""What attention buys: the same sentence translated again by a model that has to look elsewhere."""

import math
import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from playground.attention.elsewhere import RULE, SEED, STEP, WEIGHTS
from playground.attention.shared import AS_TYPED
from playground.reading.difference import compared
from playground.reading.plain import fields
from playground.reading.text import target_labels
from playground.reading.translating import Written, write
from playground.settings import is_number, shown, spelled, within
from seq_models.beam import Hypothesis
from seq_models.elsewhere import (
    Elsewhere,
    Rule,
    diagonal,
    given,
    keeping,
    last,
    own_argmax,
    shuffled,
    uniform,
)
from seq_models.tokenizer import Tokenizer
from seq_models.translate import read, translate

FIXED: dict[str, Rule] = {
    "uniform": uniform,
    "last": last,
    "diagonal": diagonal,
    "argmax": own_argmax,
}
HEAVIEST = 1_000  # a typed weight


@dataclass(frozen=True)
class Way:
    """A translation and the way of attending that it was written with."""

    target: list[str]  # T
    weights: np.ndarray  # (T, S), each row summing to 1
    probabilities: np.ndarray  # (T,), each token's under this way of attending
    translation: str
    log_probability: float  # nats
    finished: bool  # False: cut at the limit of its length


@dataclass(frozen=True)
class Trace:
    """One sentence of S source tokens, translated with the model's own attention and another."""

    rule: str
    step: int | None  # for "typed": the token that was written with the given weights, from 1
    source: list[str]  # S, ⟨end⟩ included
    original: Way
    replaced: Way
    forced_log_probability: float  # of the original translation under the replaced attention (nats)
    cost_bits: float  # how many bits more that is than under its own
    notes: tuple[str, ...]  # what was repaired and left out of what was typed
    difference: list[tuple[str, str]]  # (word, "same", "removed" or "added"), in reading order

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer."""
        return fields(self)


def explain(
    text: str,
    rule: str = RULE.default,
    step: int = STEP.default,
    weights: str = WEIGHTS.default,
    seed: int = SEED.default,
    as_typed: bool = AS_TYPED.default,
) -> Trace:
    """Translate French again with the attention replaced by a rule.

    Args:
        text: French, at most 1,000 characters and 160 words or pieces.
        rule: "uniform", "last", "diagonal", "argmax", "shuffled" or "typed".
        step: for "typed", the token of the translation that is written with these weights, from 1.
        weights: for "typed", numbers with spaces between them, one for each source token.
        seed: for "shuffled".
        as_typed: true reads the text without repairing capitals, accents and marks.

    Returns:
        rule, step, source tokens, original and replaced (each with target tokens, weights,
        probabilities, translation, log_probability in nats, finished), forced_log_probability (of
        the original translation under the replaced attention), cost_bits, difference (word and
        "same", "removed" or "added"), notes (what was repaired and left out).

    Raises ValueError, in a sentence, for bad text or settings.
    """
    RULE.check(rule)
    made = write(text, as_typed)
    network, tokenizer, tokens = made.network, made.tokenizer, made.best.tokens
    text = made.text
    wanted = chosen(made, rule, step, weights, seed)
    rows: list[Tensor] = []  # of the replaced translation, (1, S) each
    (search,) = translate(Elsewhere(network, keeping(wanted, rows)), tokenizer, [text])
    original = way(tokenizer, made.best, read(network, tokenizer, text, tokens).decoder_weights[0])
    replaced = way(tokenizer, search.hypotheses[0], torch.cat(rows))
    forced = sum(read(Elsewhere(network, wanted), tokenizer, text, tokens).log_probabilities)
    return Trace(
        rule=rule,
        step=int(step) if rule == "typed" else None,
        source=made.source,
        original=original,
        replaced=replaced,
        forced_log_probability=forced,
        cost_bits=(original.log_probability - forced) / math.log(2),
        notes=made.notes,
        difference=compared(original.translation, replaced.translation),
    )


def chosen(made: Written, rule: str, step: int, weights: str, seed: int) -> Rule:
    """The rule by its name. Raises ValueError, in a sentence, for bad settings."""
    if rule == "shuffled":
        return shuffled(SEED.check(seed))
    if rule == "typed":
        at = within(STEP, step, len(made.target))
        return given(at - 1, shares(WEIGHTS.check(weights), len(made.source)))
    return FIXED[rule]


def shares(typed: str, count: int) -> list[float]:
    """The typed numbers, one for each of `count` source tokens; 0 where fewer were typed.

    Between numbers that are apart a comma is a decimal one: "0,5 0,5". Raises ValueError, in a
    sentence, for anything else.
    """
    if re.search(r"[\d,]\s+[\d,]|;", typed) and not re.search(r",\s", typed):
        typed = typed.replace(",", ".")
    found = [share(word) for word in re.split(r"[\s,;]+", typed) if word]
    if len(found) > count:
        raise ValueError(
            f"There are {len(found)} weights for {count} words and marks; please give at most one "
            "for each."
        )
    if not any(found):
        raise ValueError("No weight is above 0; please give a number above 0 to at least one word.")
    return found + [0.0] * (count - len(found))


def share(word: str) -> float:
    """One typed weight. Raises ValueError, in a sentence, unless it is one."""
    try:
        number = float(word)
    except ValueError:
        raise ValueError(
            f"The weight {shown(word)} is no number; please type numbers like 0 or 0.5."
        ) from None
    if not (is_number(number) and 0 <= number <= HEAVIEST):
        raise ValueError(
            f"The weight must be a number from 0 to {spelled(HEAVIEST)}, not {shown(word)}."
        )
    return number


def way(tokenizer: Tokenizer, best: Hypothesis, weights: Tensor) -> Way:
    """What was written, and where it looked for each token: weights (T, S)."""
    return Way(
        target=target_labels(tokenizer, best.tokens),
        weights=weights.cpu().double().numpy(),
        probabilities=np.exp(best.log_probabilities),
        translation=tokenizer.decode(best.tokens),
        log_probability=best.log_probability,
        finished=best.finished,
    )
