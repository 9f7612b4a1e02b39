"""The toy tab on a bench."""

from collections.abc import Iterator

import gradio as gr
import pytest

from playground.page.bench import Bench, bench
from tests.playground.toy import rooms


@pytest.fixture
def made() -> Iterator[Bench]:
    with rooms() as tab, gr.Blocks(), gr.Tab() as place:
        yield bench(tab, place)
