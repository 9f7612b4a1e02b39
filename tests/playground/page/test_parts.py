"""What all tabs share: templates that escape, values that are never read as code."""

import re

import pytest

from playground.page import parts


def test_templates_escape_all_that_they_show() -> None:
    assert "{{{" not in parts.NOTICE
    assert "{{&" not in parts.NOTICE
    assert "${" not in parts.NOTICE


@pytest.mark.parametrize("text", ["${alert(1)}", "\\${1}", "c:\\users\\n", "`", "$", "{{value}}"])
def test_javascript_reads_a_literal_as_the_text_it_is(text: str) -> None:
    """Oracle: what a template literal makes of its inside, by the language's own rules."""
    read = re.sub(r"\\(.)", r"\1", parts.literal({"told": [text]})["told"][0])
    assert read == text
    assert not re.search(r"(?<!\\)(\\\\)*\$\{", parts.literal(text))


def test_a_notice_gets_its_sentence_and_its_notes_as_literals() -> None:
    made = parts.notice()
    assert made.postprocess(parts.noticed("${1}", ["${2}"])) == {
        "notice": r"\${1}",
        "notes": [r"\${2}"],
        "stale": False,
    }
