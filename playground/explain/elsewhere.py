"""What attention buys: the same sentence translated again by a model that has to look elsewhere."""

import math
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

import numpy as np
import torch
from torch import Tensor

from playground.explain.attention import Written, position, write
from playground.reading.plain import plain
from playground.reading.text import between, one_of, shown, target_labels
from seq_models import START
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

PARTS = (Elsewhere.step, uniform, last, diagonal, own_argmax, shuffled)  # what computes this
FIXED: dict[str, Rule] = {
    "uniform": uniform,
    "last": last,
    "diagonal": diagonal,
    "argmax": own_argmax,
}
RULES = (*FIXED, "shuffled", "typed")
MOST_TYPED = 5_000  # characters
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
    source: list[str]  # S, ⟨end⟩ included
    original: Way
    replaced: Way
    forced_log_probability: float  # of the original translation under the replaced attention (nats)
    cost_bits: float  # how many bits more that is than under its own
    difference: list[tuple[str, str]]  # (word, "same", "removed" or "added"), in reading order

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer."""
        return plain(self)


def explain(
    text: str,
    rule: str = "uniform",
    step: float = 1,
    weights: str = "",
    seed: float = 1,
    nearest: bool = False,
) -> Trace:
    """Translate greedily, once as trained and once with the attention that the rule gives.

    step, weights: for "typed", the position of the word that is written with these weights, from 1.
    nearest: take the last one for a step beyond the end. seed: for "shuffled". Raises ValueError,
    in a sentence, for bad text or settings.
    """
    one_of(RULES, rule, "rule")
    made = write(text)
    rows: list[Tensor] = []  # of the replaced translation, (1, S) each
    wanted = chosen(made, rule, step, weights, seed, nearest)
    (search,) = translate(Elsewhere(made.network, keeping(wanted, rows)), made.tokenizer, [text])
    reading = read(made.network, made.tokenizer, text, made.best.tokens)
    original = way(made.tokenizer, made.best, reading.decoder_weights[0])
    replaced = way(made.tokenizer, search.hypotheses[0], torch.cat(rows))
    forced = forced_through(made, Elsewhere(made.network, wanted))
    return Trace(
        rule=rule,
        source=made.source,
        original=original,
        replaced=replaced,
        forced_log_probability=forced,
        cost_bits=(original.log_probability - forced) / math.log(2),
        difference=compared(original.translation, replaced.translation),
    )


def chosen(made: Written, rule: str, step: float, weights: str, seed: float, nearest: bool) -> Rule:
    """The rule by its name. Raises ValueError, in a sentence, for bad settings."""
    if rule == "shuffled":
        return shuffled(int(between(0, 2**31 - 1, seed, "seed", whole=True)))
    if rule == "typed":
        at = position(len(made.target), step, "step", nearest)
        return given(at - 1, shares(weights, len(made.source)))
    return FIXED[rule]


def shares(typed: str, count: int) -> list[float]:
    """The typed numbers, one for each of `count` source tokens; 0 where fewer were typed.

    Raises ValueError, in a sentence, for anything else.
    """
    if not isinstance(typed, str):
        raise ValueError("These are no weights: please give the numbers as one string.")
    if len(typed) > MOST_TYPED:
        raise ValueError(f"Please give the weights in at most {MOST_TYPED:,} characters.")
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
    return between(0, HEAVIEST, number, "weight")


def way(tokenizer: Tokenizer, best: Hypothesis, weights: Tensor) -> Way:
    """What was written, and where it looked for each token: weights (T, S)."""
    return Way(
        target=target_labels(tokenizer, best.tokens),
        weights=weights.double().cpu().numpy(),
        probabilities=np.exp(best.log_probabilities),
        translation=tokenizer.decode(best.tokens),
        log_probability=best.log_probability,
        finished=best.finished,
    )


def forced_through(made: Written, network: Elsewhere) -> float:
    """The log-probability (nats) of the translation that was made, under this network."""
    device = next(network.parameters()).device
    source = torch.tensor([made.ids], device=device)
    past = torch.tensor([[START, *made.best.tokens[:-1]]], device=device)
    wanted = torch.tensor(made.best.tokens, device=device).unsqueeze(1)
    with torch.inference_mode():
        log_probabilities = network(source, past)[0].float().log_softmax(dim=-1)  # (T, V)
        return sum(log_probabilities.gather(1, wanted).squeeze(1).tolist())


def compared(before: str, after: str) -> list[tuple[str, str]]:
    """The words of both texts, each the same, removed or added."""
    old, new = (re.findall(r"\w+(?:['’-]\w+)*|[^\w\s]", text) for text in (before, after))
    told: list[tuple[str, str]] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            told += [(word, "same") for word in old[a:b]]
        else:
            told += [(word, "removed") for word in old[a:b]]
            told += [(word, "added") for word in new[c:d]]
    return told
