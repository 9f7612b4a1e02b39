"""The alignment, told: coverage, entropy, and how often the links are wrong."""

from collections.abc import Sequence

import numpy as np

from playground.attention.align.explain import Trace
from playground.drawing import Bars, Drawing, bars, percent
from playground.drawing.numbers import MOST, added
from playground.drawing.sentences import CONTINUES
from playground.instrument import Shown, Table
from playground.reading.models import TRANSLATORS

LONGEST = 28  # letters of a name
READINGS = {"same_row": "as it writes the word", "next_row": "as it reads the word just written"}


def figures(trace: Trace) -> dict[str, Shown]:
    """What each source word got, how sharp each look was, how often the links are right."""
    return {"coverage": coverage(trace), "entropy": entropy(trace), "rates": rates(trace)}


def one_bar(
    words: Sequence[str], values: Sequence[float], labels: Sequence[str], letters: str = "",
    largest: float = 0.0,
) -> Drawing:  # fmt: skip
    """A bar for each word, its exact value on hover."""
    titles = [f"{word}: {value:.6g}" for word, value in zip(words, values, strict=True)]
    column = Bars(values, labels, titles=titles, largest=largest)
    return bars(words, [column], titles=titles, colours=letters, most=LONGEST)


def table(heading: str, words: Sequence[str], values: Sequence[float]) -> Table:
    """Words with their values, six decimals."""
    body = [[word, f"{value:.6f}"] for word, value in zip(words, values, strict=True)]
    return Table(["Word", heading], body)


def coverage(trace: Trace) -> Shown:
    """A bar for each source word."""
    values = trace.coverage.tolist()
    most, least = trace.places["most"], trace.places["least"]
    column = trace.weights[:, most]
    said = (
        f"Of the {unit(trace)}s, “{trace.most}” is looked at most ({values[most]:.2f} "
        f"{unit(trace)}s' worth)"
    )
    if least != most:
        said += f", “{trace.least}” least ({values[least]:.2f})"
    more = [
        f"“{word}” gets {value:.2f}"
        for word, value in zip(trace.source, values, strict=True)
        if value > values[most]
    ]
    said += "; ".join(["", *more])  # marks and punctuation
    return Shown(
        one_bar(trace.source, values, [f"{value:.2f}" for value in values], "source"),
        f"{said}.",
        table("Coverage", trace.source, values),
        [
            "coverage[i] = Σ over t of weights[t][i]",
            f"coverage({trace.most}) = {added(column.tolist(), 3)} = {column.sum():.3f}",
        ],
    )


def entropy(trace: Trace) -> Shown:
    """A bar for each target word."""
    bits = trace.entropy_bits.tolist()
    row = trace.places["broadest"]
    said = (
        f"Of the {unit(trace)}s, the look is sharpest for “{trace.sharpest}” and broadest for "
        f"“{trace.broadest}”"
    )
    if trace.places["sharpest"] == row:
        said = f"One {unit(trace)} is written, “{trace.broadest}”"
    return Shown(
        one_bar(trace.target, bits, [f"{each:.1f} bits" for each in bits], "target"),
        f"{said}; typically the look spreads over as much as {trace.looked_at:.1f} "
        f"{unit(trace)}s evenly.",
        table("Entropy, bits", trace.target, bits),
        entropy_formula(trace.broadest, trace.weights[row], bits[row]),
    )


def unit(trace: Trace) -> str:
    """What rows and columns are: words, or pieces of them where any is."""
    labels = [*trace.source, *trace.target]
    return "piece" if any(label.startswith(CONTINUES) for label in labels) else "word"


def entropy_formula(word: str, weights: np.ndarray, bits: float) -> list[str]:
    """A row's entropy."""
    products = [f"{w:.3f} log₂ {w:.3f}" for w in weights.tolist() if w >= 0.0005]
    more = " + …" if len(products) > MOST or len(products) < len(weights) else ""
    return [
        "entropy[t] = −Σ over i of weights[t][i] log₂ weights[t][i]",
        f"entropy({word}) = −({' + '.join(products[:MOST])}{more}) = {bits:.3f} bits",
    ]


def rates(trace: Trace) -> Shown:
    """A bar for each measured model; no picture where none is."""
    wrong = {TRANSLATORS[model].label: best for model, best in trace.measured.items()}
    shares = [best["error_rate"] for best in wrong.values()]
    picture = one_bar(list(wrong), shares, [percent(share) for share in shares], largest=1.0)
    headers = ["Model", "Layer", "Head", "Reading", "Alignment error rate"]
    body = [
        [name, str(best["layer"]), str(best["head"]), READINGS[best["reading"]],
         str(best["error_rate"])]
        for name, best in wrong.items()
    ]  # fmt: skip
    formula = [
        "AER = 1 − (|A ∩ S| + |A ∩ P|) / (|A| + |S|)",
        "A: the model's links; S: the sure links that people drew; P: the possible ones",
        "Och and Ney, 2003, section 5, https://doi.org/10.1162/089120103321337421",
    ]
    return Shown(picture if wrong else None, rated(trace), Table(headers, body), formula)


def rated(trace: Trace) -> str:
    """Each measured model's alignment error rate; that there is none, where none is."""
    if not trace.measured:
        return "The alignment error rate has not been measured for these weights yet."
    told = [
        f"{TRANSLATORS[model].label}: alignment error rate {percent(best['error_rate'])} "
        f"(links that are wrong or missing) with layer {best['layer']}, head {best['head']}, "
        f"{READINGS[best['reading']]}"
        for model, best in trace.measured.items()
    ]
    pairs = next(iter(trace.measured.values()))["pairs"]
    return f"{'; '.join(told)}. Measured on {pairs} sentences that people linked by hand."
