"""Every tab of the page, laid out without a server."""

import gradio as gr

import app
from playground.page.bench import Bench, bench


def benches() -> dict[str, Bench]:
    """Each tab's bench by its name."""
    made = {}
    with gr.Blocks(), gr.Tabs():
        for tab in app.TABS:
            with gr.Tab(tab.title) as place:
                made[tab.name] = bench(tab, place, shown=False)
    return made
