"""A field to type a guess in, for those who want no choices."""

import gradio as gr

from playground.page.controls import PRIVATE, Place

KEY = """(word, game) => {
  let guesses = [[]];
  try { guesses = JSON.parse(game)[1]; } catch {}
  return `${guesses.length - 1}.${guesses.at(-1).length}:${word}`;
}"""
"""The same key as a picked choice has: which guess it is, and the word."""


def build(place: Place) -> None:
    """Lay the field and its button out; it is emptied once a guess is made."""
    typed = gr.Textbox(label="Your guess", max_lines=1, elem_id="guess-typed", scale=3)
    button = gr.Button("Guess", variant="primary", scale=0, min_width=120)
    place.picks([typed.submit, button.click], "turn", [typed, place.input("game")], KEY)
    place.act.change(None, None, typed, js="() => ''", **PRIVATE)
