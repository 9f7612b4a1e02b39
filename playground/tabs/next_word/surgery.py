"""What if the memory were emptied, or one unit of it held?"""

from typing import Any

import gradio as gr

from playground.explain import surgery
from playground.plots import sums_next_word as sums
from playground.plots import told_next_word as told
from playground.plots.before_after import before_after
from playground.tabs.frame import Call, figure, filled
from playground.tabs.next_word.shared import EXAMPLES, MODEL
from playground.tabs.workbench import Built, Change

NAME, TITLE = "surgery", "Memory surgery"
OPERATIONS = [("reset the memory", "reset"), ("zero a unit", "zero"), ("freeze a unit", "freeze")]
SHOWN = 10  # words
LIMITS = (
    "The model was never trained with such a memory: part of the change is that strangeness, not "
    "what the memory held (Hooker et al., 2019, https://arxiv.org/abs/1806.10758)."
)


def show(text: str, model: str, operation: str, word: float, unit: float) -> tuple[dict[str, Any]]:
    """The likeliest words before and after the operation."""
    trace = surgery.explain(text, model, operation, word, unit, nearest=True)
    before, after = trace.before, trace.after
    shares = before.probabilities, after.probabilities, trace.change_bits
    rows = zip(trace.next_words, *(one.tolist() for one in shares), strict=True)
    words = [token.strip() for token in trace.tokens]
    place = words[trace.word - 1]
    done = {
        "reset": f"Memory emptied before “{place}”",
        "zero": f"Unit {trace.unit} at zero since “{place}”",
        "freeze": f"Unit {trace.unit} frozen since “{place}”",
    }[operation]
    value = filled(
        before_after(
            trace.next_words[:SHOWN],
            before.probabilities[:SHOWN],
            after.probabilities[:SHOWN],
            trace.change_bits[:SHOWN],
            words,
            trace.word,
        ),
        told.surgery(
            done,
            trace.divergence_bits,
            (before.entropy_bits, after.entropy_bits),
            (before.perplexity, after.perplexity),
        ),
        (
            ["Next word", "Before", "After", "Change, bits"],
            [[w, f"{old:.8f}", f"{new:.8f}", f"{bits:+.6f}"] for w, old, new, bits in rows],
        ),
        Call("surgery", surgery.explain, (text, model, operation, word, unit, True)),
        sums.surgery(
            trace.next_words[0],
            float(before.probabilities[0]),
            float(after.probabilities[0]),
            float(trace.change_bits[0]),
            trace.divergence_bits,
        ),
    )
    return (value,)


def build() -> Built:
    """Lay it out, the first example worked out."""
    (value,) = show(EXAMPLES[0], MODEL, "reset", 4, 0)
    with gr.Row():
        operation = gr.Radio(OPERATIONS, value="reset", label="Operation", scale=3, min_width=300)
        word = gr.Slider(1, 160, 4, step=1, label="At word", min_width=160)
        unit = gr.Number(
            0, precision=0, minimum=0, label="Unit", min_width=100, elem_id="surgery-unit"
        )
    caption = "The likeliest next words before and after: pick the word to operate at"
    place = figure("surgery", caption, surgery.PARTS, LIMITS, value)
    picks: list[tuple[gr.HTML, Change]] = [(place, lambda key: {"word": int(key)})]
    return Built([place], {"operation": operation, "word": word, "unit": unit}, picks)
