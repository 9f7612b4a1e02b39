"""The place of all figures of one instrument: one component, with one text for a value.

Each figure is told in a sentence, with its numbers as a table, its formula and code, and its files.
The frame stands here; what changes is put in by assets/panel.js, as text, and never is markup.
"""

import re
from html import escape

import gradio as gr

from playground.instrument import Figure, Instrument
from playground.page.code import source
from playground.page.parts import constant, html_that

PANEL = html_that(lambda value: value or "null")
"""Its value is one text to Gradio's page, which would copy and watch every part of an object."""
SCRIPT = """
const { view } = element.querySelector(".panel").dataset;
window.playground.panel(element, props, (_, mark) => {
  window.playground.mark = { ...mark, view };
  trigger("select", mark);
}, watch);
"""
TAKES = {"png": "PNG", "svg": "SVG", "csv": "CSV", "json": "JSON"}
LINK = re.compile(r"\[([^\]]+)\]\((https?://[^)\s]+)\)")


def panel(instrument: Instrument, value: str | None) -> gr.HTML:
    """The place; its `select` event says that a mark was picked."""
    frames = "".join(map(frame, instrument.figures))
    columns = 2 if any(figure.column == 2 for figure in instrument.figures) else 1
    html = (
        f'<div class="panel" data-view="{escape(instrument.name)}">'
        f'<div class="figures" data-columns="{columns}">{frames}</div></div>'
    )
    return PANEL(
        value,
        html_template=constant(html),
        js_on_load=SCRIPT,
        apply_default_css=False,
        elem_id=f"panel-{instrument.name.replace('_', '-')}",
    )


def frame(figure: Figure) -> str:
    """A figure without what changes."""
    caption = escape(figure.caption)
    sources = "".join(
        f'<p>{escape(name)}</p><pre tabindex="0"><code>{escape(source(name))}</code></pre>'
        for name in figure.code
    )
    takes = "".join(
        f'<button type="button" data-take="{kind}">{label}</button>'
        for kind, label in TAKES.items()
    )
    limits = f'<p class="limits">{linked(figure.limits)}</p>' if figure.limits else ""
    return f"""<figure data-name="{escape(figure.name)}"
 data-column="{figure.column or "wide"}" id="{escape(figure.name)}" hidden>
<figcaption>{caption}</figcaption>
<div data-place="controls"></div>
<div data-place="canvas"></div>
<p data-place="sentence" aria-live="polite"></p>{limits}
<div class="tools">
<details><summary>The numbers</summary>
<div class="inside" data-place="table" tabindex="0" role="region"
 aria-label="The numbers: {caption}"></div></details>
<details><summary>The sum and the code</summary>
<div class="inside" tabindex="0" role="region" aria-label="The sum and the code: {caption}"
><div data-place="formula"></div>{sources}</div></details>
<details><summary>Take it away</summary><div class="inside">
{takes}<span data-place="took" role="status"></span>
<pre tabindex="0"><code data-place="cell"></code></pre>
<button type="button" data-take="copy">Copy the notebook cell</button></div></details>
</div></figure>"""


def linked(text: str) -> str:
    """A sentence as HTML, each [name](address) in it a link."""
    parts = LINK.split(text)  # text, name, address, text, ...
    return escape(parts[0]) + "".join(
        f'<a href="{escape(address)}" target="_blank" rel="noopener">{escape(name)}</a>'
        f"{escape(after)}"
        for name, address, after in zip(parts[1::3], parts[2::3], parts[3::3], strict=True)
    )
