"""Before and after, back to back on one scale."""

import numpy as np
import pytest

from playground.plots.before_after import BAR, before_after
from playground.plots.drawing import Box, Word

OLD, NEW = np.array([0.5, 0.25]), np.array([0.125, 0.5])
BITS = np.log2(NEW / OLD)


def test_both_sides_share_one_scale_and_tell_their_exact_numbers() -> None:
    drawing = before_after(["a", "b"], OLD, NEW, BITS)
    widths = {m.title: m.width for m in drawing.marks if isinstance(m, Box)}
    assert widths["a before: 0.500000"] == widths["b after: 0.500000"] == BAR
    assert widths["a after: 0.125000"] == BAR / 4


def test_the_change_has_its_sign_in_text_and_colour() -> None:
    drawing = before_after(["a", "b"], OLD, NEW, BITS)
    told = {m.text: m.colour for m in drawing.marks if isinstance(m, Word)}
    assert told["−2.0"] == "negative"
    assert told["+1.0"] == "accent"


def test_the_word_to_operate_at_is_picked_by_its_place_from_one() -> None:
    drawing = before_after(["a", "b"], OLD, NEW, BITS, ["the", "the", "end"], 2)
    picks = [m for m in drawing.marks if isinstance(m, Word) and m.key]
    assert [(pick.key, pick.strong) for pick in picks] == [("1", False), ("2", True), ("3", False)]
    bars = [m for m in drawing.marks if isinstance(m, Box) and m.title]
    assert max(bar.y + bar.height for bar in bars) < drawing.height


def test_a_word_without_its_numbers_is_refused() -> None:
    with pytest.raises(ValueError, match="2 words have 2, 1 probabilities"):
        before_after(["a", "b"], OLD, NEW[:1], BITS)
