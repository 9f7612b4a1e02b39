"""Positions, told: both orders, every head as a point to pick, the codes as one picture."""

import math
from dataclasses import replace

import numpy as np
import pytest

from playground.charts import Chart
from playground.drawing import Box, Drawing, Raster
from playground.heads.positions.explain import Trace, explain
from playground.heads.positions.figures import ALL_SAME, TOO_SHORT, figures
from playground.heads.shared import head_picked

WORDS = ["a", "b"]


def traced(head: int = 1) -> Trace:
    """Two heads: the first follows the words, the second stays."""
    return Trace(
        "encoder", 1, head, 3, WORDS, WORDS, WORDS[::-1], WORDS[::-1], True, np.eye(2), np.eye(2),
        np.array([[0.9, 0.25]]), np.array([[0.5, 0.75]]), np.array([1.0, -0.5]),
        np.array([[0.0, 1.0], [0.5, -0.5]]),
    )  # fmt: skip


@pytest.mark.parametrize(("head", "wanted"), [(1, "follows the words"), (2, "stays at its places")])
def test_it_is_told_what_a_head_does(head: int, wanted: str) -> None:
    assert wanted in figures(traced(head))["positions"].sentence


def test_both_orders_are_drawn() -> None:
    picture = figures(traced())["positions"].picture
    assert isinstance(picture, Drawing)
    titles = [mark.title for mark in picture.marks if isinstance(mark, Box) and mark.title]
    assert titles.index("a → a: 1") < titles.index("b → b: 1")
    assert titles.count("a → b: 0") == 2


def test_every_head_is_a_point_to_pick() -> None:
    shown = figures(traced())["positions-heads"]
    assert isinstance(shown.picture, Chart)
    cloud = shown.picture.data[0]
    assert [head_picked(key) for key in cloud["customdata"]] == [
        {"layer": 1, "head": 1}, {"layer": 1, "head": 2},
    ]  # fmt: skip
    assert cloud["x"] == [0.5, 0.75]
    assert cloud["y"] == [0.9, 0.25]
    assert shown.sentence == (
        "1 of 2 heads follows the words more than the places. Layer 1, head 1 follows the words "
        "most clearly: 90 % of its look goes with the words, 50 % stays where it was. Layer 1, "
        "head 2 stays at its places most clearly: 25 % of its look goes with the words, 75 % stays "
        "where it was."
    )


def test_of_two_heads_the_clearer_one_is_named_even_if_another_follows_more() -> None:
    trace = replace(traced(), words=np.array([[0.9, 0.75]]), places=np.array([[0.85, 0.25]]))
    said = figures(trace)["positions-heads"].sentence
    assert "Layer 1, head 2 follows the words most clearly: 75 %" in said
    assert "stays at its places most" not in said


def test_a_text_without_another_order_says_so_and_ties_are_ties() -> None:
    ones = np.ones((1, 2))
    short = replace(traced(), moved=False, words=ones, places=ones)
    shown = figures(short)
    assert shown["positions"].sentence == shown["positions-heads"].sentence == ALL_SAME
    alone = replace(traced(), keys=["Oui", "⟨end⟩"], moved=False)
    assert figures(alone)["positions-heads"].sentence == TOO_SHORT
    tied = figures(replace(traced(), words=ones, places=ones))
    assert "head 1 does as much of both: 100 %" in tied["positions"].sentence
    assert tied["positions-heads"].sentence == (
        "0 of 2 heads follow the words more than the places."
    )


def test_the_codes_are_one_picture_and_neighbours_are_compared() -> None:
    shown = figures(traced())
    picture = shown["positions-codes"].picture
    assert isinstance(picture, Drawing)
    (raster,) = [mark for mark in picture.marks if isinstance(mark, Raster)]
    assert raster.values.shape == (2, 2)
    real = figures(replace(traced(), codes=explain("le chat dort").codes))["positions-codes"]
    place, unit = 3, 5  # counted from 1, as the table counts
    value = math.sin((place - 1) / 10_000 ** ((unit - 1) / (len(real.table.headers) - 1)))
    assert real.table.body[place - 1][unit] == f"{value:.4f}"
    assert "sin((place − 1) / 10000^((unit − 1) / E))" in real.formula[0]
    assert shown["positions-similarity"].sentence.startswith("Neighbours have a cosine of −0.50")
