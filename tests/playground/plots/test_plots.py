"""Figures hold the numbers they were given, and show words as words."""

import json

import numpy as np
import plotly.graph_objects as go
import pytest

from playground.plots import told
from playground.plots.figure import percent, to_json
from playground.plots.heatmap import heatmap

WORDS = ["the", "cat", "the", "<b>"]


def weights(rows: int, columns: int) -> np.ndarray:
    table = np.random.default_rng(0).random((rows, columns))
    return table / table.sum(axis=1, keepdims=True)


def test_a_heatmap_keeps_every_weight_and_a_column_for_each_word_even_twice() -> None:
    table = weights(3, 4)
    figure = heatmap(table, ["a", "b", "a"], WORDS)
    np.testing.assert_array_equal(figure.data[0].z, table)
    assert list(figure.layout.xaxis.tickvals) == [0, 1, 2, 3]
    assert figure.layout.yaxis.autorange == "reversed"
    assert (figure.data[0].zmin, figure.data[0].zmax) == (0, 1)


def test_words_are_never_taken_for_markup() -> None:
    figure = heatmap(weights(1, 4), ["<i>x</i>"], WORDS)
    assert figure.layout.xaxis.ticktext[3] == "&lt;b&gt;"
    assert "<i>" not in json.dumps(figure.to_plotly_json(), default=str)


@pytest.mark.parametrize("rows", [2, 4])
def test_labels_that_do_not_match_the_matrix_are_refused(rows: int) -> None:
    with pytest.raises(ValueError, match="labels"):
        heatmap(weights(3, 4), ["a"] * rows, WORDS)


def test_a_figure_travels_as_json_with_its_configuration() -> None:
    travelled = json.loads(to_json(heatmap(weights(1, 4), ["a"], WORDS)))
    assert travelled["config"]["displayModeBar"] is False
    assert go.Figure({"data": travelled["data"], "layout": travelled["layout"]}).data


@pytest.mark.parametrize(
    ("probability", "wanted"),
    [(0, "0 %"), (1, "100 %"), (0.12345, "12.3 %"), (1e-6, "< 0.01 %"), (0.001234, "0.123 %")],
)
def test_a_probability_has_at_most_three_digits(probability: float, wanted: str) -> None:
    assert percent(probability) == wanted


def test_the_strongest_link_is_told_without_the_marks() -> None:
    table = np.array([[0.1, 0.9], [0.3, 0.7]])
    sentence = told.strongest(table, ["cat", "⟨end⟩"], ["chat", "⟨end⟩"])
    assert "“cat” looks at “chat” (10 %)" in sentence
    assert "⟨end⟩" not in sentence


def test_a_table_has_a_row_of_text_for_each_number() -> None:
    headers, body = told.matrix_table(weights(2, 4), ["a", "b"], WORDS)
    assert headers == ["", *WORDS]
    assert [len(row) for row in body] == [5, 5]


def test_each_language_has_its_colour() -> None:
    figure = heatmap(weights(1, 1), ["chat"], ["cat"], languages=("target", "source"))
    assert "var(--source)" in figure.layout.xaxis.ticktext[0]
    assert "var(--target)" in figure.layout.yaxis.ticktext[0]
