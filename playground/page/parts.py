"""What every tab has in the same place: its question, its sentence, its notice, its examples."""

from abc import ABCMeta
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import gradio as gr

from playground.settings import Setting

NOTICE = """
{{#if value.notice}}<p class="notice" role="alert">{{value.notice}}</p>{{/if}}
{{#if value.stale}}<p class="noted stale">The figures are of what was asked before.</p>{{/if}}
{{#each value.notes}}<p class="noted">{{this}}</p>{{/each}}
"""


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
    members = {"postprocess": lambda _, value: postprocess(value)}
    made: type[gr.HTML] = ABCMeta.__new__(type(gr.HTML), "HTML", (gr.HTML,), members)
    return made


FILLED = html_that(literal)


def filled(value: Any, template: str, **more: Any) -> gr.HTML:
    """A template filled with a value, everything in it escaped, and no script.

    Gradio fills it twice: by Handlebars, which escapes markup, then by JavaScript, which would run
    what stands in "${...}" and take away backslashes; so each value goes in as a `literal`.
    """
    return FILLED(value, html_template=template, js_on_load=None, **more)


def constant(text: str) -> str:
    """A text that both of Gradio's template languages leave as it is."""
    return str(literal(text)).replace("`", r"\`").replace("{", "&#123;")


def question(title: str, reading: str) -> None:
    """The question of the tab, and two or three sentences on how to read its answer."""
    html = f"<h2>{escape(title)}</h2><p>{escape(reading)}</p>"
    gr.HTML(constant(html), elem_classes="question", js_on_load=None)


def sentence_box(setting: Setting) -> gr.Textbox:
    """The place where a person types."""
    return gr.Textbox(
        setting.first,
        label=setting.label,
        show_label=False,
        container=False,
        placeholder=setting.label,
        max_lines=4,
        elem_classes="sentence",
        scale=1,
        min_width=280,
    )


def examples(sentences: Sequence[str], text: gr.Textbox) -> None:
    """Sentences to click."""
    gr.Examples([[sentence] for sentence in sentences], [text], label="Examples")


def notice() -> gr.HTML:
    """The place of a sentence that says what to do about bad input, and of quiet notes."""
    return filled(noticed(), NOTICE, elem_classes="notice-place")


def noticed(sentence: str = "", notes: Sequence[str] = (), stale: bool = False) -> dict[str, Any]:
    """The value of a `notice`.

    stale: the figures are those of what was asked before, for this was refused.
    """
    return {"notice": sentence, "notes": list(notes), "stale": stale}
