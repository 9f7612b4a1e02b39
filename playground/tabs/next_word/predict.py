"""What comes next, and how surprising was what came?"""

from typing import Any

import gradio as gr

from playground.explain import next_word
from playground.explain.next_word import Trace
from playground.plots import sums_next_word as sums
from playground.plots import told_next_word as told
from playground.plots.branches import branches
from playground.plots.figure import percent
from playground.plots.next_words import next_words
from playground.plots.word_boxes import word_boxes
from playground.tabs import workbench
from playground.tabs.frame import Call, figure, filled
from playground.tabs.next_word import tree
from playground.tabs.next_word.shared import EXAMPLES, MODEL, SMALL
from playground.tabs.workbench import Bench, Built

NAME, TITLE = "predict", "Predict"
LIMITS = "The likeliest word is a habit of the texts that the model read, not a fact. " + SMALL


def show(
    text: str, model: str, kept: str, picked: str
) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any], str]:
    """The surprise of each word, the likeliest next ones, the texts tried, and what to keep."""
    trace = next_word.explain(text, model)
    call = Call("next_word", next_word.explain, (text, model))
    grown, here = tree.grown(tree.parsed(kept), text, picked)
    tried = [[str(n), one] for n, one in enumerate(grown.texts, start=1)]
    return (
        surprise(trace, call),
        following(trace, call),
        filled(
            branches(grown.parents, grown.words(), grown.texts, here),
            told.branches(grown.texts, here),
            (["", "Text"], tried),
            call,
        ),
        grown.to_json(),
    )


def surprise(trace: Trace, call: Call) -> dict[str, Any]:
    """Each word by its surprisal."""
    bits = trace.surprisal_bits
    rows = zip(trace.tokens, bits.tolist(), trace.known, strict=True)
    return filled(
        word_boxes(trace.tokens, bits, trace.known),
        told.surprise(
            trace.tokens, bits, trace.known, trace.perplexity, trace.perplexity_ended
        ),
        (
            ["Word", "Surprisal, bits", "In the vocabulary"],
            [[w.strip(), f"{b:.6f}", "yes" if known else "no"] for w, b, known in rows]
            + [["⟨end⟩, if it ended here", f"{trace.end_bits:.6f}", "yes"]],
        ),
        call,
        sums.perplexity(bits, trace.perplexity, trace.end_bits, trace.perplexity_ended),
    )  # fmt: skip


def following(trace: Trace, call: Call) -> dict[str, Any]:
    """The likeliest next words; picking one tells the text with it."""
    words, probabilities = trace.next_words, trace.next_probabilities
    return filled(
        next_words(words, probabilities, trace.continuations),
        told.likeliest(words, probabilities, trace.entropy_bits),
        (
            ["Word", "Probability", "Exact"],
            [
                [word, percent(probability), f"{probability:.8f}"]
                for word, probability in zip(words, probabilities.tolist(), strict=True)
            ],
        ),
        call,
        sums.entropy(words, probabilities, trace.entropy_bits),
    )


def build() -> Built:
    """Lay it out, the first example worked out."""
    surprised, expected, tried, kept = show(EXAMPLES[0], MODEL, "", "")
    tree_kept = gr.Textbox(kept, label="Tree", visible="hidden", elem_id="predict-tree")
    picked = gr.Textbox("", label="Picked", visible="hidden", elem_id="predict-picked")
    with gr.Row():
        with gr.Column(min_width=320):
            places = [
                figure("surprise", "Surprise at each word, in bits", next_word.PARTS, SMALL,
                       surprised),
            ]  # fmt: skip
            back = gr.Button("Step back one word", size="sm")
            tries = figure("branches", "The texts tried", next_word.PARTS, "", tried)
        with gr.Column(min_width=320):
            caption = "The likeliest next words: pick one to go on with it"
            places += [figure("next", caption, next_word.PARTS, LIMITS, expected), tries]
    return Built(
        [*places, tree_kept],
        {"tree": tree_kept, "picked": picked},
        [(places[1], pick), (tries, pick)],
        {"back": back},
    )


def pick(text: str) -> dict[str, Any]:
    """A text was picked: a word's, or one that was tried."""
    return {"text": text, "picked": text}


def connect(bench: Bench) -> None:
    """Let the button take the last word away."""

    def step_back(text: str, model: str) -> dict[str, Any]:
        return {"text": next_word.step_back(text, model)}

    given = [bench.inputs["text"], bench.inputs["model"]]
    workbench.act(bench, NAME, [bench.built[NAME].controls["back"].click], given, step_back)
