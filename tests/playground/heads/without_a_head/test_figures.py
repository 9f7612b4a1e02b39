"""Without a head, told: the map of costs, both translations, the curve of many removals."""

from dataclasses import replace
from typing import Any

import numpy as np

from playground.charts import Chart
from playground.drawing import Box, Drawing, Word
from playground.heads.shared import head_picked
from playground.heads.without_a_head import sentence_picked
from playground.heads.without_a_head.explain import Trace
from playground.heads.without_a_head.figures import figures
from playground.instrument import Shown


def traced(stack: str = "encoder") -> Trace:
    """One layer of two heads; without the second the translation is another."""
    spoken = stack == "language"
    return Trace(
        stack=stack,
        layer=1,
        head=2,
        scale=0.0,
        costs_bits=np.array([[-0.5, 4.0]]),
        cost_bits=4.0,
        log_probability_bits=-2.0,
        before="the cat",
        after="" if spoken else "a cat",
        difference=[] if spoken else [("the", "removed"), ("a", "added"), ("cat", "same")],
        next_words=["⟨unknown⟩", "was", "is"] if spoken else [],
        next_before=np.array([0.5, 0.25, 0.25]) if spoken else np.zeros(0),
        next_after=np.array([0.5, 0.125, 0.375]) if spoken else np.zeros(0),
        order=[(1, 1), (1, 2)],
        curve_bits=np.array([0.0, -0.5, 5.0]),
        written=[""] * 3 if spoken else ["the cat", "the cat", "a cat"],
        harmless=1,
        usual={"removal_costs": 1.25, "unit": "BLEU"},
    )


def marks(shown: Shown, kind: type) -> list[Any]:
    """The marks of one kind in a figure's drawing."""
    assert isinstance(shown.picture, Drawing)
    return [mark for mark in shown.picture.marks if isinstance(mark, kind)]


def test_the_map_has_a_cell_for_each_head_gains_in_the_other_colour() -> None:
    shown = figures(traced())["without"]
    cells = [box for box in marks(shown, Box) if box.key]
    assert [head_picked(cell.key) for cell in cells] == [
        {"layer": 1, "head": 1}, {"layer": 1, "head": 2},
    ]  # fmt: skip
    assert [cell.colour for cell in cells] == ["negative", "accent"]
    assert "layer 1, head 2: without it the translation loses 4.00 bits" in shown.sentence
    assert "cheapest layer 1, head 1, −0.50" in shown.sentence
    assert shown.sentence.endswith("On a corpus the removal of layer 1, head 2 costs 1.25 BLEU.")
    assert shown.formula[1] == "layer 1, head 2 at 0: −2.00 − (−6.00) = 4.00 bits"


def test_nothing_and_the_mean_stand_side_by_side_and_a_sentence_where_they_disagree() -> None:
    one = {
        "layer": 2,
        "head": 3,
        "text": "Il dort.",
        "zero_bits": 4.5,
        "mean_bits": 0.25,
        "apart_bits": 4.25,
    }
    trace = replace(traced(), mean_costs_bits=np.array([[-0.25, 1.0]]), disagreement=one)
    shown = figures(trace)
    assert len([box for box in marks(shown["without"], Box) if box.key]) == 4
    said = "differ most about layer 1, head 2: 4.00 and 1.00 bits."
    assert said in shown["without"].sentence
    assert shown["without"].table.body[1] == ["1", "2", "4.000000", "1.000000"]
    (key,) = {word.key for word in marks(shown["without-disagreement"], Word)}
    assert sentence_picked(key) == {"layer": 2, "head": 3, "text": "Il dort."}
    said = shown["without-disagreement"].sentence
    assert said.startswith("“Il dort.” loses 4.50 bits")
    assert said.endswith("differ by 4.25 bits. Which of the two tells what the head is worth?")
    alike = replace(
        trace, disagreement={**one, "zero_bits": 6.37, "mean_bits": 6.6, "apart_bits": 0.23}
    )
    said = figures(alike)["without-disagreement"].sentence
    assert said.endswith("by 0.23 bits. Both say much the same of what the head is worth.")
    gains = {**one, "zero_bits": -1.02, "mean_bits": -1.0, "apart_bits": 0.02}
    said = figures(replace(trace, disagreement=gains))["without-disagreement"].sentence
    assert said.startswith("“Il dort.” gains 1.02 bits with nothing")
    assert said.endswith("Both say much the same of what the head is worth.")
    assert "without-disagreement" not in figures(traced())


def test_what_was_done_is_named() -> None:
    shown = figures(replace(traced(), alone=True, instead="mean"))["without-after"]
    assert shown.sentence.startswith(
        "With all heads but layer 1, head 2 replaced by their corpus means the model writes"
    )
    half = figures(replace(traced(), scale=0.5, instead="mean"))["without-after"]
    assert half.sentence.startswith(
        "With layer 1, head 2 at 0.5 of the way from its corpus mean the model writes"
    )
    same = replace(traced(), scale=1.0, cost_bits=1e-9, after="the cat")
    assert figures(same)["without-after"].sentence == (
        "With layer 1, head 2 as before the model writes the same, “the cat”, which loses nothing."
    )


def test_both_translations_are_told() -> None:
    shown = figures(traced())["without-after"]
    assert shown.sentence == (
        "With layer 1, head 2 at 0 the model writes “a cat” instead of “the cat”, which loses "
        "4.00 bits."
    )
    assert shown.table.body == [["all heads", "the cat"], ["at 0", "a cat"]]


def test_of_the_language_model_the_next_words_are_told_but_no_mark() -> None:
    shown = figures(traced("language"))["without-after"]
    assert [row[0] for row in shown.table.body] == ["was", "is"]
    assert shown.sentence.endswith("the text loses 4.00 bits. ⟨unknown⟩ holds 50 %, then 50 %.")


def test_the_curve_says_how_many_can_go() -> None:
    shown = figures(traced())["without-many"]
    assert isinstance(shown.picture, Chart)
    assert shown.picture.data[0]["y"] == [0.0, -0.5, 5.0]
    assert shown.sentence == (
        "1 of 2 heads can go, cheapest first, before the translation changes. Then it is “a cat”."
    )
    assert len(shown.table.body) == 3
    assert "more than one bit" in figures(traced("language"))["without-many"].sentence
