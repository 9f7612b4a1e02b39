"""What the textbook leaves out, told: both translations, what each part is worth, word by word."""

import numpy as np

from playground.drawing import Bars, back_to_back, bars, difference, minus
from playground.drawing.numbers import rounded
from playground.drawing.sentences import continued
from playground.heads.left_out import WITHOUT
from playground.heads.left_out.explain import Trace
from playground.instrument import Shown, Table

NARROW = 110  # pixels of the longest bar
BREAKS = {
    "positions": "It no longer knows which word stands where: a sentence is a bag of words.",
    "causal": "While it writes there is no later word to see, but each word is read anew, with "
    "all that came after it, as never in training.",
    "cross": "The decoder hears nothing of the source: it writes what English usually begins with.",
    "residual": "Each part replaces what was there instead of adding to it, so little of the words "
    "is left at the end.",
    "scaled": "Scores are larger by √D, so softmax gives nearly all to one word.",
}


def figures(trace: Trace) -> dict[str, Shown]:
    """Both translations, the costs, the words."""
    return {
        "left-out": written(trace),
        "left-out-costs": costs(trace),
        "left-out-words": words(trace),
    }


def bits(value: float) -> str:
    """Bits with one decimal; never a zero below zero."""
    return rounded(value, 1)


def name(part: str) -> str:
    """What people call a part."""
    return WITHOUT.labels[part]


def written(trace: Trace) -> Shown:
    """What is written with and without."""
    picture = difference(trace.difference, ("all parts", f"without {name(trace.without)}"), 900)
    if trace.before == trace.after:
        said = f"Without {name(trace.without)} it writes the same, “{trace.before}”."
    else:
        said = (
            f"Without {name(trace.without)} it writes “{trace.after}” instead of “{trace.before}”."
        )
    table = Table(
        ["", "Translation"],
        [["all parts", trace.before], [f"without {name(trace.without)}", trace.after]],
    )
    return Shown(picture, f"{said} {BREAKS[trace.without]}", table, formula(trace))


def formula(trace: Trace) -> list[str]:
    """The cost with its numbers."""
    cost = trace.bits - trace.after_bits
    return [
        "cost = log2 P(translation | all parts) − log2 P(translation | without the part)",
        f"without {name(trace.without)}: {minus(f'{trace.bits:.3f}')} − "
        f"({minus(f'{trace.after_bits:.3f}')}) = {minus(f'{cost:.3f}')} bits",
    ]


def costs(trace: Trace) -> Shown:
    """What the translation loses without each part."""
    names = [name(part) for part in trace.parts]
    column = Bars(
        trace.costs_bits, [f"{bits(cost)} bits" for cost in trace.costs_bits], signed=True,
        length=220,
    )  # fmt: skip
    picture = bars(names, [column], keys=trace.parts, framed=trace.parts.index(trace.without))
    most = int(np.argmax(trace.costs_bits))
    said = (
        f"This translation relies on {names[most]} most: without that the translation loses "
        f"{bits(trace.costs_bits[most])} bits of its log-probability."
    )
    body = [[one, f"{cost:.6f}"] for one, cost in zip(names, trace.costs_bits, strict=True)]
    return Shown(picture, said, Table(["Without", "Costs, bits"], body), formula(trace))


def words(trace: Trace) -> Shown:
    """The probability of each piece of the translation."""
    old, new, changes = trace.probabilities, trace.after_probabilities, trace.changes_bits
    picture = back_to_back(trace.target, old, new, changes, ("all parts", "without"),
                           length=NARROW)  # fmt: skip
    worst = int(changes.argmin())
    said = (
        f"“{trace.target[worst]}” loses most: {bits(-float(changes[worst]))} bits."
        if bits(-float(changes[worst])) != bits(0.0) and changes[worst] < 0
        else "No word loses anything."
    ) + continued(trace.target)
    each = zip(trace.target, old, new, changes, strict=True)
    body = [[word, f"{a:.6f}", f"{b:.6f}", f"{change:.6f}"] for word, a, b, change in each]
    headers = ["Piece", "All parts", f"Without {name(trace.without)}", "Change, bits"]
    return Shown(picture, said, Table(headers, body), formula(trace)[:1])
