"""The page around the tabs: its head, its look, which models serve, and its events' queue."""

import functools
import importlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import gradio as gr
from starlette.middleware import Middleware

from playground import theme
from playground.instrument import Tab
from playground.page import api, controls, link
from playground.page.backend import HERE, Backend
from playground.page.bench import bench
from playground.page.bodies import Bodies
from playground.page.calls import CompletedCalls
from playground.page.doors import Doors
from playground.page.files import CompressedFiles
from playground.page.headers import Headers
from playground.page.refusals import HANDLERS
from playground.page.turns import Turns

TITLE = "Sequence Model Playground"
ASSETS = Path(__file__).parent / "assets"
# of the server, from outside to inside
LAYERS = (Headers, Doors, CompressedFiles, Bodies, Turns, CompletedCalls)
REMOVED = (3_600, 86_400)  # seconds: how often files are removed, and how old they are then
JOBS = 400  # that the queue holds at once: a training, or a look at one, is one as long as it lasts
AT_ONCE = 2  # answers that one process computes: for more there are not the cores
HEADERS = ("Model", "Came from", "Revision", "Parameters", "Device", "SHA-256")


def build(tabs: Sequence[Tab], backend: Backend = HERE, at_once: int = AT_ONCE) -> gr.Blocks:
    """The whole page.

    backend: what computes. at_once: how many answers of one tab it is asked for at the same moment.
    """
    with gr.Blocks(title=TITLE, analytics_enabled=False, delete_cache=REMOVED) as page:
        gr.Markdown(
            f"# {TITLE}\n\nSee how machines read, remember, attend and translate.",
            elem_classes="title",
        )
        with gr.Tabs(overflow_behavior="wrap", elem_classes="tabs", elem_id="tabs") as places:
            benches = []
            for tab in tabs:
                with gr.Tab(tab.title, id=tab.name) as place:
                    made = bench(tab, place, shown=tab is tabs[0], backend=backend)
                    link.button(made)
                benches.append(made)
        for made in benches:  # outside: a strip of tabs that holds anything else mixes them up
            link.restores(page, places, made)
        origins(backend)
        api.publish(tabs, backend)
    page.max_threads = JOBS
    # api_open: what is asked past the queue would have no turn
    return page.queue(
        default_concurrency_limit=at_once, max_size=200, status_update_rate=10, api_open=False
    )


def origins(backend: Backend) -> None:
    """A table under the tabs of where each model came from, fresh whenever it is unfolded."""
    with gr.Accordion("The models of this page", open=False, elem_classes="origins") as place:
        table = gr.Dataframe(
            headers=list(HEADERS), datatype="str", interactive=False, elem_id="models"
        )
    rows = functools.partial(models, backend)
    place.expand(rows, None, table, api_name="show_models", **controls.PRIVATE)


def models(backend: Backend) -> list[list[str]]:
    """A row for each model."""
    return [
        [
            model["name"],
            model["source"] or "nowhere",
            (model["revision"] or "")[:12],
            f"{model['parameters'] or 0:,}",
            model["device"] or "",
            (model["sha256"] or "")[:16] or model["error"],
        ]
        for model in backend.models()
    ]


def look() -> dict[str, Any]:
    """What `launch` is given: the theme, the styles, the scripts."""
    plotly = importlib.util.find_spec("plotly")
    assert plotly is not None
    assert plotly.origin is not None
    library = Path(plotly.origin).parent / "package_data" / "plotly.min.js"
    gr.set_static_paths([library])
    styles = "\n".join(path.read_text(encoding="utf-8") for path in sorted(ASSETS.glob("*.css")))
    scripts = "\n".join(path.read_text(encoding="utf-8") for path in sorted(ASSETS.glob("*.js")))
    address = json.dumps(f"gradio_api/file={library}")
    return {
        "theme": gr.themes.Default(
            primary_hue="blue", font=["system-ui", "sans-serif"], font_mono=["monospace"]
        ).set(**theme.GRADIO),
        "css": f"{theme.CSS}\n{styles}",
        "app_kwargs": {
            "middleware": [Middleware(layer) for layer in LAYERS],
            "exception_handlers": HANDLERS,
        },
        "head": f"<script>window.playgroundPlotly = {address};\n{scripts}</script>",
    }
