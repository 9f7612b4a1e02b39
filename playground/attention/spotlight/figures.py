"""The spotlight, told: the translation, where it looked for each word, how sure it was of it."""

from collections.abc import Sequence

import numpy as np

from playground.attention.spotlight import ROW, VIEW
from playground.attention.spotlight.explain import Trace
from playground.drawing import (
    boxes,
    matrix,
    minus,
    paragraph,
    percent,
    ribbons,
    stacked,
)
from playground.drawing.matrix import ALL, matrix_table, strongest
from playground.drawing.numbers import added
from playground.drawing.ribbons import undrawn
from playground.drawing.sentences import cited, cut
from playground.instrument import Shown, Table


def figures(trace: Trace, view: str, row: int) -> dict[str, Shown]:
    """The spotlight with one row lit or none, and how sure it was of each word."""
    lit = ROW.check(row)
    shown = lit if 0 <= lit < len(trace.target) else None
    return {"spotlight": light(trace, VIEW.check(view), shown), "sure": sure(trace)}


def light(trace: Trace, view: str, row: int | None) -> Shown:
    """The translation, and under it where the model looked."""
    weights, target, source = trace.weights, trace.target, trace.source
    draw = matrix if view == "heatmap" else ribbons
    picture = draw(
        weights, target, source, letters=("target", "source"), chosen=row, least=trace.least,
        all_key=ALL,
    )  # fmt: skip
    thin = undrawn() if draw is ribbons else ""
    said = strongest(weights, target, source)
    if row is not None:
        said = looked(target[row], source, weights[row])
    return Shown(
        stacked([paragraph(trace.translation, letters="target"), picture]),
        f"{cited(trace.translation)}{cut(trace.finished)} {said}{hidden(trace)}{thin}",
        Table(*matrix_table(weights, target, source)),
        row_formula(target[row or 0], weights[row or 0]),
    )


def looked(word: str, source: Sequence[str], weights: np.ndarray) -> str:
    """Where one target word looked most."""
    order = np.argsort(-weights, kind="stable")[:3]
    looks = [f"“{source[place]}” ({percent(weights[place])})" for place in order.tolist()]
    return f"To write “{word}” it looked most at {', then at '.join(looks)}."


def hidden(trace: Trace) -> str:
    """How many links a threshold hides, and how much they weigh."""
    if not trace.hidden:
        return ""
    share = percent(trace.hidden_share)
    return f" Hidden: {trace.hidden} of {trace.weights.size} links, {share} of all weight."


def row_formula(word: str, weights: np.ndarray) -> list[str]:
    """The weights of one target word, which sum to 1."""
    return [
        "weights = softmax(score), score[i] = v tanh(attn [hidden; encoder_output[i]])",
        f"weights({word}): {added(weights.tolist(), 3)} = {weights.sum():.3f}",
    ]


def sure(trace: Trace) -> Shown:
    """Each word with its probability, and the translation's as their product."""
    words, shares, whole = trace.target, trace.probabilities, trace.log_probability
    picture = boxes(
        words,
        shares,
        [percent(share) for share in shares],
        titles=[f"{word}: {share:.6g}" for word, share in zip(words, shares, strict=True)],
        letters="target",
    )
    least = int(shares.argmin())
    everything = "the whole translation" if trace.finished else "all that was written"
    said = (
        f"Least sure of “{words[least]}” ({percent(shares[least])}); {everything} has "
        f"log-probability {minus(f'{whole:.2f}')}.{cut(trace.finished)}"
    )
    body = [
        [word, percent(share), f"{share:.6g}"]
        for word, share in zip(words, shares.tolist(), strict=True)
    ]
    sum_ = [
        "log P(translation) = Σ log P(word | words before it, source)",
        f"{added(np.log(shares).tolist(), 3)} = {minus(f'{whole:.3f}')}",
    ]
    return Shown(picture, said, Table(["Word", "Probability", "Exact"], body), sum_)
