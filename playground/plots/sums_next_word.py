"""The Next word tab's formulas with the numbers of the text that is shown."""

from collections.abc import Sequence

import numpy as np

from playground.plots import sums
from playground.plots.figure import minus
from playground.plots.sums import MOST


def added(numbers: Sequence[float]) -> str:
    """Bits with plus signs between them."""
    return sums.added(numbers, digits=2)


def perplexity(bits: np.ndarray, value: float, end_bits: float, ended: float) -> list[str]:
    """Perplexity from surprisals, without and with the end."""
    total, count = float(bits.sum()), len(bits)
    return [
        "surprisal(word) = −log2 P(word | words before)",
        "perplexity = 2^(mean surprisal)",
        f"2^(({added(bits.tolist())}) / {count}) = 2^{total / count:.4f} = {value:.2f}",
        f"with ⟨end⟩: 2^(({total:.2f} + {end_bits:.2f}) / {count + 1}) = {ended:.2f}",
    ]


def entropy(words: Sequence[str], probabilities: np.ndarray, bits: float) -> list[str]:
    """The entropy of the next word."""
    terms = (-probabilities * np.log2(probabilities)).tolist()
    return [
        "entropy = Σ −P(word) log2 P(word), over the whole vocabulary",
        f"{added(terms)} + … = {bits:.2f} bits, first term: {words[0]}",
        f"2^{bits:.2f} = {2**bits:.1f} equally likely words",
    ]


def choice(
    word: str, score: float, probability: float, after: float, temperature: float
) -> list[str]:
    """The first word's way through the stages."""
    if temperature == 0:
        return ["temperature 0: P(likeliest) = 1", f"P({word}) = 1"]
    return [
        "P = softmax(score / temperature), over all words that may be written",
        f"P({word}): score {minus(f'{score:.3f}')}, alone {probability:.5f}, at temperature "
        f"{temperature:g}: exp({minus(f'{score:.3f}')} / {temperature:g}) / Σ = {after:.5f}",
        "top k keeps the k likeliest, top p the fewest that hold p; what is left is divided by its "
        "sum",
    ]


def bound(numbers: Sequence[int], bits: float) -> list[str]:
    """Shannon's bound from a person's guess numbers."""
    counts = {number: list(numbers).count(number) for number in sorted(set(numbers))}
    terms = " + ".join(
        f"{n}/{len(numbers)} log2 {len(numbers)}/{n}" for n in list(counts.values())[:MOST]
    )
    return [
        "H ≤ −Σ q[r] log2 q[r],  q[r] the share of words found at guess r",
        f"your guesses: {', '.join(map(str, numbers))}",
        f"{terms}{' + …' if len(counts) > MOST else ''} = {bits:.3f} bits",
    ]
