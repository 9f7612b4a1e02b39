"""Wider beams: this sentence by its own searches, and a sentence that follows from the numbers."""

from dataclasses import replace
from typing import Any

import pytest

from playground.drawing import Drawing, Word
from playground.reading.models import TRANSLATORS
from playground.reading.translating import load
from playground.translation.wider.explain import WIDTHS, Trace, explain
from playground.translation.wider.figures import figures, told
from seq_models.translate import translate


def entries(*bleu: float) -> list[dict[str, Any]]:
    """What was measured, with made-up BLEU."""
    return [
        {"beam": beam, "length_penalty": 1.0, "sentences": 500, "bleu": one, "length": 0.9}
        for beam, one in zip(WIDTHS, bleu, strict=False)
    ]


@pytest.fixture(scope="module")
def trace() -> Trace:
    return explain("Il pleut.")


def test_each_width_is_its_own_search(trace: Trace) -> None:
    network, tokenizer = load("transformer")
    for one in trace.found[::2]:
        (search,) = translate(network, tokenizer, ["Il pleut."], one.beam)
        assert one.text == tokenizer.decode(search.hypotheses[0].tokens)
    scores = [one.score for one in trace.found]
    assert max(scores) == pytest.approx(scores[-1], abs=1e-5)  # the widest misses the least


def test_the_curse_is_told_only_where_it_is() -> None:
    assert told("A", entries(40.0, 41.0, 39.0)).endswith("the beam search curse.")
    assert "best at width 2, 41.00, but 39.00 at width 4" in told("A", entries(40.0, 41.0, 39.0))
    assert "no curse to speak of here" in told("A", entries(40.0, 41.0, 40.8))
    assert "no curse here" in told("A", entries(40.0, 40.5, 41.0))


def test_both_translators_have_a_curve_where_both_are_measured(trace: Trace) -> None:
    measured = dict.fromkeys(TRANSLATORS, entries(40.0, 41.0))
    shown = figures(replace(trace, measured=measured))
    assert shown["wider-bleu"].picture is not None
    made = shown["wider-bleu"].picture.to_json()
    assert [one["name"] for one in made["data"]] == [one.label for one in TRANSLATORS.values()]
    assert "On 500 test sentences." in shown["wider-bleu"].sentence


def test_where_nothing_is_measured_that_is_said(trace: Trace) -> None:
    shown = figures(replace(trace, measured={}))
    assert shown["wider-bleu"].picture is None
    assert "not been measured" in shown["wider-bleu"].sentence
    assert "not been measured" in shown["wider-length"].sentence


def test_a_long_text_is_not_searched_with_the_widest_beams_and_that_is_told() -> None:
    trace = explain(" ".join(["Il pleut."] * 50))
    widest = max(one.beam for one in trace.found)
    assert widest < WIDTHS[-1]
    assert trace.notes[-1] == f"A long text: no beam wider than {widest} was tried on it."


def test_bold_is_only_what_a_wider_beam_changes(trace: Trace) -> None:
    texts = ["a", "a", "b"]
    found = [replace(one, text=text) for one, text in zip(trace.found, texts, strict=False)]
    picture = figures(replace(trace, found=found))["wider-here"].picture
    assert isinstance(picture, Drawing)
    bold = [mark.text for mark in picture.marks if isinstance(mark, Word) and mark.strong]
    assert bold[:2] == [str(found[2].beam), "b"]
    assert "a" not in bold
