"""Two buttons: let the model write on, word by word, and stop it."""

from collections.abc import Iterator
from typing import Any

import gradio as gr

from playground.next_word.choose import INSTRUMENT
from playground.next_word.choose.explain import continue_text
from playground.page.controls import Place

WORDS = 20  # that a continuation is long


def build(place: Place) -> None:
    """Lay the buttons and what is written out."""
    written = gr.Textbox(label="Written on", lines=2, elem_id="written", scale=4)
    write = gr.Button("Write on", variant="primary", scale=0, min_width=120)
    stop = gr.Button("Stop", scale=0, min_width=90)

    def go_on(text: str, model: str, **rules: Any) -> Iterator[dict[Any, Any]]:
        try:
            for words in continue_text(text, model, WORDS, **rules):
                yield {written: text.rstrip() + words}
        except ValueError as error:
            yield place.says(str(error))

    names = ["text", "model", "as_typed", *(setting.name for setting in INSTRUMENT.settings)]
    writing = write.click(
        go_on,
        inputs_kwargs={name: place.input(name) for name in names},
        outputs=[place.note, written],
        show_progress="minimal",
        api_visibility="private",
        api_name="go_on",
    )
    stop.click(None, cancels=[writing], api_visibility="private", api_name="stop")
