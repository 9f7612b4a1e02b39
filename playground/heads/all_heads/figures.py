"""Every head as a small map, one of them large, and what it does on a corpus."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from playground.charts import scatter
from playground.drawing import (
    HALF,
    Bars,
    bars,
    lines,
    maps,
    matrix,
    minus,
    percent,
    pick_row,
    stacked,
    titled,
)
from playground.drawing.matrix import matrix_table, strongest
from playground.drawing.sentences import HABITS, continued, habit, looked_at, usual
from playground.heads.all_heads import MEASURES, UNITS
from playground.heads.all_heads.explain import Trace
from playground.heads.shared import LANGUAGES, head_key
from playground.instrument import Shown, Table

SIDES = {"language": "target"} | dict.fromkeys(("encoder", "decoder", "cross"), "source")
FORMULAS = [
    "share = mean over the words of the weight that each gives there",
    "as usual here: the largest share here is the one that is largest on the corpus",
]
FORMULA = "weights = softmax(queries · keys / √(width of a head)): each row sums to 1"


def figures(trace: Trace, layer: int, head: int, across: str, up: str) -> dict[str, Shown]:
    """All heads small, the chosen one large, all as points, the chosen one's role.

    A head beyond the last is the last.
    """
    layers, heads = trace.weights.shape[:2]
    chosen = min(layer, layers) - 1, min(head, heads) - 1
    found = {"grid": grid(trace, chosen), "head": large(trace, chosen)}
    if trace.habits:
        found["heads-axes"] = axes(trace, across, up)
        found["heads-corpus"] = points(trace, chosen, across, up)
        found["heads-examples"] = role(trace, chosen)
    return found


def grid(trace: Trace, chosen: tuple[int, int]) -> Shown:
    """Every head as a small map; hovering tells its habit."""
    told = {place(one): habit(one, trace.stack) for one in trace.habits}
    picture = maps(trace.weights, chosen, key=head_key, width=HALF,
                   titles=lambda row, column: told.get((row, column), ""))  # fmt: skip
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
         usual(one, here, trace.stack)]
        for one, here in zip(trace.habits, trace.here, strict=True)
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
        f" On a corpus {habit(one, trace.stack)}; {usual(one, here, trace.stack)}."
        for one, here in measured(trace, chosen)
    )
    return Shown(
        matrix(
            weights,
            trace.queries,
            trace.keys,
            letters=LANGUAGES[trace.stack],
            row_key=lambda _: "",
            cell_key=lambda _, __: "",
            width=HALF,
        ),
        f"Layer {row + 1}, head {column + 1}. "
        f"{strongest(weights, trace.queries, trace.keys)}{usually}"
        f"{continued([*trace.queries, *trace.keys])}",
        Table(*matrix_table(weights, trace.queries, trace.keys)),
        [FORMULA],
    )


def measured(
    trace: Trace, chosen: tuple[int, int]
) -> list[tuple[Mapping[str, Any], Mapping[str, float]]]:
    """The chosen head on the corpus and here; nothing if it was not measured."""
    both = zip(trace.habits, trace.here, strict=True)
    return [(one, here) for one, here in both if place(one) == chosen]


def axes(trace: Trace, across: str, up: str) -> Shown:
    """What can stand at the two axes."""
    known = [name for name in MEASURES if name in trace.habits[0]]
    rows = [
        pick_row(
            title, [MEASURES[name] for name in known], [f"{axis} {name}" for name in known],
            known.index(chosen) if chosen in known else None, width=1100,
        )
        for title, axis, chosen in (("to the right", "across", across), ("upwards", "up", up))
    ]  # fmt: skip
    said = (
        f"To the right stands “{MEASURES[across]}”, upwards “{MEASURES[up]}”, each as it was "
        "measured on a corpus."
    )
    if unknown := [MEASURES[name] for name in (across, up) if name not in known]:
        said = f"Of these heads “{unknown[0]}” was not measured; please pick another."
    columns = {name: [float(one[name]) for one in trace.habits] for name in known}
    body = [[MEASURES[name], f"{min(values):g}", f"{max(values):g}"]
            for name, values in columns.items()]  # fmt: skip
    table = Table(["Measure", "Least of all heads", "Most"], body)
    return Shown(stacked(rows, gap=0), said, table, FORMULAS[:1])


def points(trace: Trace, chosen: tuple[int, int], across: str, up: str) -> Shown:
    """Every head as a point on two measures."""
    names = [f"{MEASURES[name]}{unit_of(trace, name)}" for name in (across, up)]
    lacking = [name for name in (across, up) if name not in trace.habits[0]]
    body = [[str(one["layer"]), str(one["head"]), *(f"{one[name]:g}" for name in MEASURES
             if name in one)] for one in trace.habits]  # fmt: skip
    measures = [MEASURES[name] for name in MEASURES if name in trace.habits[0]]
    table = Table(["Layer", "Head", *measures], body)
    if lacking:
        said = (
            f"“{MEASURES[lacking[0]]}” is measured of cross-attention alone; please choose another "
            "measure."
        )
        return Shown(None, said, table)
    places = [place(one) for one in trace.habits]
    x, y = ([float(one[name]) for one in trace.habits] for name in (across, up))
    chart = scatter(
        x, y, names[0], names[1],
        names=[f"{row + 1}.{column + 1}" for row, column in places],
        titles=[f"layer {row + 1}, head {column + 1}: {names[0]} {a:g}, {names[1]} {b:g}"
                for (row, column), a, b in zip(places, x, y, strict=True)],
        keys=[head_key(*one) for one in places],
        groups=[f"layer {row + 1}" for row, _ in places],
        chosen=places.index(chosen) if chosen in places else None,
    )  # fmt: skip
    most, least = (max(range(len(y)), key=lambda n: sign * y[n]) for sign in (1, -1))
    said = (
        f"Highest stands layer {places[most][0] + 1}, head {places[most][1] + 1} "
        f"({minus(format(y[most], 'g'))}), lowest layer {places[least][0] + 1}, head "
        f"{places[least][1] + 1} ({minus(format(y[least], 'g'))}): {names[1]}."
    )
    return Shown(chart, said, table, FORMULAS)


def unit_of(trace: Trace, name: str) -> str:
    """What a measure is counted in."""
    return f", {trace.habits[0]['unit']}" if name == "removal_costs" else UNITS.get(name, "")


def role(trace: Trace, chosen: tuple[int, int]) -> Shown:
    """What the chosen head does on the corpus and here, and sentences where it does it most."""
    found = measured(trace, chosen)
    row, column = chosen
    if not found:
        return Shown(None, f"Layer {row + 1}, head {column + 1} was not measured on a corpus.",
                     Table(["Looks at", "On the corpus", "Here"], []))  # fmt: skip
    ((usually, here),) = found
    names = list(looked_at(trace.stack).values())
    shares = [[float(one[name]) for name in HABITS] for one in (usually, here)]
    most = int(np.argmax(shares[0]))
    picture = bars(
        names,
        [Bars(each, [percent(one) for one in each], title, colour, largest=1.0, length=100)
         for each, title, colour in zip(shares, ("on the corpus", "here"), ("neutral", "accent"),
                                        strict=True)],
        strong={most},
    )  # fmt: skip
    examples = usually["examples"]
    if examples:
        texts = [one["text"] for one in examples]
        notes = [percent(one["share"]) for one in examples]
        rows = titled("most of all in", lines(texts, notes, texts, letters=SIDES[trace.stack]))
        picture = stacked([picture, rows])
    said = (
        f"Layer {row + 1}, head {column + 1}, {usual(usually, here, trace.stack)}; on the corpus "
        f"{percent(shares[0][most])}"
        + (f", in “{examples[0]['text']}” {percent(examples[0]['share'])}." if examples else ".")
    )
    body = [[name, *(f"{each[n]:.4f}" for each in shares)] for n, name in enumerate(names)]
    body += [[one["text"], f"{one['share']:.4f}", ""] for one in examples]
    return Shown(picture, said, Table(["Looks at", "On the corpus", "Here"], body), FORMULAS)
