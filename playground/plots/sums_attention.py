"""The Attention tab's formulas with the numbers of the sentence that is shown."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from playground.plots import sums
from playground.plots.figure import minus
from playground.plots.sums import MOST

DIGITS = 3  # of a number in a sum


def added(numbers: Sequence[float]) -> str:
    """Numbers with plus signs between them."""
    return sums.added(numbers, DIGITS)


def signed(number: float) -> str:
    """A number; a negative one in brackets."""
    return sums.signed(number, DIGITS)


def printed(number: float) -> str:
    """A number that stands alone."""
    return minus(f"{number:.{DIGITS}f}")


def row(word: str, weights: np.ndarray) -> list[str]:
    """The weights of one target word, which sum to 1."""
    return [
        "weights = softmax(score), score[i] = v tanh(attn [hidden; encoder_output[i]])",
        f"weights({word}): {added(weights.tolist())} = {weights.sum():.3f}",
    ]


def sure(probabilities: np.ndarray, log_probability: float) -> list[str]:
    """The probability of a translation, as the product of its words'."""
    logs = np.log(probabilities).tolist()
    return [
        "log P(translation) = Σ log P(word | words before it, source)",
        f"{added(logs)} = {printed(log_probability)}",
    ]


def score(source: Sequence[str], scores: np.ndarray, weights: np.ndarray, chosen: int) -> list[str]:
    """How a score becomes a weight."""
    largest = float(scores.max())
    shares = np.exp(scores - largest)
    value, word = float(scores[chosen]), source[chosen]
    top = f"exp({signed(value)} − {signed(largest)})"
    return [
        "weight[i] = exp(score[i] − largest) / Σ exp(score − largest)",
        f"weight({word}) = {top} / ({added(shares.tolist())}) = "
        f"{shares[chosen]:.4f} / {shares.sum():.4f} = {weights[chosen]:.4f}",
    ]


def context(weights: np.ndarray, outputs: np.ndarray, context: np.ndarray) -> list[str]:
    """The context's first number, as the weighted mean of the encoder's outputs (S, H)."""
    pairs = zip(weights.tolist(), outputs[:, 0].tolist(), strict=True)
    told = [f"{weight:.3f} · {signed(output)}" for weight, output in pairs]
    more = " + …" if len(told) > MOST else ""
    return [
        "context = Σ weight[i] · encoder_output[i]",
        f"context[0] = {' + '.join(told[:MOST])}{more} = {printed(float(context[0]))}",
    ]


def terms(word: str, units: Sequence[Any], rest: float) -> list[str]:
    """A score as the sum of its terms."""
    total = rest + sum(unit.term for unit in units)
    first = units[0]
    return [
        "score[i] = Σ v[j] tanh(q[j] + k[i, j]),  q = W_h hidden,  k = W_e encoder_output + b",
        f"unit {first.unit}: {signed(first.v)} · tanh({signed(first.query)} + "
        f"{signed(first.key)}) = {printed(first.term)}",
        f"score({word}) = {added([unit.term for unit in units])} + {signed(rest)} (all others) = "
        f"{printed(total)}",
    ]


def cost(own: float, forced: float, bits: float) -> list[str]:
    """What a translation costs more (bits), from two log-probabilities (nats)."""
    return [
        "cost = (log P(its own attention) − log P(replaced attention)) / log 2",
        f"({signed(own)} − {signed(forced)}) / {math.log(2):.4f} = {printed(bits)} bits",
    ]


def coverage(word: str, column: np.ndarray) -> list[str]:
    """A source word's coverage, as the sum of its column."""
    told = added(column.tolist())
    return [
        "coverage[i] = Σ over t of weights[t][i]",
        f"coverage({word}) = {told} = {column.sum():.3f}",
    ]


def entropy(word: str, weights: np.ndarray, bits: float) -> list[str]:
    """A row's entropy (bits)."""
    told = [f"{w:.3f} log₂ {w:.3f}" for w in weights.tolist() if w >= 0.0005]
    more = " + …" if len(told) > MOST or len(told) < len(weights) else ""
    return [
        "entropy[t] = −Σ over i of weights[t][i] log₂ weights[t][i]",
        f"entropy({word}) = −({' + '.join(told[:MOST])}{more}) = {bits:.3f} bits",
    ]


def rates() -> list[str]:
    """The alignment error rate."""
    return [
        "AER = 1 − (|A ∩ S| + |A ∩ P|) / (|A| + |S|)",
        "A: the model's links; S: the sure links that people drew; P: the possible ones",
        "Och and Ney, 2003, section 6, https://doi.org/10.1162/089120103321337421",
    ]
