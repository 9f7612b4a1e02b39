"""Why did it look there?"""

from typing import Any

import gradio as gr

from playground.explain import score
from playground.plots import sums_attention as sums
from playground.plots import told_attention
from playground.plots.figure import percent
from playground.plots.score import score as score_drawing
from playground.plots.terms import HEADERS, numbers
from playground.plots.terms import terms as terms_drawing
from playground.tabs.attention.shared import EXAMPLES
from playground.tabs.frame import Call, figure, filled
from playground.tabs.workbench import Built

NAME, TITLE = "score", "Inside the score"
LIMITS = (
    "A unit has no meaning that a person gave it; these numbers say how the score was made, not "
    "what the model knows (Jain and Wallace, 2019, https://arxiv.org/abs/1902.10186)."
)


def show(
    text: str, merged: bool, target: float, source: float
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The scores of all source pieces for one target piece, and the terms of one score."""
    trace = score.explain(text, target, source, nearest=True)
    row, column = trace.target_position - 1, trace.source_position - 1
    call = Call("score", score.explain, (text, trace.target_position, trace.source_position))
    source_words, scores, weights = trace.source, trace.scores, trace.weights
    chosen = trace.source[column]
    return (
        filled(
            score_drawing(trace.target, source_words, scores, weights, (row, column)),
            told_attention.score(trace.target[row], source_words, scores, weights),
            (
                ["Word", "Score", "Weight", "Weight, exact"],
                [
                    [word, f"{value:.6f}", percent(weight), f"{weight:.6g}"]
                    for word, value, weight in zip(source_words, scores, weights, strict=True)
                ],
            ),
            call,
            sums.score(source_words, scores, weights, column)
            + sums.context(trace.weights, trace.encoder_outputs, trace.context),
        ),
        filled(
            terms_drawing(trace.units, trace.rest),
            told_attention.terms(chosen, trace.units, trace.rest),
            (
                HEADERS,
                [
                    *([str(u.unit), *(f"{n:.6f}" for n in numbers(u))] for u in trace.units),
                    ["all others", *[""] * (len(HEADERS) - 2), f"{trace.rest:.6f}"],
                ],
            ),
            call,
            sums.terms(chosen, trace.units, trace.rest),
        ),
    )


def change(key: str) -> dict[str, Any]:
    """A word was picked: a target word, "t" and its place, or a source word, "s" and its place."""
    return {"target" if key.startswith("t") else "source": int(key[1:]) + 1}


def build() -> Built:
    """Lay it out, the first example worked out."""
    scores, terms = show(EXAMPLES[0], False, 1, 1)
    with gr.Row():
        target = gr.Number(1, precision=0, minimum=1, label="English piece, by its place")
        source = gr.Number(1, precision=0, minimum=1, label="French piece, by its place")
    places = [
        figure(
            "score",
            "The score of each French piece for the English one about to be written",
            score.PARTS,
            LIMITS,
            scores,
        ),
        figure(
            "terms", "The score of the chosen French piece, term by term", score.TERMS, "", terms
        ),
    ]
    return Built(places, {"target": target, "source": source}, [(places[0], change)])
