"""Put the tabs on one page and launch it."""

import os
import signal
import sys

# The server tells nobody that it runs.
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")

import gradio as gr

from playground import theme
from playground.tabs import api, attention, heads, link, next_word, origins, translation

TITLE = "Sequence Model Playground"
TABS = (next_word, attention, heads, translation)


def build() -> gr.Blocks:
    """The whole page."""
    with gr.Blocks(title=TITLE, analytics_enabled=False) as page:
        gr.Markdown(
            f"# {TITLE}\n\nSee how machines read, remember, attend and translate.",
            elem_classes="title",
        )
        with gr.Tabs(overflow_behavior="wrap") as tabs:
            for tab in TABS:
                with gr.Tab(tab.TITLE, id=tab.NAME):
                    bench = tab.build()
                if bench is not None:
                    link.restores(page, tabs, bench)
        origins.build(page)
        api.build()
    return page.queue(default_concurrency_limit=2, max_size=200, status_update_rate=10)


def main() -> None:
    """Serve the page until Ctrl-C or SIGTERM."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    origins.start()
    try:
        page = build()
    except ValueError as error:  # a damaged file: nothing that the page could show
        sys.exit(str(error))
    page.launch(
        theme=gr.themes.Default(
            primary_hue="blue", font=["system-ui", "sans-serif"], font_mono=["monospace"]
        ).set(**theme.GRADIO),
        css=theme.CSS,
        enable_monitoring=False,
        max_file_size="1mb",
        show_error=True,
    )


if __name__ == "__main__":
    main()
