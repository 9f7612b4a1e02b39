"""What comes next, and what does the model remember?"""

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

import gradio as gr

from playground.explain import next_word
from playground.explain.next_word import Trace, continue_text
from playground.plots import told
from playground.plots.bars import bars
from playground.plots.chips import surprisal_chips
from playground.plots.figure import to_json
from playground.plots.heatmap import memory
from playground.tabs import parts

TITLE = "Next word"
QUESTION = "What comes next, and what does the model remember?"
READING = (
    "Two networks of the same size read your words one by one and guess the next: a plain RNN, "
    "which rewrites its whole memory at each word, and a gated one (GRU), which can keep it. The "
    "more colour a word has, the more bits of surprise it was; each bit halves its probability. "
    "⟨unknown⟩ is any word outside the vocabulary (dashed where you typed one), ⟨end⟩ the text's "
    "end."
)
EXAMPLES = [
    "Once upon a time there was a",
    "The children who live next door to my sister are",
    "She opened the door and saw",
    "I'd like a cup of",
]
NAMES = {"rnn": "Plain RNN", "gru": "Gated RNN (GRU)"}
WORDS = 20  # that a continuation is long


def show(text: str) -> tuple[Any, ...]:
    """Both models on the text: for each its chips, its bars, their sentences, its memory."""
    traces = [next_word.explain(text, model) for model in NAMES]
    longest = max(float(trace.next_probabilities[0]) for trace in traces)
    return tuple(output for trace in traces for output in one(trace, longest))


def one(trace: Trace, longest: float) -> tuple[Any, ...]:
    """One model's outputs; `longest` is the probability that the bars' axis reaches to."""
    surprise = told.most_surprising(
        trace.tokens, trace.surprisal_bits, trace.known, trace.perplexity
    )
    words = [token.strip() for token in trace.tokens]
    return (
        surprisal_chips(trace.tokens, trace.surprisal_bits, trace.known),
        parts.drawn(to_json(bars(trace.next_words, trace.next_probabilities, longest))),
        told.likeliest(trace.next_words, trace.next_probabilities),
        surprise,
        parts.drawn(to_json(memory(trace.memory, words))),
    )


def go_on(
    text: str, temperature: float, top_k: float, top_p: float, seed: float
) -> Iterator[tuple[Any, ...]]:
    """Both models go on with the text, word by word."""
    try:
        writers = [
            continue_text(text, model, WORDS, temperature, top_k, top_p, seed) for model in NAMES
        ]
        written = [""] * len(NAMES)
        for more in zip_longest(*writers):
            written = [new or old for new, old in zip(more, written, strict=True)]
            yield ("", *(text.rstrip() + words for words in written))
    except ValueError as error:
        yield (str(error), *[gr.skip()] * len(NAMES))


def build() -> None:
    """Lay out the tab, its first example worked out."""
    values = iter(show(EXAMPLES[0]))
    parts.question(QUESTION, READING)
    with gr.Row():
        text = parts.sentence_box("Your words, in English", EXAMPLES[0])
    note = parts.notice()
    parts.examples(EXAMPLES, text)
    heads, memories = [], []
    with gr.Row():
        for model, name in NAMES.items():
            with gr.Column(min_width=320):
                gr.Markdown(f"### {name}")
                heads += [
                    parts.chips(next(values), "Surprise at each word, in bits", f"chips-{model}"),
                    parts.plot(next(values), "The likeliest next words", f"next-{model}"),
                    parts.said(next(values)),
                    parts.said(next(values)),
                ]
                with gr.Accordion("Its memory after each word", open=True):
                    gr.Markdown(
                        "A column a word, a row a unit of the memory, those that change most: "
                        "blue is positive, orange negative, from -1 to 1."
                    )
                    heads.append(parts.plot(next(values), "Memory", f"memory-{model}"))
    with gr.Accordion("Let both go on writing", open=True):
        with gr.Row():
            temperature = gr.Slider(0, 2, 0.8, step=0.1, label="Temperature", info="0: no chance")
            top_k = gr.Slider(1, 100, 50, step=1, label="Top k", info="words to choose from")
            top_p = gr.Slider(0.05, 1, 0.95, step=0.05, label="Top p", info="their probability")
            seed = gr.Number(
                1, precision=0, minimum=0, label="Seed", info="the same again for the same seed"
            )
        with gr.Row():
            write = gr.Button("Write", variant="primary")
            stop = gr.Button("Stop")
        with gr.Row():
            for model, name in NAMES.items():
                memories.append(gr.Textbox(label=name, lines=3, elem_id=f"written-{model}"))
    parts.code(next_word.PARTS)
    parts.redraw([text.change, text.submit], show, [text], note, heads, "show_next_word")
    writing = write.click(
        go_on,
        [text, temperature, top_k, top_p, seed],
        [note, *memories],
        show_progress="minimal",
        api_visibility="private",
        api_name="go_on",
    )
    stop.click(None, cancels=[writing], api_visibility="private", api_name="stop")
