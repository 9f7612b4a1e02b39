"""Put the tabs on one page and launch it."""

import os
import signal
import sys

# The server tells nobody that it runs.
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
# Nor does it sum up each answer's time anew after every answer: nobody may ask for that.
os.environ.setdefault("GRADIO_ANALYTICS_CACHE_FREQUENCY", "1000000")
os.environ.setdefault("GRADIO_ANALYTICS_MAX_EVENTS", "100")

import gradio as gr

from playground import attention, heads, learning, memory, next_word, translation
from playground.page import frame
from playground.page.backend import HERE, Backend
from playground.page.workers import Workers
from playground.reading import opening

SESSIONS = 200  # whose components Gradio remembers, 0.1 to 0.4 MB each; others begin anew
SERVED = {  # what the page lets be done, however it is served
    "enable_monitoring": False,
    "mcp_server": True,
    "max_file_size": "1mb",
    "show_error": False,  # a fault of its own tells nobody of files and lines
}
TABS = (next_word.TAB, attention.TAB, heads.TAB, translation.TAB, learning.TAB)


def build(backend: Backend = HERE) -> gr.Blocks:
    """The whole page; the backend computes."""
    return frame.build(TABS, backend)


def main() -> None:
    """Serve the page until Ctrl-C or SIGTERM."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    memory.give_back()
    opening.start()
    try:
        page = build(Workers(opening.processes()))
    except ValueError as error:  # a damaged file: nothing that the page could show
        sys.exit(str(error))
    page.launch(**frame.look(), **SERVED, state_session_capacity=SESSIONS, max_threads=frame.JOBS)


if __name__ == "__main__":
    main()
