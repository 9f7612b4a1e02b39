"""What the Attention tab's figures show, each in a sentence or two."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from playground.plots.figure import minus, percent

READINGS = {"same_row": "as it writes the word", "next_row": "as it reads the word just written"}


def signed(number: float, digits: int) -> str:
    """A number, with the minus sign of print."""
    return minus(f"{number:.{digits}f}")


def row(word: str, source: Sequence[str], weights: np.ndarray) -> str:
    """Where one target word looked most."""
    order = np.argsort(-weights, kind="stable")[:3]
    looks = [f"“{source[i]}” ({percent(weights[i])})" for i in order.tolist()]
    return f"To write “{word}” it looked most at {', then at '.join(looks)}."


def hidden(weights: np.ndarray, least: float) -> str:
    """How many links a threshold hides, and how much they weigh."""
    weak = weights < least
    if not weak.any():
        return ""
    share = percent(weights[weak].sum() / weights.sum())
    return f" Hidden: {int(weak.sum())} of {weights.size} links, {share} of all weight."


def surest(words: Sequence[str], probabilities: np.ndarray, log_probability: float) -> str:
    """The word that it was least sure of, and the log-probability of all."""
    place = int(probabilities.argmin())
    return (
        f"Least sure of “{words[place]}” ({percent(probabilities[place])}); the whole translation "
        f"has log-probability {signed(log_probability, 2)}."
    )


def score(word: str, source: Sequence[str], scores: np.ndarray, weights: np.ndarray) -> str:
    """The source words with the largest and the smallest score."""
    best, worst = int(scores.argmax()), int(scores.argmin())
    return (
        f"About to write “{word}”: the largest score, {signed(scores[best], 2)}, is that of "
        f"“{source[best]}”, which gets {percent(weights[best])} of the attention; the smallest, "
        f"{signed(scores[worst], 2)}, that of “{source[worst]}” ({percent(weights[worst])})."
    )


def terms(word: str, units: Sequence[Any], rest: float) -> str:
    """The unit that says most about a source word, and what those not told add."""
    most = max(units, key=lambda unit: abs(unit.term))
    return (
        f"For “{word}”, unit {most.unit} adds most of these: {signed(most.term, 3)}. The units "
        "told are those that differ most between the words; all others together add "
        f"{signed(rest, 3)}."
    )


def elsewhere(original: Any, replaced: Any, cost_bits: float) -> str:
    """Both translations, their log-probabilities, and what the replacement costs the first."""
    cut = "" if replaced.finished else " It found no end and was cut."
    return (
        f"With its own attention: “{original.translation}” (log-probability "
        f"{signed(original.log_probability, 2)}). Replaced: “{replaced.translation}” "
        f"({signed(replaced.log_probability, 2)}).{cut} Written with the replaced attention, the "
        f"first translation costs {abs(cost_bits):.1f} bits {'more' if cost_bits >= 0 else 'less'}."
    )


def coverage(most: str, least: str, source: Sequence[str], values: np.ndarray) -> str:
    """The source words looked at most and least."""
    of = dict(zip(source, values.tolist(), strict=True))
    return (
        f"“{most}” is looked at most ({of[most]:.2f} words' worth), “{least}” least "
        f"({of[least]:.2f})."
    )


def entropy(sharpest: str, broadest: str, looked_at: float) -> str:
    """The target words whose look is sharpest and broadest."""
    return (
        f"The look is sharpest for “{sharpest}” and broadest for “{broadest}”; typically it "
        f"spreads over as much as {looked_at:.1f} words evenly."
    )


def rates(measured: Mapping[str, Mapping[str, Any]], names: Mapping[str, str]) -> str:
    """Each measured model's alignment error rate; that there is none, where none is."""
    if not measured:
        return "The alignment error rate has not been measured for these weights yet."
    told = [
        f"{names[model]}: {percent(best['error_rate'])} wrong with layer {best['layer']}, head "
        f"{best['head']}, {READINGS[best['reading']]}"
        for model, best in measured.items()
    ]
    pairs = next(iter(measured.values()))["pairs"]
    return f"{'; '.join(told)}. Measured on {pairs} sentences that people linked by hand."


def by_length(series: Mapping[str, Sequence[Mapping[str, Any]]], names: Mapping[str, str]) -> str:
    """How much BLEU each model has for the shortest and the longest sources."""
    if not series:
        return "BLEU by length has not been measured for these weights yet."
    told = [
        f"{names[model]}: {bands[0]['bleu']:.1f} BLEU for the shortest sentences, "
        f"{bands[-1]['bleu']:.1f} for the longest"
        for model, bands in series.items()
    ]
    return "; ".join(told) + "."


def long(words: int, translations: Mapping[str, str], names: Mapping[str, str]) -> str:
    """A sentence's length, and what each model makes of it."""
    count = "1 word" if words == 1 else f"{words} words"
    told = " ".join(f"{names[model]}: “{text}”" for model, text in translations.items())
    return f"This sentence has {count}. {told}"
