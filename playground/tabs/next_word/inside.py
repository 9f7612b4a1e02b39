"""What does the memory hold, and when is it kept or overwritten?"""

from typing import Any

import gradio as gr

from playground.explain import inside
from playground.plots import sums_next_word as sums
from playground.plots import told_next_word as told
from playground.plots.unit import unit as unit_line
from playground.plots.units import units
from playground.tabs.frame import Call, figure, filled
from playground.tabs.next_word.shared import EXAMPLES, MODEL
from playground.tabs.workbench import Built

NAME, TITLE = "inside", "Look inside"
SORTS = [("most changing", "change"), ("strongest now", "strength"), ("by number", "number")]
SHOWN = 24  # units
LIMITS = (
    "Few units mean one thing that has a name; most of what a memory holds is spread over many "
    "(Karpathy et al., 2016, https://arxiv.org/abs/1506.02078)."
)


def show(
    text: str, model: str, sort: str, number: float | None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The units that come first, and the one that is followed with its gates."""
    trace = inside.explain(text, model, sort, number, nearest=True)
    call = Call("inside", inside.explain, (text, model, sort, number, True))
    words = [token.strip() for token in trace.tokens]
    order = trace.order[:SHOWN].tolist()
    values = trace.memory[:, order].T  # (units, S)
    gates = {name: gate[:, trace.unit] for name, gate in trace.gates.items()}
    means = {f"{name}, all units": mean for name, mean in trace.mean_gates.items()}
    count = trace.memory.shape[1]
    last = {name: float(gate[-1]) for name, gate in gates.items()}
    rows = {"value": trace.values} | gates | means
    sum_told = sums.unit(model, words[-1], trace.values.tolist(), last, trace.unit)
    return (
        filled(
            units(values, order, words, trace.unit),
            told.inside(words, trace.values, trace.unit, count, len(order)),
            (
                ["Unit", *words],
                [
                    [str(unit), *(f"{value:.6f}" for value in line)]
                    for unit, line in zip(order, values.tolist(), strict=True)
                ],
            ),
            call,
            sum_told,
        ),
        filled(
            unit_line(trace.values, words, gates | means),
            f"Unit {trace.unit}. {told.gates(words, trace.kept, model)}",
            (
                [f"Unit {trace.unit}", *words],
                [[name, *(f"{v:.6f}" for v in line.tolist())] for name, line in rows.items()],
            ),
            call,
            sum_told,
        ),
    )


def build() -> Built:
    """Lay it out, the first example worked out."""
    memory, followed = show(EXAMPLES[0], MODEL, "change", -1)
    with gr.Row():
        sort = gr.Radio(SORTS, value="change", label="Units first that are", scale=3)
        number = gr.Number(
            -1,
            precision=0,
            minimum=-1,
            label="Follow unit (−1: the first)",
            min_width=160,
            elem_id="inside-unit",
        )
    with gr.Row():
        with gr.Column(min_width=320):
            caption = "The memory after each word: pick a unit to follow it"
            left = figure("memory", caption, inside.PARTS, LIMITS, memory)
        with gr.Column(min_width=320):
            right = figure("unit", "The followed unit, and its gates", inside.PARTS, "", followed)
    settings = {"sort": sort, "unit": number}
    return Built([left, right], settings, [(left, lambda key: {"unit": int(key)})])
