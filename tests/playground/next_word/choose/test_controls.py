"""Writing on streams the text, and answers bad settings with a sentence."""

from typing import Any

import gradio as gr
import pytest

from playground.next_word import TAB
from playground.page.bench import Bench, bench

RULES = {"temperature": 0.8, "top_k": 50, "top_p": 0.95, "seed": 1}


@pytest.fixture(scope="module")
def writing() -> tuple[Bench, Any]:
    """The tab, and what its button calls."""
    with gr.Blocks() as page:
        made = bench(TAB, gr.Tab())
    (call,) = [function.fn for function in page.fns.values() if function.api_name == "go_on"]
    return made, call


def test_the_text_is_written_on_word_by_word(writing: tuple[Bench, Any]) -> None:
    answers = list(writing[1]("Once upon a", "gru", **RULES))
    texts = [text for answer in answers for text in answer.values()]
    assert len(texts) > 1
    assert all(text.startswith("Once upon a ") for text in texts)
    assert all(after.startswith(before) for before, after in zip(texts, texts[1:], strict=False))


@pytest.mark.parametrize("change", [{"text": ""}, {"top_k": 0}, {"model": "lost"}])
def test_what_cannot_be_is_answered_with_a_sentence(
    writing: tuple[Bench, Any], change: dict[str, Any]
) -> None:
    made, call = writing
    (answer,) = call(**{"text": "Once", "model": "gru", **RULES} | change)
    assert list(answer) == [made.note]
    assert "please" in answer[made.note]["notice"] or "must be" in answer[made.note]["notice"]
