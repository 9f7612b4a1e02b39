"""A link restores what its inputs could have, and nothing else: anyone can write an address."""

import json
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest

from playground.tabs import frame, link, parts
from playground.tabs.workbench import Bench, Built, bench


def build() -> Built:
    settings = {
        "size": gr.Slider(1, 5, 2, label="size"),
        "kind": gr.Radio([("A", "a"), ("B", "b")], value="a", label="kind"),
        "whole": gr.Checkbox(False, label="whole"),
        "seed": gr.Number(1, minimum=0, label="seed"),
    }
    return Built([frame.figure("figure", "Figure", [parts.said])], settings)


TOOL = SimpleNamespace(NAME="tool", TITLE="Tool", build=build, show=lambda *inputs: (inputs,))
GOOD = {"size": 3, "kind": "b", "whole": True, "seed": 5}


@pytest.fixture
def made() -> Bench:
    with gr.Blocks():
        text = gr.Textbox("hello", label="text")
        return bench("tab", {"text": text}, parts.notice(), [TOOL], [text.change])


def opened(made: Bench, **asked: str) -> tuple[Any, ...]:
    """What the page shows for an address."""
    return link.restored(made)(SimpleNamespace(query_params=asked))


def test_a_link_restores_the_text_and_every_setting(made: Bench) -> None:
    settings = {f"tool.{name}": json.dumps(value) for name, value in GOOD.items()}
    answer = opened(made, tab="tab", view="tool", text='"${1} <b>"', **settings)
    assert answer[2:] == ("tool", "${1} <b>", *GOOD.values(), "", ("${1} <b>", *GOOD.values()))


def test_another_tab_and_no_link_at_all_leave_everything(made: Bench) -> None:
    for asked in ({}, {"tab": "other", "text": '"x"'}):
        assert set(map(json.dumps, opened(made, **asked))) == {json.dumps(gr.skip())}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("tool.size", "9"),
        ("tool.size", '"3"'),
        ("tool.size", "NaN"),
        ("tool.size", "true"),
        ("tool.kind", '"c"'),
        ("tool.kind", '["a"]'),
        ("tool.whole", "1"),
        ("tool.seed", "-1"),
        ("tool.seed", "{}"),
        ("tool.seed", "1" * 400),
        ("tool.seed", "Infinity"),
        ("text", "5"),
        ("text", "not json"),
        ("text", "[" * 1_500),
        ("text", '"' + "x" * 3_000 + '"'),
    ],
)
def test_what_no_input_could_have_is_refused_and_named(made: Bench, name: str, value: str) -> None:
    answer = opened(made, tab="tab", **{name: value})
    usual = {key: component.value for key, component in made.inputs.items()}
    assert answer[3 : 3 + len(usual)] == tuple(usual.values())
    assert name.removeprefix("tool.") in answer[3 + len(usual)]


def test_an_unknown_instrument_opens_the_first(made: Bench) -> None:
    assert opened(made, tab="tab", view="<b>")[2] == "tool"
