"""An instrument's place: a frame whose texts are never markup, and a value that is one text."""

import json

import pytest

from playground.page.answer import Answer
from playground.page.panel import linked, panel
from tests.playground.toy import TAB, rooms


def test_a_source_is_a_link_with_a_name_and_all_else_is_text() -> None:
    html = linked("a < b ([Koehn & Co, 2017](https://example.org/x?a=1&b=2)), and [this] too")
    assert "a &lt; b (" in html
    assert '<a href="https://example.org/x?a=1&amp;b=2" target="_blank" rel="noopener">' in html
    assert "Koehn &amp; Co, 2017</a>), and [this] too" in html


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//x.org"])
def test_what_is_no_web_address_is_no_link(address: str) -> None:
    assert "<a " not in linked(f"[name]({address})")


def test_a_frame_has_the_code_that_computes_its_figure() -> None:
    with rooms():
        made = panel(TAB.instruments[0], None)
    assert "def within(setting: Number" in made.html_template
    assert "${" not in made.html_template
    assert "{{" not in made.html_template


def test_a_value_is_one_text_that_holds_each_figure_and_how_to_compute_it_again() -> None:
    values = {"text": "a b", "size": 1, "kind": "b", "whole": True, "kept": ""}
    with rooms():
        answer = Answer(TAB.instruments[0], values)
        value = json.loads(answer.to_json())
    assert value["figures"]["toy"]["formula"] == ["1 + 1 = 2"]
    assert value["figures"]["toy"]["table"] == {"headers": ["a"], "body": [["b"]]}
    assert "explain(text='a b', size=1, kind='b', whole=True)" in value["cell"]
    assert answer.kept == {"kept": "1"}
