"""How does a list of scores become one word?"""

from collections.abc import Iterator
from typing import Any

import gradio as gr

from playground.explain import choice
from playground.plots import sums_next_word as sums
from playground.plots import told_next_word as told
from playground.plots.stages import stages
from playground.tabs.frame import Call, figure, filled
from playground.tabs.next_word.shared import EXAMPLES, MODEL
from playground.tabs.workbench import Bench, Built

NAME, TITLE = "choose", "From scores to a choice"
WORDS = 20  # that a continuation is long
LIMITS = (
    "Which settings read best depends on the model and the task; likelier text is not better text "
    "(Holtzman et al., 2020, https://arxiv.org/abs/1904.09751)."
)
COLUMNS = ["probability", "temperature", "top k", "top p"]


def show(
    text: str, model: str, temperature: float, top_k: float, top_p: float, seed: float
) -> tuple[dict[str, Any]]:
    """The likeliest words through the stages, and the one that the seed draws."""
    settings = (temperature, top_k, top_p, seed)
    trace = choice.explain(text, model, *settings)
    shares = [trace.probabilities, trace.after_temperature, trace.after_top_k, trace.after_top_p]
    rows = zip(trace.words, trace.logits, *shares, trace.removed_by, strict=True)
    chosen = (trace.chosen, trace.chosen_probability, trace.chosen_place)
    kept = (trace.kept_after_top_k, trace.kept_after_top_p)
    entropies = [f"{bits:.6f}" for bits in trace.entropy_bits.values()]
    drawn = stages(
        trace.words,
        trace.logits,
        dict(zip(COLUMNS, shares, strict=True)),
        trace.removed_by,
        trace.chosen,
    )
    value = filled(
        drawn,
        told.choice(chosen, kept, vars(trace.rules)),
        (
            ["Word", "Score", *COLUMNS, "Removed by"],
            [[word, *(f"{n:.6f}" for n in numbers), rule] for word, *numbers, rule in rows]
            + [["entropy, bits", "", *entropies, ""]],
        ),
        Call("choose", choice.explain, (text, model, *settings)),
        sums.choice(
            trace.words[0],
            float(trace.logits[0]),
            float(trace.probabilities[0]),
            float(trace.after_temperature[0]),
            temperature,
        ),
    )
    return (value,)


def build() -> Built:
    """Lay it out, the first example worked out."""
    (value,) = show(EXAMPLES[0], MODEL, 0.8, 50, 0.95, 1)
    with gr.Row():
        temperature = gr.Slider(
            0, 2, 0.8, step=0.1, label="Temperature", info="0: always the likeliest", min_width=150
        )
        top_k = gr.Slider(1, 100, 50, step=1, label="Top k", info="the likeliest k", min_width=150)
        top_p = gr.Slider(
            0.05, 1, 0.95, step=0.05, label="Top p", info="the fewest that hold p", min_width=150
        )
        seed = gr.Number(
            1, precision=0, minimum=0, label="Seed", info="same seed, same word", min_width=120
        )
    place = figure(
        "stages", "From scores to a choice: the framed word is drawn", choice.PARTS, LIMITS, value
    )
    with gr.Row(equal_height=True):
        written = gr.Textbox(label="Written on", lines=2, elem_id="written", scale=4)
        write = gr.Button("Write on", variant="primary", scale=0, min_width=120)
        stop = gr.Button("Stop", scale=0, min_width=90)
    settings = {"temperature": temperature, "top_k": top_k, "top_p": top_p, "seed": seed}
    return Built([place], settings, [], {"write": write, "stop": stop, "written": written})


def go_on(text: str, model: str, *settings: float) -> Iterator[tuple[str, Any]]:
    """A notice, and the text as it is written on, word by word."""
    try:
        for words in choice.continue_text(text, model, WORDS, *settings):
            yield "", text.rstrip() + words
    except ValueError as error:
        yield str(error), gr.skip()


def connect(bench: Bench) -> None:
    """Let the buttons write and stop."""
    built = bench.built[NAME]
    inputs = [bench.inputs["text"], bench.inputs["model"], *built.settings.values()]
    writing = built.controls["write"].click(
        go_on,
        inputs,
        [bench.note, built.controls["written"]],
        show_progress="minimal",
        api_visibility="private",
        api_name="go_on",
    )
    built.controls["stop"].click(None, cancels=[writing], api_visibility="private", api_name="stop")
