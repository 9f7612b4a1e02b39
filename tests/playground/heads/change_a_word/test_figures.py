"""A changed word, told: what is written then, whose look moves."""

from dataclasses import replace

import numpy as np

from playground.drawing import Box, Drawing, Word
from playground.heads.change_a_word.explain import Trace
from playground.heads.change_a_word.figures import figures
from playground.heads.shared import head_picked, word_picked

EYE = np.eye(2)
TRACE = Trace(
    "encoder", "replace", 2, ["le", "chat"], ["le", "chien"], 1, 2, ["le", "chat"], ["le", "chat"],
    ["le", "chien"], ["le", "chien"], EYE, np.array([[1.0, 0.0], [0.5, 0.5]]),
    np.array([[0.0, 0.25]]), "the cat", "the dog",
    [("the", "same"), ("cat", "removed"), ("dog", "added")],
)  # fmt: skip


def test_it_tells_both_texts() -> None:
    said = figures(TRACE)["changed"].sentence
    assert said == (
        "With “chat” replaced by “chien” the translation is “the dog” instead of “the cat”."
    )
    same = replace(TRACE, changed_written="the cat", change="mask")
    assert figures(same)["changed"].sentence.endswith("the translation is the same, “the cat”.")
    swapped = replace(TRACE, change="swap", word=1, changed_words=["chat", "le"])
    assert "“le” swapped with “chat”" in figures(swapped)["changed"].sentence


def test_the_difference_is_told_where_it_is_largest() -> None:
    shown = figures(TRACE)["changed-look"]
    assert shown.sentence == (
        "Layer 1, head 2: 25 % of its look is elsewhere. “chien” looks more at “le”: 0 % before, "
        "50 % after."
    )
    assert shown.table.body == [["le", "0.0000", "0.0000"], ["chien", "0.5000", "-0.5000"]]


def test_words_and_heads_can_be_picked() -> None:
    shown = figures(TRACE)
    for name, pick, wanted in (
        ("changed", word_picked, [{"word": 1}, {"word": 2}]),
        ("changed-heads", head_picked, [{"layer": 1, "head": 1}, {"layer": 1, "head": 2}]),
    ):
        picture = shown[name].picture
        assert isinstance(picture, Drawing)
        keys = {mark.key for mark in picture.marks if isinstance(mark, Box | Word) and mark.key}
        assert [pick(key) for key in sorted(keys)] == wanted
