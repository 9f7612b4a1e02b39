"""Query meets key, told: the numbers filled into the formula, masked words, the parts."""

import math
from typing import Any

import numpy as np
import pytest

from playground.drawing import Box, Drawing, Raster, Word
from playground.heads.query_meets_key import either_picked
from playground.heads.query_meets_key.explain import Trace
from playground.heads.query_meets_key.figures import figures
from playground.instrument import Shown


def traced(seen: bool = True, parts: bool = True) -> Trace:
    """Two units, two keys; the second is masked unless seen."""
    query, keys = np.array([1.0, 2.0]), np.array([[1.0, 0.0], [0.0, 1.0]])
    values = np.array([[1.0, 0.0], [0.0, 3.0]])
    products = query * keys
    scores = products.sum(axis=1) / math.sqrt(2)
    powers = np.exp(scores) * [1, seen]
    weights = powers / powers.sum()
    split = np.stack([scores / 2, scores / 4, scores / 4, scores * 0, scores * 0])
    return Trace(
        "decoder", 1, 1, 1, 2, ["cat", "dog"], ["cat", "dog"], query, keys, products,
        products.sum(axis=1), math.sqrt(2), scores, [True, seen], weights, values,
        weights @ values, 1.5, split if parts else None, np.full((1, 2, 2, 2), 0.5),
    )  # fmt: skip


def marks(shown: Shown, kind: type) -> list[Any]:
    """The marks of one kind in a figure's drawing."""
    assert isinstance(shown.picture, Drawing)
    return [mark for mark in shown.picture.marks if isinstance(mark, kind)]


def test_the_formula_has_the_numbers_of_the_chosen_key() -> None:
    shown = figures(traced())["meets"]
    assert shown.formula[0] == "query · key = Σ query[d] key[d] = 0.000 + 2.000 = 2.00"
    assert shown.formula[1] == "score = 2.00 / √2 = 1.41"
    weight = math.exp(math.sqrt(2)) / (math.exp(math.sqrt(2)) + math.exp(math.sqrt(0.5)))
    assert shown.formula[2].endswith(f"= {weight:.4f}")
    assert "“cat” asks “dog”: 2 products sum to 2.00; divided by 1.41" in shown.sentence


def test_a_masked_key_says_so_and_has_no_share_of_the_softmax() -> None:
    shown = figures(traced(seen=False))["meets"]
    assert "masked" in {word.text for word in marks(shown, Word)}
    assert shown.sentence.endswith("a later word is masked, its weight is 0.")
    assert len(shown.formula) == 2
    assert shown.table.body[1][3:] == ["masked", "0.000000"]


def test_both_words_can_be_picked() -> None:
    picks = [
        either_picked(mark.key) for mark in marks(figures(traced())["meets"], Word) if mark.key
    ]
    assert picks == [{"word": 1}, {"word": 2}, {"key": 1}, {"key": 2}]
    with pytest.raises(LookupError):
        either_picked("head 1")


def test_the_units_are_the_two_vectors_and_their_product() -> None:
    shown = figures(traced())["meets-units"]
    assert shown.table.body == [
        ["1", "1.000000", "0.000000", "0.000000"], ["2", "2.000000", "1.000000", "2.000000"],
    ]  # fmt: skip
    assert shown.sentence == "Unit 2 counts most: 2.00 × 1.00 = 2.00 of 2.00."


def test_the_parts_are_shown_where_there_are_some() -> None:
    shown = figures(traced())["meets-parts"]
    assert shown.sentence == "Of the score 1.41 of “dog”, word with word makes 0.71."
    assert shown.formula[1] == "0.71 + 0.35 + 0.35 + 0.00 + 0.00 = 1.41"
    assert "meets-parts" not in figures(traced(parts=False))


def test_the_last_row_of_the_values_is_their_sum() -> None:
    shown = figures(traced())["meets-values"]
    body = np.array([[float(one) for one in row[1:]] for row in shown.table.body])
    np.testing.assert_allclose(body[:-1].sum(axis=0), body[-1], atol=1e-5)
    assert {box.key for box in marks(shown, Box)} == {"1", "2", ""}


def test_every_head_is_a_map_to_pick() -> None:
    maps = marks(figures(traced())["meets-head"], Raster)
    assert [(one.key, one.framed) for one in maps] == [("1 1", True), ("1 2", False)]
