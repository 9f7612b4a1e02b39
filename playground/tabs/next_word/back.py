"""Which earlier words does a prediction rest on?"""

from typing import Any

import gradio as gr

from playground.explain import look_back
from playground.plots import sums_next_word as sums
from playground.plots import told_next_word as told
from playground.plots.two_ways import two_ways
from playground.tabs.frame import Call, figure, filled
from playground.tabs.next_word.shared import EXAMPLES, MODEL
from playground.tabs.workbench import Built

NAME, TITLE = "back", "Look back"
WAYS = ("gradient × input", "left out")
LIMITS = (
    "Neither way proves a cause: a gradient holds for tiny steps only, and a sentence without one "
    "of its words is one that the model rarely met (Li et al., 2016, "
    "https://arxiv.org/abs/1612.08220), so the two can disagree."
)


def show(text: str, model: str, word: str) -> tuple[dict[str, Any]]:
    """What each word did for the prediction, asked in two ways."""
    trace = look_back.explain(text, model, word)
    values = trace.gradient, trace.left_out
    rows = zip(trace.tokens, *(one.tolist() for one in values), strict=True)
    value = filled(
        two_ways(trace.tokens, *values, WAYS, trace.likeliest, trace.word),
        told.look_back(
            trace.tokens,
            (trace.word, trace.probability),
            values,
            (trace.rank_correlation, trace.disagreement),
        ),
        (
            ["Word", f"{WAYS[0]}, bits", f"{WAYS[1]}, bits"],
            [[token.strip(), f"{one:+.6f}", f"{other:+.6f}"] for token, one, other in rows],
        ),
        Call("look_back", look_back.explain, (text, model, word)),
        sums.look_back(
            trace.word, trace.tokens[-1].strip(), float(values[0][-1]), float(values[1][-1])
        ),
    )
    return (value,)


def build() -> Built:
    """Lay it out, the first example worked out."""
    (value,) = show(EXAMPLES[0], MODEL, "")
    word = gr.Textbox(
        "",
        label="The word to look back from (empty: the likeliest)",
        placeholder="any word of the vocabulary",
        max_lines=1,
        elem_id="back-word",
    )
    caption = "What each word did for it, in bits: upwards for it, downwards against it"
    place = figure("back", caption, look_back.PARTS, LIMITS, value)
    return Built([place], {"word": word}, [(place, lambda key: {"word": key})])
