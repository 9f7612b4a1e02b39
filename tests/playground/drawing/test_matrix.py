"""Matrices: a cell a value, rows that can be picked and lit, and many matrices as small maps."""

import json

import numpy as np
import pytest

from playground import theme
from playground.drawing import Box, Drawing, Raster, Word, maps, matrix
from playground.drawing.matrix import ALL, matrix_table, strongest

ROWS, COLUMNS = ["the", "cat", "the"], ["le", "chat"]
VALUES = np.array([[0.5, -1.0], [0.0, 0.25], [1.0, 0.125]])


def cells(drawing: Drawing) -> list[Box]:
    return [mark for mark in drawing.marks if isinstance(mark, Box) and not mark.framed]


def test_every_value_has_a_cell_with_its_sign_and_exact_number() -> None:
    found = cells(matrix(VALUES, ROWS, COLUMNS, unit=" bits"))
    shades = [theme.shade(abs(value)) for value in VALUES.ravel()]
    assert [cell.opacity for cell in found] == pytest.approx(shades)
    assert [cell.colour for cell in found].count("negative") == 1
    assert found[1].title == "the → chat: -1 bits"


def test_the_chosen_row_keeps_its_shade_in_a_frame_and_the_others_fade() -> None:
    drawing = matrix(abs(VALUES), ROWS, COLUMNS, chosen=0)
    found = cells(drawing)
    assert found[0].opacity == theme.shade(0.5)
    assert found[4].opacity == pytest.approx(theme.shade(theme.FADED))
    (frame,) = [mark for mark in drawing.marks if isinstance(mark, Box) and mark.framed]
    assert frame.y < found[0].y < frame.y + frame.height < found[2].y + found[2].height
    assert [mark.text for mark in drawing.marks if isinstance(mark, Word) and mark.strong] == [
        "the"
    ]
    full = cells(matrix(abs(VALUES), ROWS, COLUMNS, chosen=0, fade=False))
    assert full[4].opacity == theme.shade(1)


def test_one_cell_can_be_framed() -> None:
    drawing = matrix(VALUES, ROWS, COLUMNS, cell=(1, 1))
    (frame,) = [mark for mark in drawing.marks if isinstance(mark, Box) and mark.framed]
    cell = cells(drawing)[3]
    assert (frame.x, frame.y) == (cell.x - 1, cell.y - 1)


def test_rows_columns_cells_and_all_tell_their_keys() -> None:
    drawing = matrix(VALUES, ROWS, COLUMNS, row_key=lambda r: f"r{r}", column_key=lambda c: f"c{c}",
                     cell_key=lambda r, c: f"{r},{c}", all_key=ALL)  # fmt: skip
    keys = [mark.key for mark in drawing.marks if mark.key]
    wanted = ["r0", "r1", "r2", "c0", "c1", ALL, *(f"{r},{c}" for r in range(3) for c in range(2))]
    assert sorted(keys) == sorted(wanted)


def test_values_below_the_least_stay_blank_and_numbers_stand_in_cells() -> None:
    drawing = matrix(VALUES, ROWS, COLUMNS, least=0.5, numbers=lambda value: f"{value:.2f}")
    assert [cell.opacity > theme.FAINTEST for cell in cells(drawing)] == [True, True, False, False,
                                                                         True, False]  # fmt: skip
    assert "0.25" in [mark.text for mark in drawing.marks if isinstance(mark, Word)]


def test_labels_that_do_not_match_are_refused() -> None:
    with pytest.raises(ValueError, match="labels"):
        matrix(VALUES, ROWS[:2], COLUMNS)


def test_sixteen_heads_of_thirty_words_stay_small() -> None:
    drawing = maps(np.random.default_rng(0).random((4, 4, 30, 30)), (1, 2))
    assert len(json.dumps(drawing.to_json())) < 100_000
    found = [mark for mark in drawing.marks if isinstance(mark, Raster)]
    assert [mark.key for mark in found if mark.framed] == ["1,2"]
    assert found[6].title == "layer 2, head 3"
    with pytest.raises(ValueError, match="layers, heads"):
        maps(np.zeros((4, 30, 30)))


def test_the_strongest_link_is_told_without_the_marks() -> None:
    table = np.array([[0.1, 0.9], [0.3, 0.7]])
    sentence = strongest(table, ["cat", "⟨end⟩"], ["chat", "⟨end⟩"])
    assert "“cat” looks at “chat” (10 %)" in sentence
    assert "⟨end⟩" not in sentence
    stops = strongest(table, ["cat", "."], ["chat", "."])
    assert stops == "Strongest between words: “cat” looks at “chat” (10 %)."


def test_what_has_no_weight_is_not_strong() -> None:
    table = np.array([[0.0, 1.0, 0.0], [0.25, 0.0, 0.75]])
    words = ["le", "chat", "⟨end⟩"]
    assert strongest(table, ["the", "cat"], words) == (
        "Strongest between words: “the” looks at “chat” (100 %), “cat” looks at “le” (25 %)."
    )
    assert strongest(table[:, 2:], ["the", "cat"], words[2:]) == (
        "Strongest: “cat” looks at “⟨end⟩” (75 %)."
    )


def test_a_table_has_a_row_of_text_for_each_number() -> None:
    headers, body = matrix_table(VALUES, ROWS, COLUMNS)
    assert headers == ["", *COLUMNS]
    assert body[0] == ["the", "0.5000", "-1.0000"]
