"""The stages of a choice: what each rule leaves, and whom it removed."""

import numpy as np
import pytest

from playground.plots.drawing import Box, Word
from playground.plots.stages import BAR, stages

COLUMNS = {"probability": np.array([0.5, 0.25, 0.125]), "top k": np.array([0.8, 0.2, 0.0])}


def test_a_removed_word_says_by_which_rule_and_has_no_bar() -> None:
    drawing = stages(["a", "b", "c"], np.zeros(3), COLUMNS, ["", "", "top-k"], "b")
    told = [mark.text for mark in drawing.marks if isinstance(mark, Word)]
    assert told.count("removed by top-k") == 1
    bars = [mark for mark in drawing.marks if isinstance(mark, Box) and not mark.framed]
    assert len(bars) == 5
    assert "c, top k" not in "".join(bar.title for bar in bars)


def test_bars_of_all_stages_share_one_scale() -> None:
    drawing = stages(["a", "b", "c"], np.zeros(3), COLUMNS, ["", "", "top-k"], "")
    bars = {m.title: m.width for m in drawing.marks if isinstance(m, Box)}
    assert bars["a, top k: 0.800000"] == pytest.approx(BAR)
    assert bars["a, probability: 0.500000"] == pytest.approx(BAR * 0.5 / 0.8)


def test_only_the_chosen_word_is_framed() -> None:
    for chosen, count in (("a", 1), ("elsewhere", 0)):
        drawing = stages(["a", "b", "c"], np.zeros(3), COLUMNS, ["", "", "top-k"], chosen)
        assert sum(isinstance(m, Box) and m.framed for m in drawing.marks) == count


def test_columns_of_another_length_are_refused() -> None:
    with pytest.raises(ValueError, match="3 words, but lengths"):
        stages(["a", "b", "c"], np.zeros(2), COLUMNS, [""] * 3, "")
