"""What all tabs share: templates that escape, a notice that loses nothing, errors in a sentence."""

import re

import gradio as gr
import pytest

from playground import theme
from playground.tabs import parts


@pytest.mark.parametrize("template", [theme.CHIPS_TEMPLATE, theme.TABLE_TEMPLATE, parts.NOTICE])
def test_templates_escape_all_that_they_show(template: str) -> None:
    assert "{{{" not in template
    assert "{{&" not in template
    assert "${" not in template


def refuse(*_: object) -> tuple[str, str]:
    raise ValueError("please type a word")


def test_bad_input_is_noticed_and_every_output_stays() -> None:
    assert parts.answered(refuse, 2)("x") == ("please type a word", gr.skip(), gr.skip())


def test_a_good_answer_clears_the_notice() -> None:
    assert parts.answered(lambda text: (text, text), 2)("x") == ("", "x", "x")


def test_the_api_answers_bad_input_with_the_same_sentence() -> None:
    with pytest.raises(gr.Error, match="please type a word"):
        parts.endpoint(refuse)("x")


@pytest.mark.parametrize("text", ["${alert(1)}", "\\${1}", "c:\\users\\n", "`", "$", "{{value}}"])
def test_javascript_reads_a_literal_as_the_text_it_is(text: str) -> None:
    """Oracle: what a template literal makes of its inside, by the language's own rules."""
    read = re.sub(r"\\(.)", r"\1", parts.literal({"told": [text]})["told"][0])
    assert read == text
    assert not re.search(r"(?<!\\)(\\\\)*\$\{", parts.literal(text))


def test_every_filled_template_gets_its_value_as_a_literal() -> None:
    assert parts.said("${1}").value == r"\${1}"
    assert parts.said("").postprocess(["${1}"]) == [r"\${1}"]
