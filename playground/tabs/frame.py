"""The frame of every figure that can be asked: what it shows, said, summed, coded, to take away."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from playground.explain import models
from playground.plots.drawing import Drawing
from playground.tabs.parts import html_that, literal

ASSETS = Path(__file__).parent.parent / "assets"
Table = tuple[Sequence[str], Sequence[Sequence[str]]]
Part = type | Callable[..., Any]
FIGURE = html_that(json.dumps)
"""Its value is one text to Gradio's page, which would copy and watch every part of an object."""


@dataclass(frozen=True)
class Call:
    """The computation behind a figure: a function of the package, and the endpoint that runs it."""

    endpoint: str
    function: Callable[..., Any]
    arguments: tuple[Any, ...]

    def cell(self) -> str:
        """A notebook cell that computes the figure's trace again."""
        module = self.function.__module__
        name = self.function.__name__
        told = ", ".join(repr(argument) for argument in self.arguments)
        return f"from {module} import {name}\n\ntrace = {name}({told})\ntrace.to_json()"


def filled(
    drawing: Drawing | None, told: str, table: Table, call: Call, sums: Sequence[str] = ()
) -> dict[str, Any]:
    """The value of a `figure`.

    told: what it shows, in a sentence. table: its numbers as text. sums: its formula, with the
    numbers of this sentence, a line each.
    """
    headers, body = table
    return {
        "drawing": drawing.to_json() if drawing else None,
        "told": told,
        "table": {"headers": list(headers), "body": [list(row) for row in body]},
        "sums": list(sums),
        "cell": call.cell(),
        "call": {"endpoint": call.endpoint, "arguments": list(call.arguments)},
    }


def figure(
    name: str,
    caption: str,
    code: Sequence[Part],
    limits: str = "",
    value: dict[str, Any] | None = None,
) -> gr.HTML:
    """The place of a figure; `.pick(handler)` hears which mark a person picks, by its key.

    code: the functions of the package that compute it. limits: how it can mislead, in a sentence,
    with its source.
    """
    return FIGURE(
        value,
        html_template=template(name, caption, code, limits),
        css_template=(ASSETS / "figure.css").read_text(encoding="utf-8"),
        js_on_load=(ASSETS / "figure.js").read_text(encoding="utf-8"),
        apply_default_css=False,
        elem_id=name,
    )


def picked(event: gr.EventData) -> str:
    """The key of the mark that was picked."""
    return str(event._data["key"])


def template(name: str, caption: str, code: Sequence[Part], limits: str) -> str:
    """The frame without what changes: that is set as text, by figure.js, and never is markup."""
    sources = "".join(
        f'<p>{escape(title)}</p><pre tabindex="0"><code>{escape(text)}</code></pre>'
        for title, text in map(models.code, code)
    )
    takes = "".join(
        f'<button type="button" data-take="{kind}">{label}</button>'
        for kind, label in [("png", "PNG"), ("svg", "SVG"), ("csv", "CSV"), ("json", "JSON")]
    )
    text = f"""<figure data-name="{escape(name)}" hidden>
<figcaption>{escape(caption)}</figcaption>
<div data-place="canvas"></div>
<p data-place="told" aria-live="polite"></p>
{f'<p class="limits">{escape(limits)}</p>' if limits else ""}
<div class="tools">
<details><summary>The numbers</summary>
<div class="inside" data-place="table" tabindex="0" role="region"
aria-label="The numbers: {escape(caption)}"></div>
</details>
<details><summary>The sum and the code</summary>
<div class="inside" tabindex="0" role="region" aria-label="The sum and the code: {escape(caption)}"
><div data-place="sum"></div>{sources}</div></details>
<details><summary>Take it away</summary><div class="inside">
{takes}<span data-place="took" role="status"></span>
<pre tabindex="0"><code data-place="cell"></code></pre>
<button type="button" data-take="copy">Copy the notebook cell</button></div></details>
</div></figure>"""
    return constant(text)


def constant(text: str) -> str:
    """A text that both of Gradio's template languages leave as it is."""
    return str(literal(text)).replace("`", r"\`").replace("{", "&#123;")
