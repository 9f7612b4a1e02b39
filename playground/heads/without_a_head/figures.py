"""Without a head, told: what each costs here, what changes without it, how many can go."""

import numpy as np

from playground.charts import curves
from playground.drawing import back_to_back, difference, matrix, minus, percent
from playground.drawing.sentences import marked, real
from playground.heads.without_a_head.explain import Trace
from playground.instrument import Shown, Table

SHOWN = 8  # next words


def figures(trace: Trace) -> dict[str, Shown]:
    """The map of costs, before and after, the curve of many removals."""
    return {"without": costs(trace), "without-after": after(trace), "without-many": many(trace)}


def bits(value: float) -> str:
    """A cost with two digits behind the point; never a zero below zero."""
    return minus(f"{round(value, 2) + 0.0:.2f}")


def costs(trace: Trace) -> Shown:
    """What each removal alone costs."""
    layers, heads = trace.costs_bits.shape
    picture = matrix(
        trace.costs_bits,
        [f"layer {layer}" for layer in range(1, layers + 1)],
        [f"head {head}" for head in range(1, heads + 1)],
        largest=float(np.abs(trace.costs_bits).max()) or 1.0,
        cell=(trace.layer - 1, trace.head - 1),
        row_key=lambda _: "",
        cell_key=lambda row, column: f"{row + 1} {column + 1}",
        numbers=bits,
        unit=" bits",
    )
    dearest, cheapest = trace.order[-1], trace.order[0]
    said = (
        f"Dearest here is layer {dearest[0]}, head {dearest[1]}: without it "
        f"{text_of(trace)} loses {cost_of(trace, dearest)} bits; cheapest layer {cheapest[0]}, "
        f"head {cheapest[1]}, {cost_of(trace, cheapest)}."
    )
    if trace.usual:
        said += (
            f" On a corpus the removal of layer {trace.layer}, head {trace.head} costs "
            f"{minus(format(trace.usual['removal_costs'], 'g'))} {trace.usual['unit']}."
        )
    body = [[str(layer), str(head), f"{trace.costs_bits[layer - 1, head - 1]:.6f}"]
            for layer, head in sorted(trace.order)]  # fmt: skip
    return Shown(picture, said, Table(["Layer", "Head", "Cost, bits"], body), formula(trace))


def text_of(trace: Trace) -> str:
    """What is scored."""
    return "the text" if trace.stack == "language" else "the translation"


def cost_of(trace: Trace, place: tuple[int, int]) -> str:
    """The cost of one head's removal."""
    return bits(float(trace.costs_bits[place[0] - 1, place[1] - 1]))


def formula(trace: Trace) -> list[str]:
    """The cost of the chosen head with its numbers."""
    old = trace.log_probability_bits
    new = old - trace.cost_bits
    return [
        "cost = log2 P(text | all heads) − log2 P(text | head at scale)",
        f"layer {trace.layer}, head {trace.head} at {trace.scale:g}: {bits(old)} − ({bits(new)}) "
        f"= {bits(trace.cost_bits)} bits",
    ]


def after(trace: Trace) -> Shown:
    """Both translations, or the next words of both."""
    name = f"With layer {trace.layer}, head {trace.head} at {trace.scale:g}"
    change = "gains" if trace.cost_bits < 0 else "loses"
    cost = f"{change} {bits(abs(trace.cost_bits))} bits"
    if trace.stack == "language":
        return next_words(trace, f"{name} the text {cost}.")
    names = ("all heads", f"at {trace.scale:g}")
    if trace.before == trace.after:
        said = f"{name} the model writes the same, “{trace.before}”, which {cost}."
    else:
        said = f"{name} the model writes “{trace.after}” instead of “{trace.before}”, which {cost}."
    table = Table(["", "Translation"], [["all heads", trace.before], [names[1], trace.after]])
    return Shown(difference(trace.difference, names, 560), said, table, formula(trace)[1:])


def next_words(trace: Trace, said: str) -> Shown:
    """The likeliest next words, back to back."""
    best = real(trace.next_words)[:SHOWN]
    words = [trace.next_words[place] for place in best]
    old, new = trace.next_before[best], trace.next_after[best]
    changes = np.log2(np.maximum(new, 1e-30)) - np.log2(np.maximum(old, 1e-30))
    told = marked(trace.next_words, trace.next_before, trace.next_after)
    body = [[word, percent(a), percent(b)] for word, a, b in zip(words, old, new, strict=True)]
    return Shown(
        back_to_back(words, old, new, changes), f"{said}{told}",
        Table(["Next word", "All heads", "After"], body), formula(trace)[1:],
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
