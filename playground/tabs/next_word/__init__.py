"""What comes next, and what does the model remember?"""

import gradio as gr

from playground.tabs import link, parts, workbench
from playground.tabs.next_word import choose, guess, predict
from playground.tabs.next_word.shared import EXAMPLES, MODEL, choices

NAME = "next-word"
TITLE = "Next word"
QUESTION = "What comes next, and what does the model remember?"
READING = (
    "A network reads your words into a memory and says how likely each next word is. ⟨unknown⟩: "
    "any word outside its vocabulary; ⟨end⟩: the text's end."
)


def build() -> workbench.Bench:
    """Lay out the tab, its first example worked out."""
    parts.question(QUESTION, READING)
    with gr.Row(equal_height=True):
        text = parts.sentence_box("Your words, in English", EXAMPLES[0])
        model = gr.Radio(
            choices(), value=MODEL, label="Model", show_label=False, container=False, scale=1,
            min_width=300, elem_id="next-word-model",
        )  # fmt: skip
    note = parts.notice()
    parts.examples(EXAMPLES, text)
    instruments = (predict, choose, guess)
    asked = [text.change, text.submit, model.input]
    bench = workbench.bench(NAME, {"text": text, "model": model}, note, instruments, asked)
    for instrument in (predict, choose, guess):
        instrument.connect(bench)
    link.button(bench)
    return bench
