"""What every tab has in the same place: its question, its words, its answer, its code."""

from collections.abc import Callable, Sequence
from typing import Any

import gradio as gr
from gradio.components.plot import PlotData

from playground import theme
from playground.explain import models

NOTICE = '{{#if value}}<p class="notice" role="alert">{{value}}</p>{{/if}}'
NOTICE_CSS = """
.notice { margin: 0; padding: 0.5rem 0.75rem; border-left: 4px solid #d97706;
  color: var(--body-text-color); background: rgba(217, 119, 6, 0.12); overflow-wrap: anywhere; }
"""
SAID_CSS = "p { margin: 0; color: var(--body-text-color); overflow-wrap: anywhere; }"


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


def notice() -> gr.HTML:
    """The place of a sentence that says what to do about bad input; empty otherwise."""
    return gr.HTML(
        "",
        html_template=NOTICE,
        css_template=NOTICE_CSS,
        js_on_load=None,
        elem_classes="notice-place",
    )


def said(value: str) -> gr.HTML:
    """A sentence that tells what the figure above it shows."""
    template = '<p aria-live="polite">{{value}}</p>'
    return gr.HTML(value, html_template=template, css_template=SAID_CSS, js_on_load=None)


def chips(value: list[dict[str, Any]], caption: str, name: str) -> gr.HTML:
    """Words in a row, shaded by a number each."""
    return gr.HTML(
        value,
        html_template=theme.CHIPS_TEMPLATE,
        css_template=theme.CHIPS_CSS,
        js_on_load=None,
        caption=caption,
        elem_id=name,
    )


def plot(value: PlotData, label: str, name: str) -> gr.Plot:
    """A figure under its name."""
    gr.Markdown(label, elem_classes="figure-name")
    return gr.Plot(value, label=label, show_label=False, container=False, elem_id=name)


def drawn(figure_json: str) -> PlotData:
    """A figure for `gr.Plot`."""
    return PlotData(type="plotly", plot=figure_json)


def table(value: dict[str, Any], label: str, name: str) -> gr.HTML:
    """Numbers as text."""
    return gr.HTML(
        value,
        html_template=theme.TABLE_TEMPLATE,
        css_template=theme.TABLE_CSS,
        js_on_load=None,
        caption=label,
        elem_id=name,
    )


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
