"""What does each head look for?"""

from typing import Any

import gradio as gr

from playground.explain import heads
from playground.plots import told
from playground.plots.figure import to_json
from playground.plots.head_grid import head_grid
from playground.plots.heatmap import heatmap
from playground.tabs import parts

NAME = "heads"
TITLE = "Self-attention heads"
QUESTION = "What does each head look for?"
READING = (
    "In a Transformer every word looks at every other, through several heads at once, layer after "
    "layer. A row is the word that looks, a column the word it looks at, and each row sums to 1. "
    "In the decoder a word sees only itself and the words before it; in cross-attention the row is "
    "the English word about to be written."
)
EXAMPLES = [
    "Le chat noir dort sur le canapé.",
    "La femme que j'ai rencontrée hier est médecin.",
    "Je ne sais pas où elle habite.",
    "Les enfants jouent dans le jardin.",
]
STACKS = [
    ("Encoder", "encoder"),
    ("Decoder", "decoder"),
    ("Cross-attention", "cross"),
]


LANGUAGES = {  # of the rows and the columns
    "encoder": ("source", "source"),
    "decoder": ("target", "target"),
    "cross": ("target", "source"),
}


def show(text: str, stack: str, layer: float, head: float) -> tuple[Any, ...]:
    """One head large, all heads small, in figure and text; the sliders' new ends."""
    trace = heads.explain(text, stack)
    layers, count = trace.weights.shape[:2]
    row, column = min(int(layer), layers) - 1, min(int(head), count) - 1
    weights = trace.weights[row, column]
    return (
        ending(layers, layer),
        ending(count, head),
        trace.translation,
        parts.drawn(
            to_json(
                heatmap(weights, trace.queries, trace.keys, "looks", "looked at", LANGUAGES[stack])
            )
        ),
        f"Layer {row + 1}, head {column + 1}. "
        + told.strongest(weights, trace.queries, trace.keys),
        parts.drawn(to_json(head_grid(trace.weights, row, column))),
        parts.rows(*told.matrix_table(weights, trace.queries, trace.keys)),
    )


def ending(maximum: int, value: float) -> dict[str, Any]:
    """A slider's new end; its value only where that is beyond it, so that no drag is undone."""
    if value > maximum:
        return gr.update(maximum=maximum, value=maximum)
    return gr.update(maximum=maximum)


def build() -> None:
    """Lay out the tab, its first example worked out."""
    layers, count, translation, figure, sentence, grid, numbers = show(EXAMPLES[0], "encoder", 1, 1)
    parts.question(QUESTION, READING)
    text, note, asked = parts.french_input(EXAMPLES[0], "Look inside", EXAMPLES)
    with gr.Row():
        stack = gr.Radio(STACKS, value="encoder", label="Which attention", scale=2, min_width=340)
        layer = gr.Slider(1, layers["maximum"], 1, step=1, label="Layer", min_width=160)
        head = gr.Slider(1, count["maximum"], 1, step=1, label="Head", min_width=160)
    with gr.Row():
        with gr.Column(scale=1, min_width=340):
            large = parts.plot(figure, "This head", "head")
            told_of = parts.said(sentence)
        with gr.Column(scale=1, min_width=340):
            small = parts.plot(grid, "All heads: layers downwards, heads across", "grid")
    written = gr.Textbox(translation, label="Translation", elem_id="heads-translation")
    with gr.Accordion("The numbers as a table", open=False):
        as_table = parts.table(numbers, "Weights", "head-weights")
    parts.code(heads.PARTS)
    outputs = [layer, head, written, large, told_of, small, as_table]
    asked += [stack.input, layer.input, head.input]
    parts.redraw(asked, show, [text, stack, layer, head], note, outputs, "show_heads")
