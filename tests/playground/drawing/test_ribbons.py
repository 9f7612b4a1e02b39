"""Ribbons: the wider, the heavier; those of the row that is lit stand out."""

import numpy as np
import pytest

from playground import theme
from playground.drawing import Path, Word, ribbons
from playground.drawing.ribbons import WIDEST

WEIGHTS = np.array([[0.9, 0.1, 0.0], [0.005, 0.5, 0.5]])
ROWS, COLUMNS = ["the", "cat"], ["le", "chat", "⟨end⟩"]


def test_a_ribbon_is_as_wide_as_its_weight_and_small_weights_have_none() -> None:
    found = [mark for mark in ribbons(WEIGHTS, ROWS, COLUMNS).marks if isinstance(mark, Path)]
    assert [path.width for path in found] == pytest.approx([18 * w for w in (0.9, 0.1, 0.5, 0.5)])
    assert found[0].title == "the → le: 0.9"
    few = ribbons(WEIGHTS, ROWS, COLUMNS, least=0.3).marks
    assert len([mark for mark in few if isinstance(mark, Path)]) == 3


def test_the_ribbons_of_other_rows_fade_and_words_tell_their_row() -> None:
    drawing = ribbons(WEIGHTS, ROWS, COLUMNS, chosen=1, all_key="-1")
    opacities = [mark.opacity for mark in drawing.marks if isinstance(mark, Path)]
    assert opacities == [theme.RIBBON_FADED] * 2 + [theme.RIBBON] * 2
    keys = {mark.text: mark.key for mark in drawing.marks if isinstance(mark, Word)}
    assert keys == {"le": "", "chat": "", "⟨end⟩": "", "the": "0", "cat": "1", "all": "-1"}


def test_labels_that_do_not_match_are_refused() -> None:
    with pytest.raises(ValueError, match="labels"):
        ribbons(WEIGHTS, ROWS, ROWS)


def test_on_another_scale_a_ribbon_tells_its_own_weight() -> None:
    drawing = ribbons(np.array([[4.0, 0.02, 2.0]]), ["a"], ["b", "c", "d"], largest=4.0)
    paths = [mark for mark in drawing.marks if isinstance(mark, Path)]
    assert [path.title for path in paths] == ["a → b: 4", "a → d: 2"]
    assert paths[0].width == 2 * paths[1].width == WIDEST
