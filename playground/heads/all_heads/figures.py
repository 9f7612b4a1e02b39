"""Every head as a small map, one of them large, and what it does on a corpus."""

from collections.abc import Mapping
from typing import Any

from playground.drawing import maps, matrix, minus
from playground.drawing.matrix import matrix_table, strongest
from playground.drawing.sentences import HABITS, habit, usual
from playground.heads.all_heads.explain import Trace
from playground.heads.shared import LANGUAGES
from playground.instrument import Shown, Table

FORMULA = "weights = softmax(queries · keys / √(width of a head)): each row sums to 1"


def figures(trace: Trace, layer: int, head: int) -> dict[str, Shown]:
    """All heads small, the chosen one large; a head beyond the last is the last."""
    layers, heads = trace.weights.shape[:2]
    chosen = min(layer, layers) - 1, min(head, heads) - 1
    return {"grid": grid(trace, chosen), "head": large(trace, chosen)}


def grid(trace: Trace, chosen: tuple[int, int]) -> Shown:
    """Every head as a small map; hovering tells its habit."""
    told = {place(one): habit(one) for one in trace.habits}
    picture = maps(trace.weights, chosen, titles=lambda row, column: told.get((row, column), ""))
    layers, heads = trace.weights.shape[:2]
    costs = sorted(trace.habits, key=lambda one: float(one["removal_costs"]))
    said = f"{layers * heads} heads in {layers} layers."
    if costs:
        most, least = costs[-1], costs[0]
        said += (
            f" On a corpus the removal of layer {most['layer']}, head {most['head']} costs most, "
            f"{most['removal_costs']:g} {most['unit']}; that of layer {least['layer']}, head "
            f"{least['head']} least, {minus(format(least['removal_costs'], 'g'))}."
        )
    unit = costs[0]["unit"] if costs else ""
    headers = ["Layer", "Head", *HABITS.values(), "Entropy, bits", f"Removal costs, {unit}", "Here"]
    body = [
        [str(one["layer"]), str(one["head"]), *(f"{one[name]:.4f}" for name in HABITS),
         f"{one['entropy_bits']:.4f}", f"{one['removal_costs']:g}",
         usual(one, trace.here[trace.habits.index(one)])]
        for one in trace.habits
    ]  # fmt: skip
    return Shown(picture, said, Table(headers, body), [FORMULA])


def place(one: Mapping[str, Any]) -> tuple[int, int]:
    """The layer and head of what was measured, from 0."""
    return one["layer"] - 1, one["head"] - 1


def large(trace: Trace, chosen: tuple[int, int]) -> Shown:
    """One head's weights."""
    row, column = chosen
    weights = trace.weights[row, column]
    usually = "".join(
        f" On a corpus {habit(one)}; {usual(one, here)}."
        for one, here in zip(trace.habits, trace.here, strict=True)
        if place(one) == chosen
    )
    return Shown(
        matrix(
            weights,
            trace.queries,
            trace.keys,
            letters=LANGUAGES[trace.stack],
            row_key=lambda _: "",
            cell_key=lambda _, __: "",
        ),
        f"Layer {row + 1}, head {column + 1}. "
        f"{strongest(weights, trace.queries, trace.keys)}{usually}",
        Table(*matrix_table(weights, trace.queries, trace.keys)),
        [FORMULA],
    )
