"""Without a head, told: what each costs here, what changes without it, how many can go."""

import numpy as np

from playground.charts import curves
from playground.drawing import (
    Drawing,
    back_to_back,
    difference,
    lines,
    matrix,
    minus,
    percent,
    stacked,
    titled,
)
from playground.drawing.numbers import rounded
from playground.drawing.sentences import likeliest, marked
from playground.heads.shared import head_key
from playground.heads.without_a_head.explain import Trace
from playground.instrument import Shown, Table

NARROW = 120  # pixels of the longest bar
SHOWN = 8  # next words
AGREE, DISAGREE = 0.25, 0.5  # of the larger cost: two costs that differ by less, or by more


def figures(trace: Trace) -> dict[str, Shown]:
    """The map of costs, before and after, the curve of many removals."""
    found = {"without": costs(trace), "without-after": after(trace), "without-many": many(trace)}
    if trace.disagreement:
        found["without-disagreement"] = disagreement(trace)
    return found


def bits(value: float) -> str:
    """A cost with two digits behind the point; never a zero below zero."""
    return rounded(value, 2)


def costs(trace: Trace) -> Shown:
    """What each removal alone costs, with nothing and with the mean in its place."""
    zero, mean = trace.costs_bits, trace.mean_costs_bits
    both = {"nothing in its place": zero} | ({} if mean is None else {"its corpus mean": mean})
    largest = max(float(np.abs(one).max()) for one in both.values()) or 1.0
    grids = [titled(title, grid(trace, values, largest)) for title, values in both.items()]
    dearest, cheapest = (divmod(int(n), zero.shape[1]) for n in (zero.argmax(), zero.argmin()))
    said = (
        f"Dearest here is layer {dearest[0] + 1}, head {dearest[1] + 1}: without it "
        f"{text_of(trace)} loses {bits(zero[dearest])} bits; cheapest layer {cheapest[0] + 1}, "
        f"head {cheapest[1] + 1}, {bits(zero[cheapest])}."
    )
    if mean is not None:
        layer, head = divmod(int(np.abs(zero - mean).argmax()), zero.shape[1])
        said += (
            f" Nothing and the mean differ most about layer {layer + 1}, head {head + 1}: "
            f"{bits(zero[layer, head])} and {bits(mean[layer, head])} bits."
        )
    if trace.usual:
        said += (
            f" On a corpus the removal of layer {trace.layer}, head {trace.head} costs "
            f"{minus(format(trace.usual['removal_costs'], 'g'))} {trace.usual['unit']}."
        )
    layers, heads = zero.shape
    body = [[str(layer + 1), str(head + 1), *(f"{one[layer, head]:.6f}" for one in both.values())]
            for layer in range(layers) for head in range(heads)]  # fmt: skip
    return Shown(stacked(grids), said, Table(["Layer", "Head", *both], body), formula(trace))


def grid(trace: Trace, values: np.ndarray, largest: float) -> Drawing:
    """The costs of all heads, each to be picked."""
    layers, heads = values.shape
    return matrix(
        values,
        [f"layer {layer}" for layer in range(1, layers + 1)],
        [f"head {head}" for head in range(1, heads + 1)],
        largest=largest,
        cell=(trace.layer - 1, trace.head - 1),
        row_key=lambda _: "",
        cell_key=head_key,
        numbers=bits,
        unit=" bits",
    )


def disagreement(trace: Trace) -> Shown:
    """A sentence of a corpus, and how far nothing and the mean disagree about a head there."""
    one = trace.disagreement
    text, place = one["text"], f"{one['layer']} {one['head']}"
    zero, mean, apart = (one[name] for name in ("zero_bits", "mean_bits", "apart_bits"))
    said = (
        f"“{text}” {lost(zero)} with nothing in the place of layer {one['layer']}, head "
        f"{one['head']}, and {lost(mean)} with its mean: they differ by {bits(apart)} bits."
    )
    larger = max(abs(zero), abs(mean))
    if apart >= DISAGREE * larger:
        said += " Which of the two tells what the head is worth?"
    elif apart <= AGREE * larger:
        said += " Both say much the same of what the head is worth."
    letters = "target" if trace.stack == "language" else "source"
    picture = lines([text], keys=[f"{place} {text}"], letters=letters)
    table = Table(["Sentence", "Nothing, bits", "Mean, bits"],
                  [[text, f"{one['zero_bits']:g}", f"{one['mean_bits']:g}"]])  # fmt: skip
    return Shown(picture, said, table, formula(trace)[:1])


def text_of(trace: Trace) -> str:
    """What is scored."""
    return "the text" if trace.stack == "language" else "the translation"


def formula(trace: Trace) -> list[str]:
    """The cost of the chosen head with its numbers."""
    old = trace.log_probability_bits
    new = old - trace.cost_bits
    return [
        "cost = log2 P(text | all heads) − log2 P(text | head at scale)",
        f"{turned(trace)}: {bits(old)} − ({bits(new)}) = {bits(trace.cost_bits)} bits",
        "a head writes other + scale · (own − other); other is 0, or its mean over a corpus",
    ]


def turned(trace: Trace) -> str:
    """What was done to which heads."""
    who, mean = f"layer {trace.layer}, head {trace.head}", "its corpus mean"
    if trace.alone:
        who, mean = f"all heads but {who}", "their corpus means"
    if trace.scale == 1:
        return f"{who} as before"
    if trace.instead == "zero":
        return f"{who} at {trace.scale:g}"
    if trace.scale == 0:
        return f"{who} replaced by {mean}"
    return f"{who} at {trace.scale:g} of the way from {mean}"


def after(trace: Trace) -> Shown:
    """Both translations, or the next words of both."""
    name = f"With {turned(trace)}"
    cost = lost(trace.cost_bits)
    if trace.stack == "language":
        return next_words(trace, f"{name} the text {cost}.")
    names = ("all heads", f"at {trace.scale:g}")
    if trace.before == trace.after:
        said = f"{name} the model writes the same, “{trace.before}”, which {cost}."
    else:
        said = f"{name} the model writes “{trace.after}” instead of “{trace.before}”, which {cost}."
    table = Table(["", "Translation"], [["all heads", trace.before], [names[1], trace.after]])
    return Shown(difference(trace.difference, names, 560), said, table, formula(trace)[1:2])


def lost(cost: float) -> str:
    """What a text does that costs so many bits more."""
    if bits(cost) == bits(0):
        return "loses nothing"
    return f"{'gains' if cost < 0 else 'loses'} {bits(abs(cost))} bits"


def next_words(trace: Trace, said: str) -> Shown:
    """The likeliest next words, back to back."""
    best = likeliest(trace.next_words, trace.next_before, trace.next_after, SHOWN)
    words = [trace.next_words[place] for place in best]
    old, new = trace.next_before[best], trace.next_after[best]
    changes = np.log2(np.maximum(new, 1e-30)) - np.log2(np.maximum(old, 1e-30))
    told = marked(trace.next_words, trace.next_before, trace.next_after)
    body = [[word, percent(a), percent(b)] for word, a, b in zip(words, old, new, strict=True)]
    return Shown(
        back_to_back(words, old, new, changes, length=NARROW), f"{said}{told}",
        Table(["Next word", "All heads", "After"], body), formula(trace)[1:2],
    )  # fmt: skip


def many(trace: Trace) -> Shown:
    """The curve of cost, heads removed one after the other."""
    points = [(float(count), float(cost)) for count, cost in enumerate(trace.curve_bits)]
    titles = [title(trace, count) for count in range(len(points))]
    chart = curves(
        {"cost": points}, "heads removed", "cost, bits", titles={"cost": titles},
        labels={"cost": "all removed"},
    )  # fmt: skip
    total = len(trace.order)
    if trace.stack == "language":
        said = (
            f"{trace.harmless} of {total} heads can go, cheapest first, before the text costs more "
            "than one bit."
        )
    else:
        said = (
            f"{trace.harmless} of {total} heads can go, cheapest first, before the translation "
            "changes."
        )
        if trace.harmless < total:
            said += f" Then it is “{trace.written[trace.harmless + 1]}”."
    body = [
        [str(count), title(trace, count) if count else "", f"{cost:.6f}", trace.written[count]]
        for count, cost in enumerate(trace.curve_bits)
    ]
    headers = ["Removed", "The last of them", "Cost, bits", "Translation"]
    return Shown(chart, said, Table(headers, body), ["the order: cost of each removal alone"])


def title(trace: Trace, count: int) -> str:
    """What is removed last, and what is written then."""
    if count == 0:
        return "all heads"
    layer, head = trace.order[count - 1]
    told = f"{count}: layer {layer}, head {head} too, {bits(float(trace.curve_bits[count]))} bits"
    return f"{told}: {trace.written[count]}" if trace.written[count] else told
