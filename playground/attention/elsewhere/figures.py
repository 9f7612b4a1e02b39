"""Looking elsewhere, told: both translations, what the change costs, where it had to look."""

import math

import numpy as np

from playground.attention.elsewhere.explain import Trace
from playground.drawing import difference, matrix, minus, percent
from playground.drawing.matrix import matrix_table, strongest
from playground.drawing.numbers import added, signed
from playground.drawing.sentences import cut
from playground.instrument import Shown, Table

NAMES = ("its own attention", "replaced")
OWN = "score[i] = v tanh(attn [hidden; encoder_output[i]])"
WEIGHTS = {
    "uniform": "weights[i] = 1 / S,  S the number of French pieces",
    "last": "weights = 1 for the last French piece, 0 for all others",
    "diagonal": "weights = 1 for the piece at the step's own place, or ⟨end⟩ beyond the last",
    "argmax": f"weights = 1 where the score is highest, 0 elsewhere,  {OWN}",
    "shuffled": f"weights = softmax(score), dealt out anew at each step,  {OWN}",
    "typed": f"weights = at one step those typed, over their sum; else softmax(score),  {OWN}",
}


def figures(trace: Trace) -> dict[str, Shown]:
    """Both translations with their difference, and the attention that was used instead."""
    return {"elsewhere": both(trace), "elsewhere-weights": used(trace)}


def both(trace: Trace) -> Shown:
    """The two translations, word by word."""
    ways = zip(("its own", "replaced"), (trace.original, trace.replaced), strict=True)
    table = Table(
        ["Attention", "Translation", "Log-probability"],
        [[name, way.translation, f"{way.log_probability:.6f}"] for name, way in ways],
    )
    return Shown(difference(trace.difference, NAMES), sentence(trace), table, formula(trace))


def sentence(trace: Trace) -> str:
    """Both translations, their log-probabilities, and what the replacement costs the first."""
    before, after, cost = trace.original, trace.replaced, trace.cost_bits
    told = (
        f"costs {abs(cost):.1f} bits {'more' if cost > 0 else 'less'}"
        if abs(cost) >= 0.05
        else "costs the same"
    )
    own, other = (minus(f"{way.log_probability:.2f}") for way in (before, after))
    return (
        f"With its own attention: “{before.translation}” (log-probability {own})."
        f"{cut(before.finished)} Replaced: “{after.translation}” ({other}).{cut(after.finished)} "
        f"Written with the replaced attention, the first translation {told}."
    )


def formula(trace: Trace) -> list[str]:
    """The cost, from two log-probabilities."""
    own, forced = trace.original.log_probability, trace.forced_log_probability
    return [
        "cost = (log P(its own attention) − log P(replaced attention)) / log 2",
        f"({signed(own, 3)} − {signed(forced, 3)}) / {math.log(2):.4f} = "
        f"{minus(f'{trace.cost_bits:.3f}')} bits",
    ]


def used(trace: Trace) -> Shown:
    """The attention that was used instead of the model's own; the typed step is lit."""
    weights, target, source = trace.replaced.weights, trace.replaced.target, trace.source
    lit = None if trace.step is None else min(trace.step, len(target)) - 1
    picture = matrix(
        weights,
        target,
        source,
        letters=("target", "source"),
        chosen=lit,
        column_key=lambda column: f"c{column}",
        cell_key=lambda row, column: f"{row},{column}",
    )
    row = weights[lit or 0]
    said = strongest(weights, target, source)
    if np.ptp(weights) == 0:
        said = f"Each French piece gets the same share at each step, {percent(1 / len(source))}."
    elif (weights.max(axis=1) == 1).all():
        said = "Each step looks at one French piece alone."
    return Shown(
        picture,
        said,
        Table(*matrix_table(weights, target, source)),
        [
            WEIGHTS[trace.rule],
            f"weights({target[lit or 0]}): {added(row.tolist(), 3)} = {row.sum():.3f}",
        ],
    )
