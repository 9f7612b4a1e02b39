"""The buttons of a live training: train, pause, one step, slow motion, anew; keep it; watch it."""

import asyncio
import re
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

import gradio as gr

from playground.learning.lane import LANE
from playground.learning.own_pairs import decoded
from playground.learning.train import INSTRUMENT, LIVE, WATCHED
from playground.learning.train.explain import askable, explain
from playground.learning.train.streaming import YOURS, panel_value, stream, watch
from playground.page.answer import cell, named, shown_json
from playground.page.brought import brought
from playground.page.controls import PRIVATE, Place, progress_bar, progressed
from playground.page.panel import panel
from playground.page.way import WAY

KEEP = "Take the model away"
PAUSE, GO_ON = "Pause", "Go on"
NAME = re.compile(r"[0-9a-f]{8}")
LONGEST = 80  # characters that a model is asked
BEAT = 1.0  # seconds between two words of a page
HEARD = "(key) => [key, document.hidden]"
LINK = """(key) => {
  const url = new URL(window.location.href);
  url.search = "";
  for (const [name, value] of [["tab", "learning"], ["view", "train"],
      ["train.watched", JSON.stringify(key)]]) url.searchParams.set(name, value);
  return key ? url.href : "";
}"""
PICKED = "() => JSON.stringify({ ...window.playground.mark, at: Date.now() })"
AT_ONCE: dict[str, Any] = {"queue": False, **PRIVATE}


class Kept(NamedTuple):
    """What a person takes away, laid out under the figures."""

    keep: gr.DownloadButton
    link: gr.Textbox


def above(place: Place) -> Kept:
    """Lay the buttons, the line that tells where it is, and its figures out."""
    with gr.Column(elem_classes="training"):
        with gr.Row():
            train = gr.Button("Train", variant="primary", min_width=110, elem_id="train-train")
            pause = gr.Button(PAUSE, min_width=100, interactive=False, elem_id="train-pause")
            step = gr.Button("One step", min_width=100, interactive=False, elem_id="train-step")
            slow = gr.Checkbox(label="Slow motion", container=False, min_width=130)
        bar = progress_bar("train-bar")
        keep = gr.DownloadButton(
            KEEP, interactive=False, min_width=180, elem_id="train-keep", render=False
        )
        link = gr.Textbox(
            label="Link for those who watch", buttons=["copy"], interactive=False, scale=3,
            elem_id="train-watch-link", show_label=False, container=False, render=False,
            placeholder="The link for those who watch appears here.",
        )  # fmt: skip
        key = gr.Textbox("", visible="hidden", label="key", elem_id="train-key")
        mark = gr.Textbox("", visible="hidden", label="mark", elem_id="train-mark")
        figures = panel(LIVE, None)
    beat = gr.Timer(BEAT, active=False)

    told = (bar, figures)

    async def run(request: gr.Request, slow: bool, **values: Any) -> AsyncIterator[dict[Any, Any]]:
        arguments = named(explain, values)
        try:
            # What cannot be costs no run that there is.
            await asyncio.to_thread(lambda: explain(**arguments))
        except ValueError as error:
            yield place.says(str(error))
            return
        page = request.session_hash or ""
        folder = tempfile.TemporaryDirectory()  # of what is taken away, until the run ends
        try:
            ticket = LANE.enter(page)
            ticket.asked["slow"] = slow
            stands: tuple[bool, ...] = ()
            nothing = gr.DownloadButton(KEEP, value=None, interactive=False)
            yield {key: ticket.key, beat: gr.Timer(active=True), keep: nothing}
            async for update in stream(values, ticket, give_way=WAY.give):
                now = progressed(update.done, update.steps, update.status)
                shown: dict[Any, Any] = {bar: now}
                so = ticket.playing, ticket.wants, ticket.done, ticket.gone
                if stands != so:
                    stands = so
                    label = PAUSE if ticket.playing else GO_ON
                    goes_on = not (ticket.done or ticket.gone)
                    shown[pause] = gr.Button(label, interactive=goes_on)
                    shown[step] = gr.Button(interactive=goes_on)
                    if ticket.wants:
                        shown[keep] = nothing
                if update.figures is not None:
                    code = cell(explain, arguments)
                    shown[figures] = await asyncio.to_thread(
                        panel_value, update.figures, shown_json, arguments, code
                    )
                    LANE.publish(ticket, (now, shown[figures]))
                if update.archive is not None:
                    shown[keep] = gr.DownloadButton(
                        KEEP, value=saved(update.archive, folder.name), interactive=True
                    )
                if LANE.looking(page):  # at another's run, which has the bar and the figures
                    shown = {one: value for one, value in shown.items() if one not in told}
                yield shown or {bar: gr.skip()}
        except ValueError as error:
            off = gr.Button(interactive=False)
            yield {pause: off, step: off, **place.says(str(error))}
        finally:
            folder.cleanup()

    asked = {setting.name: place.input(setting.name) for setting in INSTRUMENT.settings
             if setting is not WATCHED}  # fmt: skip
    asked |= {name: place.input(name) for name in ("text", "task", "model", "meant")}
    train.click(
        run,
        inputs_kwargs={"slow": slow, **asked},
        outputs=[place.note, bar, pause, step, figures, keep, key, beat],
        concurrency_limit=None,
        trigger_mode="multiple",
        api_name="run_training",
        show_progress="hidden",
        api_visibility="private",
    )
    key.change(None, key, link, js=LINK, **PRIVATE)
    beat.tick(heard, [key, mark], None, js=HEARD, api_name="training_heard", **AT_ONCE)
    pause.click(paused, key, None, api_name="training_pause", **AT_ONCE)
    step.click(stepped, key, None, api_name="training_step", **AT_ONCE)
    slow.change(slowed, [key, slow], None, api_name="training_slow", **AT_ONCE)
    figures.select(None, None, mark, js=PICKED, **PRIVATE)
    mark.change(staged, [key, mark], None, api_name="training_stage", **AT_ONCE)
    place.input("text").change(
        texted, [key, place.input("text")], None, api_name="training_text", **AT_ONCE
    )

    async def watching(request: gr.Request, watched: str) -> AsyncIterator[dict[Any, Any]]:
        watched = name_in(watched)
        now = progressed(0, 1, "")  # not in the note, which each answer of the tab writes anew
        try:
            async for published in watch(watched, request.session_hash or ""):
                if published is None:
                    yield {bar: gr.skip()}
                    continue
                now, value = published
                yield {bar: now | {"told": watched_told(watched, now["told"])}, figures: value}
            if not watched:
                yield {bar: progressed(0, 0, "")}
            elif LANE.find(watched) is None:
                yield {bar: now | {"told": f"The run {watched} is over."}}
        except ValueError as error:
            yield {bar: now | {"told": str(error)}}

    place.input("watched").change(
        watching,
        place.input("watched"),
        [bar, figures],
        concurrency_limit=None,
        trigger_mode="multiple",  # a look at another run does not wait for the end of this one
        api_name="watch_training",
        show_progress="hidden",
        api_visibility="private",
    )

    return Kept(keep, link)


def build(place: Place, kept: Kept) -> None:
    """Lay out what is taken away, and where one's own pairs come in."""
    with gr.Column(elem_classes="training"):
        with gr.Row():
            for one in kept:
                one.render()
        own(place)


def own(place: Place) -> None:
    """Where one's own pairs are typed, pasted or dropped."""
    with gr.Accordion("Your own pairs", open=False):
        box = place.input("pairs").render()
        drop = gr.File(
            label="or drop a file of them (TSV)", file_types=[".tsv", ".txt"], height=90,
            elem_id="train-file",
        )  # fmt: skip

    def open_file(path: str) -> dict[Any, Any]:
        try:
            text = decoded(brought(path))
            return {box: text, drop: None, **place.says("")}
        except ValueError as error:
            return {drop: None, **place.says(str(error))}

    drop.upload(open_file, drop, [place.note, box, drop], api_name="read_pairs", **PRIVATE)


def watched_told(name: str, said: str) -> str:
    """What those who watch a run are told: no more to do than they can."""
    return f"You watch {name}. {said.removesuffix(YOURS)}"


def name_in(typed: str) -> str:
    """The name of a run, out of its link or as it is."""
    typed = unquote(typed).strip().lower()
    names: list[str] = NAME.findall(typed)
    return names[-1] if names else typed


def saved(archive: bytes, folder: str) -> str:
    """A file of that content, which Gradio copies and hands out."""
    path = Path(folder) / "learned.zip"
    path.write_bytes(archive)
    return str(path)


async def heard(key: str, hidden: Any) -> None:
    """The page is there; on the event loop itself, so that no busy thread keeps it waiting."""
    LANE.hear(key, hidden is True)


def paused(key: str) -> None:
    """Pause, or go on."""
    ticket = LANE.find(key)
    if ticket is not None:
        ticket.playing = not ticket.playing


def stepped(key: str) -> None:
    """Make one step, and stand still."""
    ticket = LANE.find(key)
    if ticket is not None:
        ticket.playing, ticket.single = False, True


def slowed(key: str, slow: bool) -> None:
    """A step a second, or as fast as it goes."""
    ticket = LANE.find(key)
    if ticket is not None:
        ticket.asked["slow"] = slow


def staged(key: str, mark: str | None) -> None:
    """Look at another stage."""
    ticket, picked = LANE.find(key), (mark or "").rpartition('"key":"')[2].partition('"')[0]
    if ticket is not None and picked.isdecimal():
        ticket.asked["stage"] = int(picked)


def texted(key: str, text: str) -> None:
    """Ask something else."""
    ticket = LANE.find(key)
    if ticket is not None and askable(text[:LONGEST]):
        ticket.asked["text"] = text[:LONGEST]
