"""A link restores what its settings could have, and nothing else: anyone can write an address."""

import json
from typing import Any
from urllib.parse import urlencode

import gradio as gr
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.page import link
from playground.page.bench import Bench
from tests.playground.toy import TAB

GOOD = {"size": 3, "kind": "b", "whole": True, "kept": "x"}


def opened(made: Bench, **asked: str) -> dict[Any, Any]:
    """What the page shows for an address."""
    return link.restored(gr.Tabs(), made)(f"?{urlencode(asked, errors='surrogatepass')}")


def refused(made: Bench, answer: dict[Any, Any]) -> str:
    said: str = json.loads(answer[made.act])["refused"]
    return said


def test_a_link_restores_the_text_and_every_setting(made: Bench) -> None:
    settings = {f"second.{name}": json.dumps(value) for name, value in GOOD.items()}
    answer = opened(made, tab="toys", view="second", text='"${1} <b>"', **settings)
    assert answer[made.view] == "second"
    assert answer[made.inputs["text"]] == "${1} <b>"
    assert {name: answer[made.inputs[f"second.{name}"]] for name in GOOD} == GOOD
    assert refused(made, answer) == ""


def test_an_older_name_of_an_instrument_opens_it_with_its_settings(made: Bench) -> None:
    answer = opened(made, tab="toys", view="old", **{"old.size": "7"})
    assert (answer[made.view], answer[made.inputs["first.size"]]) == ("first", 7)
    assert refused(made, answer) == ""


def test_another_tab_and_no_link_at_all_leave_everything(made: Bench) -> None:
    for asked in ({}, {"tab": "other", "text": '"x"'}):
        assert list(opened(made, **asked).values()) == [gr.skip()]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("first.size", "99"),
        ("first.size", '"3"'),
        ("first.size", "NaN"),
        ("first.size", "true"),
        ("first.size", "2.5"),
        ("first.size", "99999999999999999999"),
        ("first.size", "1" * 400),
        ("first.size", "Infinity"),
        ("first.kind", '"c"'),
        ("first.kind", '["a"]'),
        ("first.whole", "1"),
        ("text", "5"),
        ("text", "not json"),
        ("text", "Bonjour"),
        ("text", '"\\ud800"'),
        ("text", "[" * 1_500),
        ("text", '"' + "x" * 3_000 + '"'),
    ],
)
def test_what_no_setting_could_have_is_refused_and_named(
    made: Bench, name: str, value: str
) -> None:
    answer = opened(made, tab="toys", **{name: value})
    assert answer[made.inputs["first.size"]] == 2
    assert answer[made.inputs["text"]] == "one two"
    assert name.removeprefix("first.") in refused(made, answer)


def test_an_unknown_instrument_opens_the_first_and_says_so(made: Bench) -> None:
    answer = opened(made, tab="toys", view="<b>")
    assert answer[made.view] == "first"
    assert "instrument" in refused(made, answer)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(["text", "first.size", "first.kind", "old.whole", "second.kept"]), VALUES)
def test_whatever_a_link_holds_what_is_taken_can_be_sent_to_a_browser(
    name: str, value: Any
) -> None:
    known = {"text": (TAB.inputs[0], ["text"])} | {
        f"{one.name}.{setting.name}": (setting, [f"{one.name}.{setting.name}", name])
        for one in TAB.instruments
        for setting in one.settings
        if name.endswith(setting.name)
    }
    values, _ = link.taken(known, {name: json.dumps(value)})
    json.dumps(values, allow_nan=False, ensure_ascii=False).encode("utf-8")
    for setting, _ in known.values():
        setting.check(setting.first)
