"""How does a machine choose a translation?"""

from typing import Any

import gradio as gr

from playground.explain import translation
from playground.plots import told
from playground.plots.chips import probability_chips
from playground.plots.figure import to_json
from playground.plots.heatmap import spotlight
from playground.plots.search import best_table, search_table
from playground.tabs import parts

NAME = "translation"
TITLE = "Translation"
QUESTION = "How does a machine choose a translation?"
READING = (
    "Greedy decoding takes the likeliest word at each step; beam search keeps several beginnings "
    "alive and ends with the best whole sentence. A score is the log-probability divided by the "
    "length to the power of the length penalty: 0 favours short translations, more favours long "
    "ones. The chips say how sure the model was of each word."
)
EXAMPLES = [
    "Je t'aime.",
    "Il pleut depuis ce matin.",
    "Si j'avais su, je serais venu plus tôt.",
    "Ma sœur travaille dans une librairie près de la gare.",
]
MODELS = [("Transformer", "transformer"), ("Recurrent with attention", "attention")]


def show(text: str, model: str, beam_width: float, length_penalty: float) -> tuple[Any, ...]:
    """Both translations, the chosen one's words, the n best, cross-attention, the whole search."""
    trace = translation.explain(text, model, beam_width, length_penalty)
    figure = spotlight(trace.attention, trace.target, trace.source)
    return (
        trace.greedy.text,
        trace.translation,
        probability_chips(trace.target, trace.probabilities),
        parts.rows(*best_table(trace.candidates)),
        parts.drawn(to_json(figure)),
        told.strongest(trace.attention, trace.target, trace.source),
        parts.rows(*search_table(trace.steps)),
    )


def build() -> None:
    """Lay out the tab, its first example worked out."""
    greedy, best, chips, candidates, figure, sentence, search = show(
        EXAMPLES[1], "transformer", 4, 1.0
    )
    parts.question(QUESTION, READING)
    text, note, asked = parts.french_input(EXAMPLES[1], "Translate", EXAMPLES)
    with gr.Row():
        model = gr.Radio(MODELS, value="transformer", label="Model")
        beam_width = gr.Slider(1, translation.WIDEST, 4, step=1, label="Beam width")
        length_penalty = gr.Slider(0, 2, 1, step=0.1, label="Length penalty")
    with gr.Row():
        outputs: list[Any] = [
            gr.Textbox(greedy, label="Greedy", elem_classes="answer", elem_id="greedy"),
            gr.Textbox(best, label="Beam search", elem_classes="answer", elem_id="beam"),
        ]
    outputs += [
        parts.chips(chips, "How sure it was of each word", "sure-translation"),
        parts.named_table(candidates, "The best translations", "best"),
        parts.plot(figure, "Where it looked", "cross"),
        parts.said(sentence),
    ]
    gr.Markdown("For the Transformer this is the mean over the heads of its last layer.")
    with gr.Accordion("The whole search, step by step", open=False):
        outputs.append(parts.table(search, "Candidates", "search"))
    parts.code(translation.PARTS)
    settings = [model, beam_width, length_penalty]
    asked += [setting.input for setting in settings]
    parts.redraw(asked, show, [text, *settings], note, outputs, "show_translation")
