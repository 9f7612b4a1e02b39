"""What a finished translation is worth: four ways to compare texts of different lengths.

    length   log P / length ** alpha
    gnmt     log P / ((5 + length) / 6) ** alpha + beta * coverage
    coverage = sum over source words j of log min(sum over t of weights[t, j], 1)

Ranking what a search finished is not always searching again: with other penalties a search may go
on longer, and finish more.

Y. Wu et al., 2016, section 7, https://arxiv.org/abs/1609.08144
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from seq_models.beam import Hypothesis

LEAST = 1e-6  # of a source word that nothing looked at: log 0 would forbid the text for ever


@dataclass(frozen=True)
class Penalties:
    """How texts are compared: the kind of length penalty, its power, coverage, a least length."""

    kind: str = "length"  # of KINDS
    alpha: float = 1.0
    beta: float = 0.0  # how much coverage counts
    shortest: int = 1  # tokens, ⟨end⟩ included; shorter texts come last


def by_length(log_probability: float, length: int, alpha: float) -> float:
    """Log-probability (nats) for each token ** alpha."""
    return log_probability / float(max(1, length) ** alpha)


def by_gnmt(log_probability: float, length: int, alpha: float) -> float:
    """A penalty that is 1 for one token and grows more slowly at first."""
    return log_probability / float(((5 + length) / 6) ** alpha)


KINDS: dict[str, Callable[[float, int, float], float]] = {"length": by_length, "gnmt": by_gnmt}


def score(hypothesis: Hypothesis, penalties: Penalties, coverage: float = 0.0) -> float:
    """What a finished text is compared by. Raises ValueError for an unknown kind."""
    if penalties.kind not in KINDS:
        known = ", ".join(KINDS)
        raise ValueError(f"the penalty is {penalties.kind!r}; it must be one of {known}")
    penalty = KINDS[penalties.kind]
    told = penalty(hypothesis.log_probability, len(hypothesis.tokens), penalties.alpha)
    return told + penalties.beta * coverage


def settled(alive: float, limit: int, best: float, penalties: Penalties) -> bool:
    """Whether a search with these penalties would end with the same best text as the ranking.

    alive: the log-probability (nats) of the likeliest beginning that was alive when the search
    stopped, minus infinity for none. limit: tokens that a text may have. best: the score of the
    best text that is long enough. What is alive is dropped by its log-probability alone, so another
    search takes the same steps; it differs only if what was still alive can win after all.
    """
    return KINDS[penalties.kind](alive, limit, penalties.alpha) <= best


def coverage_of(weights: Tensor) -> float:
    """How much of the source was looked at, from weights (T, S): 0 all of it, below 0 less."""
    looked = weights.sum(dim=0).clamp(LEAST, 1.0)  # (S,)
    return float(torch.log(looked).sum())


def ranked(
    hypotheses: Sequence[Hypothesis], penalties: Penalties, coverages: Sequence[float]
) -> list[int]:
    """The places of hypotheses, best first; those that are too short stand after all others."""
    scores = [
        score(hypothesis, penalties, coverage)
        for hypothesis, coverage in zip(hypotheses, coverages, strict=True)
    ]
    long_enough = [len(hypothesis.tokens) >= penalties.shortest for hypothesis in hypotheses]
    places = range(len(hypotheses))
    return sorted(places, key=lambda place: (not long_enough[place], -scores[place], place))
