"""Which word matters now?"""

import gradio as gr

from playground.tabs import link, parts, workbench
from playground.tabs.attention import align, elsewhere, long, score, spotlight
from playground.tabs.attention.shared import EXAMPLES

NAME, TITLE = "attention", "Attention"
QUESTION = "Which word matters now?"
READING = (
    "Before this recurrent network writes an English word, it scores every French word, and the "
    "scores become shares that sum to 1: its spotlight. A dot (·) marks a piece that continues a "
    "word."
)


def build() -> workbench.Bench:
    """Lay out the tab, its first example worked out."""
    parts.question(QUESTION, READING)
    text, note, asked = parts.french_input(EXAMPLES[0], "Translate", EXAMPLES)
    merged = gr.Checkbox(
        False,
        label="Whole words (in the spotlight and the alignment)",
        container=False,
        elem_id="whole-words",
    )
    shared = {"text": text, "merged": merged}
    instruments = (spotlight, score, elsewhere, align, long)
    bench = workbench.bench(NAME, shared, note, instruments, [*asked, merged.input])
    link.button(bench)
    return bench
