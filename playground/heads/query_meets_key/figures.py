"""One query meets every key, told: the scores, their units, their parts, the values and the sum."""

import numpy as np

from playground.drawing import (
    Bars,
    Texts,
    bars,
    maps,
    matrix,
    percent,
    pick_row,
    stacked,
)
from playground.drawing.numbers import added, rounded, signed
from playground.drawing.sentences import continued, counted
from playground.heads.query_meets_key import PARTS
from playground.heads.query_meets_key.explain import Trace
from playground.heads.shared import LANGUAGES, head_key
from playground.instrument import Shown, Table


def figures(trace: Trace) -> dict[str, Shown]:
    """The scores, their units, their parts where there are some, all heads, the values."""
    found = {"meets": meets(trace), "meets-units": units(trace)}
    if trace.parts is not None:
        found["meets-parts"] = parts(trace, trace.parts)
    return found | {"meets-head": heads(trace), "meets-values": values(trace)}


def meets(trace: Trace) -> Shown:
    """Every key's sum, score and weight."""
    places = range(1, len(trace.keys) + 1)
    top = pick_row(
        "query of",
        trace.queries,
        [f"word {place}" for place in range(1, len(trace.queries) + 1)],
        trace.word - 1,
        letters=LANGUAGES[trace.stack][0],
    )
    scores = Bars(
        [score if seen else None for score, seen in zip(trace.scores, trace.seen, strict=True)],
        [number(score) if seen else "masked"
         for score, seen in zip(trace.scores, trace.seen, strict=True)],
        heading="score = sum / √D",
        signed=True,
        length=120,
    )  # fmt: skip
    weights = Bars(
        trace.weights,
        [percent(weight) for weight in trace.weights],
        heading="weight = softmax",
        largest=1.0,
        length=160,
    )
    sums = Texts([number(one) for one in trace.sums], heading="query · key")
    rows = bars(
        trace.keys,
        [sums, scores, weights],
        keys=[f"key {place}" for place in places],
        colours=LANGUAGES[trace.stack][1],
        framed=trace.key - 1,
    )
    headers = ["Key", "Query · key", "Score", "Seen", "Weight"]
    body = [
        [key, f"{one:.6f}", f"{score:.6f}", "yes" if seen else "masked", f"{weight:.6f}"]
        for key, one, score, seen, weight in zip(
            trace.keys, trace.sums, trace.scores, trace.seen, trace.weights, strict=True
        )
    ]
    said = sentence(trace) + continued([*trace.queries, *trace.keys])
    return Shown(stacked([top, rows]), said, Table(headers, body), formula(trace))


def number(value: float) -> str:
    """A number with two decimals; never a zero below zero."""
    return rounded(value, 2)


def sentence(trace: Trace) -> str:
    """The way from the products to the weight."""
    at = trace.key - 1
    who = f"“{trace.queries[trace.word - 1]}” asks “{trace.keys[at]}”"
    if not trace.seen[at]:
        return f"{who}, which it may not see: a later word is masked, its weight is 0."
    return (
        f"{who}: {len(trace.query)} products sum to {number(trace.sums[at])}; divided by "
        f"{trace.scale:.3g} that is a score of {number(trace.scores[at])}, and softmax over "
        f"{counted(sum(trace.seen), 'place')} makes it {percent(trace.weights[at])}."
    )


def formula(trace: Trace) -> list[str]:
    """The sum, the scale and the softmax with their numbers."""
    at = trace.key - 1
    seen = [score for score, there in zip(trace.scores, trace.seen, strict=True) if there]
    total = float(np.exp(seen).sum())
    lines = [
        f"query · key = Σ query[d] key[d] = {added(trace.products[at].tolist(), 3)} = "
        f"{number(trace.sums[at])}",
        f"score = {number(trace.sums[at])} / √{len(trace.query)} = {number(trace.scores[at])}",
    ]
    if trace.seen[at]:
        lines.append(
            f"weight = exp {signed(float(trace.scores[at]), 2)} / Σ exp score = "
            f"{np.exp(trace.scores[at]):.4g} / {total:.4g} = {trace.weights[at]:.4f}"
        )
    return lines


def units(trace: Trace) -> Shown:
    """The chosen key, unit by unit."""
    at, width = trace.key - 1, len(trace.query)
    three = np.stack([trace.query, trace.key_vectors[at], trace.products[at]])
    names = [f"query of “{trace.queries[trace.word - 1]}”", f"key of “{trace.keys[at]}”", "product"]
    columns = [str(unit) for unit in range(1, width + 1)]
    picture = matrix(
        three, names, columns, largest=float(np.abs(three).max()), row_key=lambda _: "",
        cell_key=lambda _, __: "",
    )  # fmt: skip
    most = int(np.abs(trace.products[at]).argmax())
    said = (
        f"Unit {most + 1} counts most: {number(trace.query[most])} × "
        f"{number(trace.key_vectors[at][most])} = {number(trace.products[at][most])} of "
        f"{number(trace.sums[at])}."
    )
    body = [
        [unit, *(f"{one:.6f}" for one in three[:, place])] for place, unit in enumerate(columns)
    ]
    return Shown(picture, said, Table(["Unit", *names], body), formula(trace)[:1])


def parts(trace: Trace, split: np.ndarray) -> Shown:
    """The five parts of each score."""
    at = trace.key - 1
    picture = matrix(
        split.T,
        trace.keys,
        PARTS,
        letters=(LANGUAGES[trace.stack][1], ""),
        largest=float(np.abs(split).max()),
        chosen=at,
        fade=False,
        row_key=lambda row: str(row + 1),
        cell_key=lambda row, _: str(row + 1),
        numbers=number,
    )
    most = int(np.abs(split[:, at]).argmax())
    said = (
        f"Of the score {number(trace.scores[at])} of “{trace.keys[at]}”, {PARTS[most]} makes "
        f"{number(split[most, at])}."
    )
    body = [
        [key, *(f"{one:.6f}" for one in column), f"{score:.6f}"]
        for key, column, score in zip(trace.keys, split.T, trace.scores, strict=True)
    ]
    told = f"{added(split[:, at].tolist(), 2)} = {number(trace.scores[at])}"
    return Shown(picture, said, Table(["Key", *PARTS, "Score"], body), [
        f"score = {' + '.join(PARTS)}", told,
    ])  # fmt: skip


def heads(trace: Trace) -> Shown:
    """All heads, the chosen one framed."""
    layers, count = trace.every.shape[:2]
    picture = maps(trace.every, (trace.layer - 1, trace.head - 1), key=head_key, side=64)
    row = trace.every[:, :, trace.word - 1]  # (layers, heads, S)
    best = row.argmax(axis=-1)
    body = [[str(layer + 1), str(head + 1), trace.keys[best[layer, head]],
             f"{row[layer, head].max():.4f}"]
            for layer in range(layers) for head in range(count)]  # fmt: skip
    said = f"Layer {trace.layer}, head {trace.head} of {layers * count} heads."
    return Shown(picture, said, Table(["Layer", "Head", "Looks most at", "Weight"], body))


def values(trace: Trace) -> Shown:
    """Each word's value by its weight, and the sum that the head reads."""
    weighed = trace.weights[:, None] * trace.values  # (S, D)
    rows = np.concatenate([weighed, trace.read[None]])
    columns = [str(unit) for unit in range(1, rows.shape[1] + 1)]
    names = [*(f"{percent(weight)} of {key}"
               for weight, key in zip(trace.weights, trace.keys, strict=True)), "sum"]  # fmt: skip
    picture = matrix(
        rows, names, columns, largest=float(np.abs(rows).max()), chosen=trace.key - 1, fade=False,
        row_key=lambda row: str(row + 1) if row < len(trace.keys) else "",
        cell_key=lambda row, _: str(row + 1) if row < len(trace.keys) else "",
    )  # fmt: skip
    lengths = np.linalg.norm(weighed, axis=1)
    most = int(lengths.argmax())
    said = (
        f"The longest part of the sum comes from “{trace.keys[most]}”. A last matrix (fc_out in "
        "the code) joins what all heads of a layer read: through its part of it this head adds a "
        f"vector of length {trace.written_length:.3g} to “{trace.queries[trace.word - 1]}”."
    )
    body = [[name, *(f"{one:.6f}" for one in row)]
            for name, row in zip(names, rows, strict=True)]  # fmt: skip
    return Shown(picture, said, Table(["", *columns], body), ["read = Σ weights[s] value[s]"])
