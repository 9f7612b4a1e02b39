"""Instruments side by side: only the open one is computed, and no other output moves."""

from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest

from playground.tabs import frame, parts
from playground.tabs.workbench import Bench, Built, bench, changed, heard, opened


def instrument(name: str, settings: dict[str, Any]) -> Any:
    """An instrument that shows what it was given."""

    def build() -> Built:
        made = {key: gr.Number(value, label=key) for key, value in settings.items()}
        figure = frame.figure(f"figure-{name}", name, [parts.said])
        return Built([figure], made, [(figure, lambda key: {"text": key, "size": 7})])

    def show(*inputs: Any) -> tuple[Any, ...]:
        if inputs[0] == "bad":
            raise ValueError("please type a word")
        return ((name, *inputs),)

    return SimpleNamespace(NAME=name, TITLE=name.title(), build=build, show=show)


@pytest.fixture
def made() -> Bench:
    with gr.Blocks():
        text = gr.Textbox("a", label="text")
        one, two = instrument("one", {"size": 1}), instrument("two", {"size": 2, "depth": 3})
        return bench("tab", {"text": text}, parts.notice(), [one, two], [text.change])


def test_only_the_open_instrument_is_computed_with_its_own_settings(made: Bench) -> None:
    assert list(made.inputs) == ["text", "one.size", "two.size", "two.depth"]
    assert made.answer("one", "a", 1, 2, 3) == ("", ("one", "a", 1), gr.skip())
    assert made.answer("two", "a", 1, 2, 3) == ("", gr.skip(), ("two", "a", 2, 3))


def test_bad_input_leaves_every_output_and_says_why(made: Bench) -> None:
    assert made.answer("one", "bad", 1, 2, 3) == ("please type a word", gr.skip(), gr.skip())
    assert made.answer("three", "a", 1, 2, 3)[0].startswith("There is no such instrument")


def test_opening_one_names_it_and_computes_it(made: Bench) -> None:
    assert opened(made, "two")("a", 1, 2, 3) == ("two", "", gr.skip(), ("two", "a", 2, 3))


def test_what_is_picked_changes_inputs_and_the_answer_together(made: Bench) -> None:
    """The shared input by its own name, a setting of the instrument by that instrument's."""
    event = SimpleNamespace(_data={"key": "b"})
    _, change = made.built["two"].picks[0]
    handler = changed(made, "two", change)
    same = gr.skip()
    assert handler(event, "a", 1, 2, 3) == ("b", same, 7, same, "", same, ("two", "b", 7, 3))


def test_what_is_pasted_into_a_setting_is_heard_and_a_hidden_one_is_not() -> None:
    with gr.Blocks():
        typed, kept = gr.Textbox(), gr.Textbox(visible="hidden")
        size = gr.Slider(1, 5, 2)
        assert [event.event_name for event in heard(typed)] == ["change"]
        assert heard(kept) == []
        assert [event.event_name for event in heard(size)] == ["input"]
