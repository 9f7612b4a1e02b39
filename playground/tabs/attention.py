"""Which word matters now?"""

from typing import Any

import gradio as gr

from playground.explain import attention
from playground.plots import told
from playground.plots.chips import probability_chips
from playground.plots.figure import to_json
from playground.plots.heatmap import spotlight
from playground.tabs import parts

TITLE = "Attention"
QUESTION = "Which word matters now?"
READING = (
    "A recurrent network translates French to English. Before it writes a word, it scores every "
    "French word, and the scores become shares that sum to 1: its spotlight. Each row is an "
    "English word; the fuller a cell's colour, the more the model looked at that French word "
    "to write it. A dot (·) marks a piece that continues a word."
)
EXAMPLES = [
    "Où est la gare ?",
    "Il pleut depuis ce matin.",
    "Elle a acheté une voiture rouge hier.",
    "Je n'ai jamais vu un si beau jardin.",
]


def show(text: str) -> tuple[Any, ...]:
    """The translation, its words with their probabilities, the spotlight, in figure and text."""
    trace = attention.explain(text)
    figure = spotlight(trace.weights, trace.target, trace.source)
    return (
        trace.translation,
        parts.drawn(to_json(figure)),
        told.strongest(trace.weights, trace.target, trace.source),
        probability_chips(trace.target, trace.probabilities),
        parts.rows(*told.matrix_table(trace.weights, trace.target, trace.source)),
    )


def build() -> None:
    """Lay out the tab, its first example worked out."""
    translation, figure, sentence, chips, numbers = show(EXAMPLES[0])
    parts.question(QUESTION, READING)
    text, note, asked = parts.french_input(EXAMPLES[0], "Translate", EXAMPLES)
    outputs = [
        gr.Textbox(translation, label="Translation", elem_classes="answer", elem_id="attended"),
        parts.plot(figure, "Where it looked", "spotlight"),
        parts.said(sentence),
        parts.chips(chips, "How sure it was of each word", "sure-attention"),
    ]
    with gr.Accordion("The numbers as a table", open=False):
        outputs.append(parts.table(numbers, "Weights", "weights"))
    parts.code(attention.PARTS)
    parts.redraw(asked, show, [text], note, outputs, "show_attention")
