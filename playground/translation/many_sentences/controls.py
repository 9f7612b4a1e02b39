"""A field to paste lines into, a place to drop a file, and a translation that can be stopped."""

import functools
from collections.abc import Iterator
from typing import Any

import gradio as gr

from playground.page.brought import brought
from playground.page.controls import PRIVATE, Place, progress_bar, progressed
from playground.translation.many_sentences import LINES
from playground.translation.many_sentences.explain import progress
from playground.translation.many_sentences.lines import opened, pasted, text_of

HEADERS = ["Line", "French", "Translation", "Reference"]
SAVE = """(table) => window.playground.take("csv",
  { table: { headers: table.headers, body: table.data }, name: "translations" })"""
# A last answer may be on its way while a person stops: this is said again when the job has ended.
STOPPED = """(bar) => bar.done === bar.count ? bar
  : { ...bar, told: `Stopped at ${bar.done} of ${bar.count} lines: what is translated stays.` }"""


def build(place: Place) -> None:
    """Lay them out."""
    with gr.Column():
        lines = gr.Textbox(
            LINES,
            label="Lines, in French", info="a tab stands before a reference", lines=5,
            max_lines=12, elem_id="many-lines",
        )  # fmt: skip
        file = gr.File(
            label="or a file: .txt, .tsv or .csv, UTF-8", height=150, elem_id="many-file"
        )
        with gr.Row():
            start = gr.Button("Translate all", variant="primary", scale=0, min_width=170)
            stop = gr.Button("Stop", scale=0, min_width=90)
            save = gr.Button("Save as CSV", scale=0, min_width=170)
        bar = progress_bar("many-bar")
        scores = gr.Textbox(label="Against the references", lines=2, elem_id="many-scores")
        table = gr.Dataframe(
            headers=HEADERS, datatype="str", type="array", interactive=False, wrap=True,
            label="Translations", max_height=420, elem_id="many-table",
            column_widths=["70px", "300px", "300px", "300px"],
        )  # fmt: skip

    def open_file(path: str | None) -> dict[Any, Any]:
        if path is None:
            return {file: None}
        try:
            return {lines: text_of(opened(path, brought(path))), file: None, **place.says("")}
        except ValueError as error:
            return {file: None, **place.says(str(error))}

    def go(text: str, model: str, beam_width: int, as_typed: bool) -> Iterator[dict[Any, Any]]:
        try:
            read = pasted(text)
            yield place.says("")
            for done, told, rows, said in progress(read, model, beam_width, as_typed):
                yield {bar: progressed(done, len(read), told), table: rows, scores: said}
        except ValueError as error:
            yield place.says(str(error))

    file.upload(open_file, file, [place.note, lines, file], api_name="open_lines", **PRIVATE)
    given = {name: place.input(name) for name in ("model", "beam_width", "as_typed")}
    job = start.click(
        go,
        inputs_kwargs={"text": lines, **given},
        outputs=[place.note, bar, table, scores],
        concurrency_limit=1,  # one lane: whoever types meanwhile has the rest
        concurrency_id="many_sentences",
        show_progress="minimal",
        show_progress_on=[bar],
        api_visibility="private",
        api_name="translate_lines",
    )
    for ended in (functools.partial(stop.click, cancels=[job]), job.then, job.failure):
        ended(None, bar, bar, js=STOPPED, **PRIVATE)
    save.click(None, table, None, js=SAVE, **PRIVATE)
