"""The spotlight, told: the translation first, one row lit or none, weak links hidden."""

from dataclasses import replace

import numpy as np
import pytest

from playground.attention.spotlight import INSTRUMENT
from playground.attention.spotlight.explain import Trace
from playground.attention.spotlight.figures import figures
from playground.drawing import Box, Drawing, Path, Word
from playground.instrument import Shown

WEIGHTS = np.array([[0.1, 0.6, 0.25, 0.05], [0.7, 0.1, 0.1, 0.1], [0.25, 0.25, 0.25, 0.25]])
TRACE = Trace(
    source=["la", "gare", "la", "⟨end⟩"],
    target=["the", "station", "⟨end⟩"],
    weights=WEIGHTS,
    probabilities=np.array([0.5, 0.2, 0.9]),
    translation="the station",
    log_probability=-2.4,
    finished=True,
    notes=(),
    least=0.2,
    hidden=5,
    hidden_share=0.15,
)


def marks(shown: Shown, kind: type) -> list[object]:
    """The marks of one kind in a figure's drawing."""
    assert isinstance(shown.picture, Drawing)
    return [mark for mark in shown.picture.marks if isinstance(mark, kind)]


def test_a_translation_that_found_no_end_is_no_whole_one() -> None:
    shown = figures(replace(TRACE, finished=False), "heatmap", -1)
    assert "It found no end and was cut." in shown["spotlight"].sentence
    assert "all that was written has log-probability" in shown["sure"].sentence
    assert "the whole translation has" in figures(TRACE, "heatmap", -1)["sure"].sentence


@pytest.mark.parametrize("view", ["heatmap", "ribbons"])
def test_the_translation_stands_first_in_picture_and_sentence(view: str) -> None:
    shown = figures(TRACE, view, -1)["spotlight"]
    first = marks(shown, Word)[0]
    assert (first.text, first.strong, first.colour) == ("the station", True, "target")  # type: ignore[attr-defined]
    assert shown.sentence.startswith("“the station”. Strongest between words: ")
    assert " Hidden: 5 of 12 links, 15 % of all weight." in shown.sentence
    assert ("Below 1 % no ribbon is drawn" in shown.sentence) == (view == "ribbons")


def test_a_long_translation_goes_on_in_the_next_line() -> None:
    long = Trace(**vars(TRACE) | {"translation": "word " * 40})
    lines = [word.text for word in marks(figures(long, "heatmap", -1)["spotlight"], Word)]  # type: ignore[attr-defined]
    assert " ".join(lines[:3]).split() == ["word"] * 40


def test_the_lit_row_is_told_and_one_beyond_the_last_lights_none() -> None:
    told = figures(TRACE, "heatmap", 0)["spotlight"].sentence
    assert "To write “the” it looked most at “gare” (60 %), then at “la” (25 %)" in told
    assert figures(TRACE, "heatmap", 99)["spotlight"] == figures(TRACE, "heatmap", -1)["spotlight"]


@pytest.mark.parametrize("view", ["heatmap", "ribbons"])
def test_every_key_lights_a_row_or_all(view: str) -> None:
    shown = figures(TRACE, view, 1)["spotlight"]
    (pick, _) = (figure.pick for figure in INSTRUMENT.figures)
    assert pick is not None
    assert shown.picture is not None
    keys = {m.key for m in shown.picture.marks if m.key}  # type: ignore[attr-defined]
    assert keys == {"0", "1", "2", "-1"}
    assert {pick(key)["row"] for key in keys} == {0, 1, 2, -1}


def test_weak_links_have_no_ribbon() -> None:
    assert len(marks(figures(TRACE, "ribbons", -1)["spotlight"], Path)) == 12 - TRACE.hidden


def test_every_word_has_its_probability_and_the_least_sure_is_named() -> None:
    shown = figures(TRACE, "heatmap", -1)["sure"]
    assert [box.title for box in marks(shown, Box)] == [  # type: ignore[attr-defined]
        "the: 0.5", "station: 0.2", "⟨end⟩: 0.9",
    ]  # fmt: skip
    assert shown.sentence == (
        "Least sure of “station” (20 %); the whole translation has log-probability −2.40."
    )
    assert shown.formula[1] == "(−0.693) + (−1.609) + (−0.105) = −2.400"


def test_a_way_to_show_it_that_there_is_not_is_named() -> None:
    with pytest.raises(ValueError, match="no view 'pie'"):
        figures(TRACE, "pie", -1)
