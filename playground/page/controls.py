"""The control of each kind of setting, and which of its events ask for an answer."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import singledispatch
from typing import Any

import gradio as gr

from playground.page import parts
from playground.settings import Choice, Number, Setting, Text, Toggle

Component = Any


@singledispatch
def control(setting: Setting, _: str) -> Component:
    """The component of a setting, given the name that it has in a link."""
    raise TypeError(f"{type(setting).__name__} is no kind of setting that has a control")


@control.register
def choice(setting: Choice, name: str) -> Component:
    """Its choices side by side."""
    choices = [(label, value) for value, label in setting.labels.items()]
    return gr.Radio(choices, min_width=width(setting), scale=3, **common(setting, name))


def width(setting: Choice) -> int:
    """The pixels that its choices take side by side, or as many as a phone has."""
    return min(320, sum(56 + 9 * len(label) for label in setting.labels.values()))


@control.register
def number(setting: Number, name: str) -> Component:
    """A slider, or a field."""
    if setting.slider:
        made = gr.Slider(
            setting.least, setting.most, step=setting.step, min_width=160, **common(setting, name)
        )
        if setting.played:
            play = gr.Button("Play", scale=0, min_width=90, elem_classes="play")
            play.click(None, None, None, js=f"() => window.playground.play('{made.elem_id}')",
                       **PRIVATE)  # fmt: skip
        return made
    return gr.Number(
        minimum=setting.least,
        maximum=setting.most,
        precision=0 if setting.step == 1 else None,
        min_width=140,
        **common(setting, name),
    )


@control.register
def toggle(setting: Toggle, name: str) -> Component:
    """A box to tick."""
    return gr.Checkbox(container=False, min_width=160, **common(setting, name))


@control.register
def text(setting: Text, name: str) -> Component:
    """Lines to type in."""
    return gr.Textbox(
        placeholder=setting.placeholder,
        lines=setting.lines,
        max_lines=1 if setting.lines == 1 else 2 * setting.lines,
        min_width=200,
        **common(setting, name),
    )


def common(setting: Setting, name: str) -> dict[str, Any]:
    """What every control is given."""
    return {
        "value": setting.first,
        "label": setting.label,
        "info": setting.info or None,
        "visible": "hidden" if setting.hidden else True,
        "render": not setting.apart,
        "elem_id": f"{name.replace('.', '-').replace('_', '-')}-setting",
    }


def asking(component: Component) -> list[Any]:
    """The events by which a person changes a setting; none for a hidden one, which picks change.

    The `input` of a Textbox tells of pressed keys, but not of what is pasted or erased; that of a
    Slider not of its button that takes it back, which `release` tells of. (Its `change` comes once
    more when the page is opened.)
    """
    if component.visible == "hidden":
        return []
    if isinstance(component, gr.Slider):
        return [component.input, component.release]
    return [component.change if isinstance(component, gr.Textbox) else component.input]


@dataclass(frozen=True)
class Place:
    """What a room's `controls.py` is given: `build(place)` adds what the contract has no kind for.

    It stands under the figures; what `above(place)` adds, if there is that, stands over them, and
    what it returns is handed to `build` as well.

    inputs: those of the whole tab, by their names in a link. note: where a sentence stands.
    """

    inputs: Mapping[str, Component]
    note: gr.HTML
    act: gr.Textbox
    view: str

    def input(self, name: str) -> Component:
        """An input of the tab, or a setting of the instrument."""
        return self.inputs[name if name in self.inputs else f"{self.view}.{name}"]

    def says(self, sentence: str) -> dict[Component, Any]:
        """What a handler answers to say a sentence under the text; it names `note` an output."""
        return {self.note: parts.noticed(sentence)}

    def picks(
        self, events: Sequence[Any], figure: str, given: Sequence[Component], key: str
    ) -> None:
        """Let events pick a mark that is not drawn.

        key: a JavaScript function from the values of `given` to the mark's key in `figure`.
        """
        gr.on(events, None, list(given), self.act, js=acted(self.view, figure, key), **PRIVATE)


PROGRESS = """
{{#if value.count}}<p class="progress">
<progress max="{{value.count}}" value="{{value.done}}"></progress>
<span role="status">{{value.told}}</span></p>{{/if}}
"""


def progress_bar(name: str) -> gr.HTML:
    """How far something long is; nothing before it begins. Its values are `progressed`."""
    return parts.filled(progressed(0, 0, ""), PROGRESS, elem_id=name)


def progressed(done: int, count: int, told: str) -> dict[str, Any]:
    """So much of the whole is done, and how that is told."""
    return {"done": done, "count": count, "told": told}


def acted(view: str, figure: str, key: str) -> str:
    """The JavaScript that tells the listener of a pick; each one has another number."""
    names = json.dumps({"view": view, "figure": figure})
    return f"(...given) => window.playground.act({{...{names}, key: String(({key})(...given))}})"


PRIVATE: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
"""What an event of the page's own is given: no progress is shown, the API does not list it."""


def quiet(note: gr.HTML) -> dict[str, Any]:
    """PRIVATE, for an event that answers.

    Gradio's page copies all components that could show progress, and all within them, at each stage
    of each event; so a small one is named, or every figure opened so far would be copied.
    """
    return {**PRIVATE, "show_progress_on": [note]}
