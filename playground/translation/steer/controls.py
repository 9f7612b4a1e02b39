"""A field for a word of one's own at the picked place."""

import gradio as gr

from playground.page.controls import PRIVATE, Place
from playground.translation.steer import WORD


def build(place: Place) -> None:
    """Lay the field and its button out; it is emptied once its word is taken."""
    typed = gr.Textbox(label=WORD.label, max_lines=1, elem_id="steer-typed", scale=3)
    button = gr.Button("Put it there", scale=0, min_width=150)
    place.picks([typed.submit, button.click], "instead", [typed], "(word) => `word:${word}`")
    place.act.change(None, None, typed, js="() => ''", **PRIVATE)
