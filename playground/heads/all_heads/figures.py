"""Every head as a small map, one of them large, and what it does on a corpus."""

from typing import Any

from playground.drawing import maps, matrix, minus, percent
from playground.drawing.matrix import matrix_table, strongest
from playground.heads.all_heads.explain import Trace
from playground.instrument import Shown, Table

LANGUAGES = {  # of the rows and the columns
    "encoder": ("source", "source"),
    "decoder": ("target", "target"),
    "cross": ("target", "source"),
}
HABITS = {
    "previous": "the token before",
    "next": "the next token",
    "same": "the same token",
    "first": "the first token",
    "punctuation": "punctuation",
}
FORMULA = "weights = softmax(queries · keys / √(width of a head)): each row sums to 1"


def figures(trace: Trace, layer: int, head: int) -> dict[str, Shown]:
    """All heads small, the chosen one large; a head beyond the last is the last."""
    layers, heads = trace.weights.shape[:2]
    chosen = min(layer, layers) - 1, min(head, heads) - 1
    return {"grid": grid(trace, chosen), "head": large(trace, chosen)}


def grid(trace: Trace, chosen: tuple[int, int]) -> Shown:
    """Every head as a small map; hovering tells its habit."""
    told = {(one["layer"] - 1, one["head"] - 1): habit(one) for one in trace.habits}
    picture = maps(trace.weights, chosen, titles=lambda row, column: told.get((row, column), ""))
    layers, heads = trace.weights.shape[:2]
    costs = sorted(trace.habits, key=lambda one: float(one["removal_costs_bleu"]))
    said = f"{layers * heads} heads in {layers} layers."
    if costs:
        most, least = costs[-1], costs[0]
        said += (
            f" On a corpus the removal of layer {most['layer']}, head {most['head']} costs most, "
            f"{most['removal_costs_bleu']:g} BLEU; that of layer {least['layer']}, head "
            f"{least['head']} least, {minus(format(least['removal_costs_bleu'], 'g'))}."
        )
    headers = ["Layer", "Head", *HABITS.values(), "Entropy, bits", "Removal costs, BLEU"]
    body = [
        [str(one["layer"]), str(one["head"]), *(f"{one[name]:.4f}" for name in HABITS),
         f"{one['entropy_bits']:.4f}", f"{one['removal_costs_bleu']:g}"]
        for one in trace.habits
    ]  # fmt: skip
    return Shown(picture, said, Table(headers, body), [FORMULA])


def large(trace: Trace, chosen: tuple[int, int]) -> Shown:
    """One head's weights."""
    row, column = chosen
    weights = trace.weights[row, column]
    told = [habit(one) for one in trace.habits
            if (one["layer"] - 1, one["head"] - 1) == chosen]  # fmt: skip
    usually = f" On a corpus {told[0]}." if told else ""
    return Shown(
        matrix(weights, trace.queries, trace.keys, letters=LANGUAGES[trace.stack]),
        f"Layer {row + 1}, head {column + 1}. "
        f"{strongest(weights, trace.queries, trace.keys)}{usually}",
        Table(*matrix_table(weights, trace.queries, trace.keys)),
        [FORMULA],
    )


def habit(one: dict[str, Any]) -> str:
    """What a head does most on a corpus."""
    name = max(HABITS, key=lambda name: float(one[name]))
    return (
        f"it gives {HABITS[name]} most, {percent(one[name])}; without it the translations lose "
        f"{one['removal_costs_bleu']:g} BLEU"
    )
