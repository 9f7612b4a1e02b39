"""A changed word, told: what is written then, whose look moves."""

from dataclasses import replace

import numpy as np

from playground.drawing import Box, Drawing, Word
from playground.heads.change_a_word.explain import Trace
from playground.heads.change_a_word.figures import figures
from playground.heads.shared import head_picked, word_picked

EYE = np.eye(2)
TRACE = Trace(
    "encoder", "replace", 2, ["le", "chat"], ["le", "chien"], "le chat", "le chien", 1, 2,
    ["le", "chat"], ["le", "chat"], ["le", "chien"], ["le", "chien"], [1, 2], [1, 2], EYE,
    np.array([[1.0, 0.0], [0.5, 0.5]]),
    np.array([[0.0, 0.25]]), "the cat", "the dog",
    [("the", "same"), ("cat", "removed"), ("dog", "added")],
)  # fmt: skip


def test_it_tells_both_texts() -> None:
    said = figures(TRACE)["changed"].sentence
    assert said == (
        "With “chat” replaced by “chien” the translation is “the dog” instead of “the cat”."
    )
    same = replace(TRACE, changed_written="the cat", change="mask")
    assert figures(same)["changed"].sentence == (
        "With “chat” masked the translation is the same, “the cat”."
    )
    swapped = replace(TRACE, change="swap", word=1, changed_words=["chat", "le"])
    assert "“le” swapped with “chat”" in figures(swapped)["changed"].sentence


def test_the_difference_is_told_where_it_is_largest() -> None:
    shown = figures(TRACE)["changed-look"]
    assert shown.sentence == (
        "Layer 1, head 2: 25 % of its look is elsewhere. “chien” (at the place of “chat”) looks "
        "more at “le”: 0 % before, 50 % after."
    )
    assert shown.table.headers == ["", "le", "chat → chien"]
    assert shown.table.body == [["le", "0.0000", "0.0000"], ["chat → chien", "0.5000", "-0.5000"]]


def test_a_swapped_word_is_compared_with_itself_wherever_it_stands() -> None:
    before = np.array([[0.875, 0.125], [0.25, 0.75]])  # le, chat
    after = np.array([[0.5, 0.5], [0.25, 0.75]])  # chat, le
    swapped = replace(
        TRACE, change="swap", word=1, changed_rows=["chat", "le"], changed_columns=["chat", "le"],
        row_origins=[2, 1], column_origins=[2, 1], before=before, after=after,
    )  # fmt: skip
    shown = figures(swapped)["changed-look"]
    assert shown.sentence.endswith("“chat” looks less at itself: 75 % before, 50 % after.")
    assert shown.table.headers == ["", "chat", "le"]
    assert shown.table.body[0] == ["chat", "-0.2500", "0.2500"]
    assert isinstance(shown.picture, Drawing)
    texts = [mark.text for mark in shown.picture.marks if isinstance(mark, Word)]
    assert "after − before, each word compared with itself" in texts


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
