"""Where does it look while it writes each word?"""

from typing import Any

import gradio as gr

from playground.explain import attention
from playground.plots import sums_attention as sums
from playground.plots import told, told_attention
from playground.plots.figure import percent
from playground.plots.ribbons import ribbons
from playground.plots.spotlight import spotlight
from playground.plots.sure import sure
from playground.tabs.attention.shared import EXAMPLES, LIMITS
from playground.tabs.frame import Call, figure, filled
from playground.tabs.workbench import Built

NAME, TITLE = "spotlight", "Spotlight"
VIEWS = {"heatmap": spotlight, "ribbons": ribbons}


def show(
    text: str, merged: bool, view: str, least: float, row: float | None
) -> tuple[dict[str, Any], str, dict[str, Any]]:
    """The spotlight with one row lit or none, the translation, how sure each word was."""
    trace = attention.explain(text, merged)
    lit = int(row) if row is not None and 0 <= row < len(trace.target) else None
    call = Call("attend", attention.explain, (text, merged))
    if lit is None:
        said = told.strongest(trace.weights, trace.target, trace.source)
    else:
        said = told_attention.row(trace.target[lit], trace.source, trace.weights[lit])
    drawn = VIEWS[view](trace.weights, trace.target, trace.source, lit, least)
    return (
        filled(
            drawn,
            said + told_attention.hidden(trace.weights, least),
            told.matrix_table(trace.weights, trace.target, trace.source),
            call,
            sums.row(trace.target[lit or 0], trace.weights[lit or 0]),
        ),
        trace.translation,
        filled(
            sure(trace.target, trace.probabilities),
            told_attention.surest(trace.target, trace.probabilities, trace.log_probability),
            (
                ["Word", "Probability", "Exact"],
                [
                    [word, percent(probability), f"{probability:.6g}"]
                    for word, probability in zip(
                        trace.target, trace.probabilities.tolist(), strict=True
                    )
                ],
            ),
            call,
            sums.sure(trace.probabilities, trace.log_probability),
        ),
    )


def build() -> Built:
    """Lay it out, the first example worked out."""
    light, translation, surety = show(EXAMPLES[0], False, "heatmap", 0, -1)
    row = gr.Number(-1, precision=0, label="Row", visible="hidden", elem_id="spotlight-row")
    with gr.Row():
        with gr.Column(scale=3, min_width=320):
            lights = figure("spotlight", "Where it looked", attention.PARTS, LIMITS, light)
        with gr.Column(scale=2, min_width=280):
            written = gr.Textbox(
                translation, label="Translation", elem_classes="answer", elem_id="attended"
            )
            views = [("Heatmap", "heatmap"), ("Ribbons", "ribbons")]
            view = gr.Radio(views, value="heatmap", label="Shown as")
            least = gr.Slider(0, 0.5, 0, step=0.01, label="Hide weights below")
    sure_of = figure("sure", "How sure it was of each word", attention.SURE, "", surety)
    return Built(
        [lights, written, sure_of],
        {"view": view, "least": least, "row": row},
        [(lights, lambda key: {"row": int(key)})],
    )
