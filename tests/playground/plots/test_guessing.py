"""The guessing game's figures: what is left to pick, and how everyone did."""

import pytest

from playground.plots.choices import choices
from playground.plots.drawing import Box, Drawing, Word
from playground.plots.pick_row import LINE, add_row
from playground.plots.scores import BAR, scores


def test_a_tried_word_is_grey_and_cannot_be_picked_again() -> None:
    drawing = choices(["cat", "dog"], ["0:cat", "0:dog"], ["cat"])
    words = [mark for mark in drawing.marks if isinstance(mark, Word)]
    assert [(word.key, word.colour) for word in words] == [("", "quiet"), ("0:dog", "")]
    with pytest.raises(ValueError, match="2 words have 1 keys"):
        choices(["cat", "dog"], ["0:cat"], [])


def test_scores_are_bars_by_column_and_a_missing_figure_has_none() -> None:
    drawing = scores(
        ["a", "b"], {"You": [(1.0, "100 %"), None], "GRU": [(0.5, "50 %"), (2, "2.0")]}
    )
    bars = [mark for mark in drawing.marks if isinstance(mark, Box)]
    assert [bar.width for bar in bars] == [BAR, BAR / 2, BAR]
    with pytest.raises(ValueError, match="You has 1 figures for 2 columns"):
        scores(["a", "b"], {"GRU": [(1, "1"), (1, "1")], "You": [(1.0, "1")]})


def test_words_to_pick_go_on_in_the_next_line() -> None:
    drawing = Drawing(marks=[])
    words = ["word"] * 60
    height = add_row(drawing, "at", words, [str(n) for n in range(60)], 3)
    assert height == drawing.height > 2 * LINE
    boxes = [mark for mark in drawing.marks if isinstance(mark, Box)]
    assert len({(box.x, box.y) for box in boxes}) == 60
    assert [box.framed for box in boxes].index(True) == 3
    with pytest.raises(ValueError, match="1 words have 0 keys"):
        add_row(drawing, "", ["a"], [], None)
