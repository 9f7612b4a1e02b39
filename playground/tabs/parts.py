"""What every tab has in the same place: its question, its words, its answer, its code."""

from abc import ABCMeta
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import gradio as gr
from gradio.components.plot import PlotData

from playground import theme
from playground.explain import models

NOTICE = '{{#if value}}<p class="notice" role="alert">{{value}}</p>{{/if}}'
NOTICE_CSS = """
.notice { margin: 0; padding: 0.5rem 0.75rem; border-left: 4px solid #d97706;
  color: var(--body-text-color); background: rgba(217, 119, 6, 0.12); overflow-wrap: anywhere; }
"""
SAID = '<p aria-live="polite">{{value}}</p>'
SAID_CSS = "p { margin: 0; color: var(--body-text-color); overflow-wrap: anywhere; }"


class Input(NamedTuple):
    """A tab's text, the place of its notice, and the events that ask for an answer."""

    text: gr.Textbox
    note: gr.HTML
    asked: list[Any]


def question(title: str, reading: str) -> None:
    """The question of the tab, and two or three sentences on how to read its answer."""
    gr.Markdown(f"## {title}\n\n{reading}", elem_classes="question")


def sentence_box(label: str, value: str) -> gr.Textbox:
    """The place where a person types."""
    return gr.Textbox(
        value,
        label=label,
        show_label=False,
        container=False,
        placeholder=label,
        max_lines=4,
        elem_classes="sentence",
        scale=1,
        min_width=280,
    )


def examples(sentences: Sequence[str], text: gr.Textbox) -> None:
    """Sentences to click."""
    gr.Examples([[s] for s in sentences], [text], label="Examples")


def french_input(value: str, action: str, sentences: Sequence[str]) -> Input:
    """What a tab that reads French begins with; its button says `action`."""
    with gr.Row():
        text = sentence_box("Your sentence, in French", value)
        run = gr.Button(action, variant="primary", scale=0, min_width=140)
    note = notice()
    examples(sentences, text)
    return Input(text, note, [run.click, text.submit, text.change])


def literal(value: Any) -> Any:
    """A JSON value with all its texts as the inside of a JavaScript template literal."""
    if isinstance(value, str):
        return value.replace("\\", r"\\").replace("${", r"\${")
    if isinstance(value, dict):
        return {key: literal(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [literal(part) for part in value]
    return value


def html_that(postprocess: Callable[[Any], Any]) -> type[gr.HTML]:
    """The class of `gr.HTML` whose values, first and later ones, go out through `postprocess`.

    A class, for Gradio makes a component anew, from its class and arguments alone, for each answer
    that leaves it as it is. Made past Gradio's metaclass, which would write a stub file here.
    """
    members = {"postprocess": lambda self, value: postprocess(value)}
    return ABCMeta.__new__(type(gr.HTML), "HTML", (gr.HTML,), members)


FILLED = html_that(literal)


def filled(value: Any, template: str, css: str, **more: Any) -> gr.HTML:
    """A template filled with a value, everything in it escaped, and no script.

    Gradio fills it twice: by Handlebars, which escapes markup, then by JavaScript, which would run
    what stands in "${...}" and take away backslashes; so each value goes in as a `literal`.
    """
    return FILLED(value, html_template=template, css_template=css, js_on_load=None, **more)


def notice() -> gr.HTML:
    """The place of a sentence that says what to do about bad input; empty otherwise."""
    return filled("", NOTICE, NOTICE_CSS, elem_classes="notice-place")


def said(value: str) -> gr.HTML:
    """A sentence that tells what the figure above it shows."""
    return filled(value, SAID, SAID_CSS)


def chips(value: list[dict[str, Any]], caption: str, name: str) -> gr.HTML:
    """Words in a row, shaded by a number each."""
    return filled(value, theme.CHIPS_TEMPLATE, theme.CHIPS_CSS, caption=caption, elem_id=name)


def plot(value: PlotData, label: str, name: str) -> gr.Plot:
    """A figure under its name."""
    gr.Markdown(label, elem_classes="figure-name")
    return gr.Plot(value, label=label, show_label=False, container=False, elem_id=name)


def drawn(figure_json: str) -> PlotData:
    """A figure for `gr.Plot`."""
    return PlotData(type="plotly", plot=figure_json)


def table(value: dict[str, Any], label: str, name: str) -> gr.HTML:
    """Numbers as text."""
    return filled(value, theme.TABLE_TEMPLATE, theme.TABLE_CSS, caption=label, elem_id=name)


def named_table(value: dict[str, Any], label: str, name: str) -> gr.HTML:
    """A `table` under its name."""
    gr.Markdown(label, elem_classes="figure-name")
    return table(value, label, name)


def rows(headers: Sequence[str], body: list[list[str]]) -> dict[str, Any]:
    """The value of a `table`."""
    return {"headers": list(headers), "body": body}


def code(parts: Sequence[type | Callable[..., Any]]) -> None:
    """The classes that compute the tab's figures, as they run."""
    names = ", ".join(part.__name__ for part in parts)
    with gr.Accordion(f"The code that computes this: {names}", open=False):
        for part in parts:
            name, source = models.code(part)
            gr.Code(source, language="python", label=name, interactive=False)


def redraw(
    events: Sequence[Any],
    show: Callable[..., tuple[Any, ...]],
    inputs: Sequence[Any],
    note: gr.HTML,
    outputs: Sequence[Any],
    name: str,
) -> None:
    """Show the answer anew at each event; while one is computed, only the last to come waits."""
    gr.on(
        events,
        answered(show, len(outputs)),
        inputs,
        [note, *outputs],
        trigger_mode="always_last",
        api_name=name,
        **quiet(note),
    )


def quiet(note: gr.HTML) -> dict[str, Any]:
    """What an event of the page's own is given: no progress is shown, the API does not list it.

    Gradio's page copies all components that could show progress, and all within them, at each stage
    of each event; so a small one is named, or every figure opened so far would be copied.
    """
    return {"show_progress": "hidden", "show_progress_on": [note], "api_visibility": "private"}


def answered(show: Callable[..., tuple[Any, ...]], outputs: int) -> Callable[..., tuple[Any, ...]]:
    """`show`, with a notice before its outputs: bad input leaves the last answer on the page."""

    def handler(*inputs: Any) -> tuple[Any, ...]:
        try:
            return ("", *show(*inputs))
        except ValueError as error:
            return (str(error), *[gr.skip()] * outputs)

    return handler


def endpoint(explain: Callable[..., Any]) -> Callable[..., Any]:
    """Run `explain` for the API: its trace as JSON, bad input as an error with its sentence."""

    def run(*inputs: Any) -> Any:
        try:
            return explain(*inputs).to_json()
        except ValueError as error:
            raise gr.Error(str(error), print_exception=False) from error

    return run
