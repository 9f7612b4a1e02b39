"""The score, told: scores and the weights that softmax makes of them, and one score's terms."""

from collections.abc import Sequence

import numpy as np

from playground.attention.score.explain import Trace
from playground.drawing import Bars, Drawing, Texts, bars, minus, percent, pick_row, stacked
from playground.drawing.numbers import MOST, added, signed
from playground.instrument import Shown, Table

DIGITS = 3  # of a number in a sum
HEADERS = ("q", "k", "q + k", "tanh", "v", "v tanh")
LONGEST = 90  # pixels of a term's bar


def figures(trace: Trace) -> dict[str, Shown]:
    """The scores of all source pieces for one target piece, and the terms of one score."""
    return {"score": scores(trace), "terms": terms(trace)}


def printed(number: float, digits: int = DIGITS) -> str:
    """A number that stands alone."""
    return minus(f"{number:.{digits}f}")


def scores(trace: Trace) -> Shown:
    """Each source piece's score and weight."""
    pairs = zip(trace.source, trace.scores.tolist(), trace.weights.tolist(), strict=True)
    table = Table(
        ["Word", "Score", "Weight", "Weight, exact"],
        [[word, f"{value:.6f}", percent(weight), f"{weight:.6g}"] for word, value, weight in pairs],
    )
    return Shown(scores_drawn(trace), scores_told(trace), table, softmax(trace) + context(trace))


def scores_drawn(trace: Trace) -> Drawing:
    """The target's pieces to pick from, and signed bars of scores beside bars of weights."""
    titles = [
        f"{word}: score {value:.6g}, weight {weight:.6g}"
        for word, value, weight in zip(trace.source, trace.scores, trace.weights, strict=True)
    ]
    columns = [
        Bars(trace.scores, [printed(value, 2) for value in trace.scores], "score: sum of its terms",
             titles=titles, signed=True),
        Bars(trace.weights, [percent(weight) for weight in trace.weights],
             "weight: softmax of the scores", titles=titles, largest=1.0),
    ]  # fmt: skip
    return stacked([
        pick_row("about to write", trace.target, [f"t{t}" for t in range(len(trace.target))],
                 trace.target_position - 1, letters="target"),
        bars(trace.source, columns, keys=[f"s{s}" for s in range(len(trace.source))],
             titles=titles, colours="source", strong=[trace.source_position - 1]),
    ])  # fmt: skip


def scores_told(trace: Trace) -> str:
    """The source pieces with the largest and the smallest score."""
    source, values, weights = trace.source, trace.scores, trace.weights
    best, worst = int(values.argmax()), int(values.argmin())
    return (
        f"About to write “{trace.target[trace.target_position - 1]}”: the largest score, "
        f"{printed(values[best], 2)}, is that of “{source[best]}”, which gets "
        f"{percent(weights[best])} of the attention; the smallest, {printed(values[worst], 2)}, "
        f"that of “{source[worst]}” ({percent(weights[worst])})."
    )


def softmax(trace: Trace) -> list[str]:
    """How the chosen piece's score becomes its weight."""
    chosen = trace.source_position - 1
    largest = float(trace.scores.max())
    shares = np.exp(trace.scores - largest)
    top = f"exp({signed(trace.scores[chosen], DIGITS)} − {signed(largest, DIGITS)})"
    return [
        "weight[i] = exp(score[i] − largest) / Σ exp(score − largest)",
        f"weight({trace.source[chosen]}) = {top} / ({added(shares.tolist(), DIGITS)}) = "
        f"{shares[chosen]:.4f} / {shares.sum():.4f} = {trace.weights[chosen]:.4f}",
    ]


def context(trace: Trace) -> list[str]:
    """The context's first number, as the weighted mean of the encoder's outputs."""
    pairs = zip(trace.weights.tolist(), trace.encoder_outputs[:, 0].tolist(), strict=True)
    products = [f"{weight:.3f} · {signed(output, DIGITS)}" for weight, output in pairs]
    more = " + …" if len(products) > MOST else ""
    return [
        "context = Σ weight[i] · encoder_output[i]",
        f"context[0] = {' + '.join(products[:MOST])}{more} = {printed(float(trace.context[0]))}",
    ]


def terms(trace: Trace) -> Shown:
    """One score, hidden unit by hidden unit."""
    word, units, rest = trace.source[trace.source_position - 1], trace.units, trace.rest
    most = max(units, key=lambda unit: abs(unit.term))
    said = (
        f"For “{word}”, unit {most.unit} counts most of these: {printed(most.term)}. The units "
        "told are those that differ most between the words; all others together add "
        f"{printed(rest)}."
    )
    body = [[str(unit), *(f"{number:.6f}" for number in row)] for unit, *row in rows(trace)]
    body.append(["all others", *[""] * (len(HEADERS) - 1), f"{rest:.6f}"])
    total, first = rest + sum(unit.term for unit in units), units[0]
    sum_ = [
        "score[i] = Σ v[j] tanh(q[j] + k[i, j]),  q = W_h hidden,  k = W_e encoder_output + b",
        f"unit {first.unit}: {signed(first.v, DIGITS)} · tanh({signed(first.query, DIGITS)} + "
        f"{signed(first.key, DIGITS)}) = {printed(first.term)}",
        f"score({word}) = {added([unit.term for unit in units], DIGITS)} + "
        f"{signed(rest, DIGITS)} (all others) = {printed(total)}",
    ]
    return Shown(terms_drawn(trace, total), said, Table(["unit", *HEADERS], body), sum_)


def rows(trace: Trace) -> list[tuple[int, float, float, float, float, float, float]]:
    """Each told unit, with its numbers in the order of the headers."""
    return [(u.unit, u.query, u.key, u.sum, u.tanh, u.v, u.term) for u in trace.units]


def terms_drawn(trace: Trace, total: float) -> Drawing:
    """A row of numbers and a signed bar of its term for each unit, then what the sum still has."""
    units = rows(trace)
    names = [*(f"unit {unit}" for unit, *_ in units), "all others", "the score"]
    columns = [
        numbered(heading, [*(row[place] for row in units)], [None, None])
        for place, heading in enumerate(HEADERS[:-1], start=1)
    ]
    columns.append(numbered(HEADERS[-1], [row[-1] for row in units], [trace.rest, total]))
    bar = Bars([*(row[-1] for row in units), None, None], [""] * len(names), signed=True,
               titles=[f"unit {row[0]}: {row[-1]:.6g}" for row in units] + ["", ""],
               length=LONGEST)  # fmt: skip
    return bars(names, [*columns, bar], strong=[len(names) - 1])


def numbered(heading: str, values: Sequence[float], more: Sequence[float | None]) -> Texts:
    """A column of numbers; None: nothing stands there."""
    every = [*values, *more]
    return Texts(
        ["" if value is None else printed(value) for value in every],
        heading,
        colours="",
        titles=["" if value is None else f"{value:.6g}" for value in every],
    )
