"""What if it looked elsewhere?"""

from typing import Any

import gradio as gr

from playground.explain import elsewhere
from playground.plots import sums_attention as sums
from playground.plots import told, told_attention
from playground.plots.difference import difference
from playground.plots.matrix import matrix
from playground.tabs.attention.shared import EXAMPLES
from playground.tabs.frame import Call, figure, filled
from playground.tabs.workbench import Built

NAME, TITLE = "elsewhere", "What if it looked elsewhere"
RULES = [
    ("Same share for all", "uniform"),
    ("Last word only", "last"),
    ("Diagonal", "diagonal"),
    ("Its own strongest", "argmax"),
    ("Shuffled", "shuffled"),
    ("Typed for one step", "typed"),
]
LIMITS = (
    "The model met no such attention while it was trained; part of the harm is that strangeness, "
    "not what attention knew (Hooker et al., 2019, https://arxiv.org/abs/1806.10758)."
)


def show(
    text: str, merged: bool, rule: str, step: float, weights: str, seed: float
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Both translations with their difference, and the attention that was used instead."""
    trace = elsewhere.explain(text, rule, step, weights, seed, nearest=True)
    before, after = trace.original, trace.replaced
    call = Call("elsewhere", elsewhere.explain, (text, rule, step, weights, seed, True))
    lit = min(int(step), len(after.target)) - 1 if rule == "typed" else None
    drawn = matrix(
        after.weights,
        after.target,
        trace.source,
        ("target", "source"),
        chosen=lit,
        column_key=lambda column: f"c{column}",
    )
    ways = [("its own", before), ("replaced", after)]
    return (
        filled(
            difference(trace.difference),
            told_attention.elsewhere(before, after, trace.cost_bits),
            (
                ["Attention", "Translation", "Log-probability"],
                [[name, way.translation, f"{way.log_probability:.6f}"] for name, way in ways],
            ),
            call,
            sums.cost(before.log_probability, trace.forced_log_probability, trace.cost_bits),
        ),
        filled(
            drawn,
            told.strongest(after.weights, after.target, trace.source),
            told.matrix_table(after.weights, after.target, trace.source),
            call,
            sums.row(after.target[lit or 0], after.weights[lit or 0]),
        ),
    )


def change(key: str) -> dict[str, Any]:
    """A word was picked: a step, by its place; a source word, "c" and its place; or both."""
    if key.startswith("c"):
        return {"rule": "typed", "weights": only(int(key[1:]))}
    row, _, column = key.partition(",")
    step: dict[str, Any] = {"rule": "typed", "step": int(row) + 1}
    return step | ({"weights": only(int(column))} if column else {})


def only(column: int) -> str:
    """Weights, as a person types them, that are all on one source word."""
    return " ".join(["0"] * column + ["1"])


def build() -> Built:
    """Lay it out, the first example worked out."""
    translations, used = show(EXAMPLES[0], False, "uniform", 1, "1", 1)
    rule = gr.Radio(RULES, value="uniform", label="Look")
    with gr.Row():
        step = gr.Number(1, precision=0, minimum=1, label="Step (typed)", min_width=120)
        weights = gr.Textbox(
            "1",
            label="Weights for that step (typed): one number for each French piece",
            scale=3,
            elem_id="elsewhere-typed",
        )
        seed = gr.Number(1, precision=0, minimum=0, label="Seed (shuffled)", min_width=120)
    places = [
        figure("elsewhere", "Both translations", elsewhere.PARTS, LIMITS, translations),
        figure(
            "elsewhere-weights",
            "Where it was made to look: pick an English word for the step, a French one to put all "
            "weight on it",
            elsewhere.PARTS,
            "",
            used,
        ),
    ]
    settings = {"rule": rule, "step": step, "weights": weights, "seed": seed}
    return Built(places, settings, [(places[1], change)])
