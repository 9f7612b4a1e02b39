"""An endpoint is `explain` itself: its signature, its docstring, its sentence for bad input."""

import inspect

import gradio as gr
import pytest

from playground.page.answer import BROKEN
from playground.page.api import described, endpoint, endpoints
from tests.playground.toy import explain, rooms


def test_an_endpoint_has_explain_s_signature_and_docstring() -> None:
    made = endpoint(explain, "first")
    assert made.__name__ == "first"
    assert inspect.signature(made).parameters == inspect.signature(explain).parameters
    assert made.__doc__ == inspect.getdoc(explain)


def test_it_answers_the_trace_as_json_and_bad_input_with_the_same_sentence() -> None:
    made = endpoint(explain, "first")
    assert made("a b", 2) == {"text": "a b", "size": 2, "kind": "a", "whole": False}
    with pytest.raises(gr.Error, match="please type a word"):
        made(" ")
    with pytest.raises(gr.Error, match="whole number from 1 to 2, not 9"):
        made("a b", 9)


def test_an_argument_is_described_on_one_line_and_the_rest_apart_from_it() -> None:
    def explained(text: str) -> None:
        """Do something
        with a text.

        Args:
            text: French,
                or English.

        Returns:
            words, and
            more.

        Raises ValueError.
        """

    assert "    text: French, or English.\n" in str(endpoint(explained, "first").__doc__)
    assert described(explained).split("\n\n") == [
        "Do something with a text.", "Returns: words, and more.", "Raises ValueError.",
    ]  # fmt: skip


def test_every_instrument_is_one() -> None:
    with rooms() as tab:
        assert set(endpoints([tab])) == {"first", "second", "models"}


def test_a_fault_of_its_own_is_one_sentence_that_tells_nothing_of_it() -> None:
    def broken(text: str) -> None:
        """Fail."""
        raise RuntimeError("the secret of line 7")

    with pytest.raises(gr.Error) as told:
        endpoint(broken, "first")("a b")
    assert told.value.message == BROKEN
