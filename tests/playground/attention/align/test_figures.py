"""The alignment, told: extremes by name, exact sums, and only what was measured."""

import numpy as np
import pytest

from playground.attention.align.explain import Trace, explain
from playground.attention.align.figures import entropy_formula, figures
from playground.drawing import Box, Drawing, Word

TEXT = "Où est la gare ?"
RATE = {"layer": 2, "head": 5, "reading": "next_row", "error_rate": 0.3123, "pairs": 447}


def rated(measured: dict[str, dict[str, object]]) -> Trace:
    """A trace with these error rates."""
    return Trace(**vars(explain(TEXT)) | {"measured": measured})


def test_every_word_has_a_bar_with_its_exact_value() -> None:
    trace = explain(TEXT)
    shown = figures(trace)
    for name, words, values in (
        ("coverage", trace.source, trace.coverage), ("entropy", trace.target, trace.entropy_bits),
    ):  # fmt: skip
        picture = shown[name].picture
        assert isinstance(picture, Drawing)
        boxes = [mark for mark in picture.marks if isinstance(mark, Box)]
        titles = [f"{word}: {value:.6g}" for word, value in zip(words, values, strict=True)]
        assert [box.title for box in boxes] == titles
        assert [row[1] for row in shown[name].table.body] == [f"{value:.6f}" for value in values]


def test_the_extremes_are_told() -> None:
    trace = explain(TEXT)
    shown = figures(trace)
    said = shown["coverage"].sentence
    assert said.startswith(f"Of the words, “{trace.most}” is looked at most")
    end = trace.coverage[-1]
    assert (f"“⟨end⟩” gets {end:.2f}" in said) == (end > trace.coverage[trace.places["most"]])
    told = f"sharpest for “{trace.sharpest}” and broadest for “{trace.broadest}”"
    assert told in shown["entropy"].sentence


def test_one_word_is_not_both_most_and_least_and_pieces_are_no_words() -> None:
    shown = figures(explain("Oui", merged=True))
    assert "least" not in shown["coverage"].sentence
    assert "sharpest" not in shown["entropy"].sentence
    pieces = explain("Une anticonstitutionnellement longue phrase", merged=False)
    assert "pieces' worth" in figures(pieces)["coverage"].sentence
    assert "words" not in figures(pieces)["entropy"].sentence


def test_of_a_word_that_stands_there_often_the_right_one_is_told() -> None:
    trace = explain("La mère de la fille de la voisine de la maison")
    shown = figures(trace)
    for name in ("most", "least"):
        value = trace.coverage[trace.places[name]]
        assert trace.source[trace.places[name]] == getattr(trace, name)
        assert f"{value:.2f}" in shown["coverage"].sentence
    assert shown["coverage"].formula[1].endswith(f"{trace.coverage[trace.places['most']]:.3f}")
    broadest = trace.entropy_bits[trace.places["broadest"]]
    assert broadest == max(
        bits
        for word, bits in zip(trace.target, trace.entropy_bits, strict=True)
        if word.strip("·").isalnum()
    )
    assert shown["entropy"].formula[1].endswith(f"{broadest:.3f} bits")


def test_the_written_sum_comes_to_the_coverage() -> None:
    line = figures(explain(TEXT))["coverage"].formula[1]
    numbers, said = line.partition(" = ")[2].rsplit(" = ", 1)
    assert sum(map(float, numbers.split(" + "))) == pytest.approx(float(said), abs=0.005)


def test_entropy_is_written_with_the_weights_that_count() -> None:
    line = entropy_formula("the", np.array([0.5, 0.5, 0.0]), 1.0)[1]
    assert line == "entropy(the) = −(0.500 log₂ 0.500 + 0.500 log₂ 0.500 + …) = 1.000 bits"


def test_each_measured_model_is_told_by_its_label() -> None:
    shown = figures(rated({"transformer": RATE}))["rates"]
    assert shown.sentence == (
        "Transformer: alignment error rate 31.2 % (links that are wrong or missing) with layer 2, "
        "head 5, as it reads the word just written. "
        "Measured on 447 sentences that people linked by hand."
    )
    assert isinstance(shown.picture, Drawing)
    assert "Transformer" in {m.text for m in shown.picture.marks if isinstance(m, Word)}


def test_where_nothing_is_measured_there_is_no_picture() -> None:
    shown = figures(rated({}))["rates"]
    assert shown.picture is None
    assert shown.sentence.endswith("has not been measured for these weights yet.")
