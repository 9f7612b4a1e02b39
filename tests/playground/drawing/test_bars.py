"""Bars: as long as their values, with labels at their ends, to either side of zero or of words."""

import numpy as np
import pytest

from playground.drawing import (
    Bars,
    Box,
    Drawing,
    Texts,
    Word,
    back_to_back,
    bars,
    probability_bars,
    translations,
)
from playground.drawing.bars import ROW, THIN
from playground.drawing.layout import room

WORDS = ["the", "cat", "the"]
PHONE = 360 / 0.75  # pixels of a drawing that a phone shows: it is drawn at three quarters
SHARES = np.array([0.5, 0.25, 0.125])


def lengths(drawing: Drawing) -> list[float]:
    return [mark.width for mark in drawing.marks if isinstance(mark, Box) and mark.width != 1]


def test_a_bar_is_as_long_as_its_probability_and_tells_it_exactly() -> None:
    drawing = probability_bars(WORDS, SHARES, ["0", "1", "2"], length=100)
    assert lengths(drawing) == pytest.approx([100, 50, 25])
    titles = [mark.title for mark in drawing.marks if isinstance(mark, Box)]
    assert titles == ["the: 0.500000", "cat: 0.250000", "the: 0.125000"]
    assert {"50 %", "25 %", "12.5 %"} <= {m.text for m in drawing.marks if isinstance(m, Word)}


def test_a_row_tells_its_key_at_its_word_and_at_its_bar() -> None:
    drawing = probability_bars(WORDS, SHARES, ["0", "1", "2"])
    assert sorted(mark.key for mark in drawing.marks if mark.key) == ["0", "0", "1", "1", "2", "2"]


def test_columns_can_share_a_scale() -> None:
    column = Bars(SHARES, ["", "", ""], largest=1.0, length=100)
    assert lengths(bars(WORDS, [column])) == pytest.approx([50, 25, 12.5])


def test_signed_bars_go_to_both_sides_of_one_line() -> None:
    column = Bars([1.0, -2.0, 0.5], ["a", "b", "c"], signed=True, length=100)
    line, *found = [m for m in bars(WORDS, [column]).marks if isinstance(m, Box)]
    assert [box.colour for box in found] == ["accent", "negative", "accent"]
    assert found[0].x == found[2].x == line.x
    assert found[1].x + found[1].width == pytest.approx(line.x)
    assert [box.width for box in found] == pytest.approx([50, 100, 25])


def test_where_there_is_no_value_its_label_stands_alone() -> None:
    column = Bars(
        [1.0, None, 0.5], ["a", "removed by top k", "c"], label_colours=["", "negative", ""]
    )
    drawing = bars(WORDS, [column])
    assert len(lengths(drawing)) == 2
    (label,) = [m for m in drawing.marks if isinstance(m, Word) and m.text == "removed by top k"]
    assert label.colour == "negative"


def test_the_chosen_row_has_a_frame_and_strong_rows_are_bold() -> None:
    drawing = bars(WORDS, [Texts(["1", "2", "3"], "number")], framed=1, strong=[2])
    assert [m.framed for m in drawing.marks if isinstance(m, Box)] == [True]
    bold = [mark.text for mark in drawing.marks if isinstance(mark, Word) and mark.strong]
    assert bold == ["the", "3"]


def test_before_and_after_stand_back_to_back_on_one_scale_with_the_change() -> None:
    drawing = back_to_back(WORDS, SHARES, SHARES[::-1].copy(), np.array([-2.0, 0.0, 2.0]))
    boxes = [mark for mark in drawing.marks if isinstance(mark, Box)]
    left, right = boxes[:3], boxes[3:]
    assert len({round(box.x + box.width, 6) for box in left}) == 1
    assert len({box.x for box in right}) == 1
    assert left[0].width == right[2].width
    middle = [mark.x for mark in drawing.marks if isinstance(mark, Word) and mark.text == "cat"]
    assert left[0].x + left[0].width < middle[0] < right[0].x
    changes = {m.text: m.colour for m in drawing.marks if isinstance(m, Word) and "bits" in m.title}
    assert changes == {"−2.0": "negative", "0.0": "accent", "+2.0": "accent"}


def test_nothing_is_drawn_outside_the_drawing() -> None:
    column = Bars([1.0, -2.0, 0.5], ["+1.0", "−2.0", "+0.5"], "score", signed=True)
    for drawing in (
        bars(WORDS, [column, Texts(["1", "2", "3"], "number")], framed=0),
        back_to_back(WORDS, SHARES, SHARES, SHARES),
    ):
        for mark in drawing.marks:
            if isinstance(mark, Box):
                assert mark.x >= 0
                assert mark.x + mark.width <= drawing.width
                assert mark.y + mark.height <= drawing.height


def test_other_numbers_of_values_are_refused() -> None:
    with pytest.raises(ValueError, match="2 probabilities are given for 3 words"):
        probability_bars(WORDS, SHARES[:2])
    with pytest.raises(ValueError, match="3 words have a column of 2 labels"):
        bars(WORDS, [Texts(["1", "2"])])


def test_a_long_text_goes_on_in_the_next_line_and_each_row_has_room_for_it() -> None:
    texts = ["a short one", "one that is so long that it takes some more lines than one", "an end"]
    column = Texts(texts, "text", anchor="start", most=20)
    drawing = bars(WORDS, [column, Bars(SHARES, ["", "", ""], length=100)])
    found = [
        mark for mark in drawing.marks if isinstance(mark, Word) and mark.text in column.lines[1]
    ]
    assert " ".join(mark.text for mark in found) == texts[1]
    heights = [mark.y for mark in found]
    assert heights == sorted(set(heights))
    tops = [mark.y for mark in drawing.marks if isinstance(mark, Box)]
    assert tops[0] < heights[0] < heights[-1] < tops[2]
    assert {mark.height for mark in drawing.marks if isinstance(mark, Box)} == {ROW - 2 * THIN}


def test_translations_stand_before_their_numbers_within_a_phones_width() -> None:
    drawing = bars(WORDS, [translations(["word " * 30] * 3), Bars(SHARES, ["", "", ""])])
    lines = [mark for mark in drawing.marks if isinstance(mark, Word) and "word" in mark.text]
    assert all(mark.x + room([mark.text]) < PHONE for mark in lines)
    assert all(mark.x > max(line.x for line in lines)
               for mark in drawing.marks if isinstance(mark, Box))  # fmt: skip
