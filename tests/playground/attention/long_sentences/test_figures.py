"""Long sentences, told: every translation by its model's label, and BLEU in bars."""

from typing import Any

import pytest

from playground.attention.long_sentences import INSTRUMENT, LONGER
from playground.attention.long_sentences.explain import Trace
from playground.attention.long_sentences.figures import figures, spelled
from playground.charts import Chart
from playground.drawing import Box, Drawing, Word

BANDS = [
    {"shortest": 1, "longest": 4, "sentences": 10, "bleu": 40.0},
    {"shortest": 15, "longest": 1000, "sentences": 20, "bleu": 10.0},
]


def traced(by_length: dict[str, list[dict[str, Any]]], words: int = 31) -> Trace:
    """Two translations of a sentence of so many words."""
    texts = {"transformer": "one.", "attention": "two."}
    finished = {"transformer": True, "attention": False}
    return Trace(words, texts, {"transformer": -1.0, "attention": -2.0}, finished, (), by_length)


def test_a_translation_that_found_no_end_is_told_as_cut() -> None:
    said = figures(traced({}), "oui")["longer"].sentence
    assert said.endswith("“two.” It found no end and was cut.")
    assert said.count("was cut") == 1


def test_bleu_is_as_high_as_it_is_and_this_sentence_is_found() -> None:
    shown = figures(traced({"transformer": BANDS, "attention": BANDS[1:]}), "oui")["by-length"]
    assert isinstance(shown.picture, Chart)
    made = shown.picture.to_json()
    assert [list(bars["y"]) for bars in made["data"]] == [[40.0, 10.0], [None, 10.0]]
    assert made["data"][0]["hovertext"][1] == (
        "Transformer, 15 words or more: 10 BLEU on 20 sentences"
    )
    ticks = made["layout"]["xaxis"]["ticktext"]
    assert ["this sentence" in tick for tick in ticks] == [False, True]
    assert "40.0 BLEU for the shortest sentences, 10.0 for the longest" in shown.sentence


def test_without_measurements_there_is_no_chart() -> None:
    shown = figures(traced({}), "oui")["by-length"]
    assert shown.picture is None
    assert shown.sentence.endswith("has not been measured for these weights yet.")


def test_every_sentence_is_counted_and_picked_and_the_present_one_is_lit() -> None:
    shown = figures(traced({}), f" {LONGER[1]} ")["longer"]
    assert isinstance(shown.picture, Drawing)
    picked = [m for m in shown.picture.marks if isinstance(m, Word) and m.key]
    pick = INSTRUMENT.figures[0].pick
    assert pick is not None
    assert [pick(mark.key)["text"] for mark in picked] == list(LONGER)
    assert [mark.text for mark in picked if mark.strong] == [LONGER[1]]
    assert sum(isinstance(mark, Box) for mark in shown.picture.marks) == 1


@pytest.mark.parametrize(("words", "told"), [(1, "1 word."), (2, "2 words.")])
def test_each_model_is_told_by_its_label(words: int, told: str) -> None:
    said = figures(traced({}, words), "oui")["longer"].sentence
    assert said.startswith(
        f"This sentence has {told} Transformer: “one.” Recurrent with attention: “two.”"
    )


def test_the_sentences_grow() -> None:
    lengths = [len(sentence.split()) for sentence in LONGER]
    assert lengths == sorted(lengths)
    assert lengths[0] <= 6 < 15 <= lengths[-1]
    assert spelled(15, 1000) == "15 words or more"
