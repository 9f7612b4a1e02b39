"""The Attention tab's drawings: every number they were given, exact in a title, at its place."""

import math
import re
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.plots import sums_attention as sums
from playground.plots import told_attention
from playground.plots.by_length import by_length, spelled
from playground.plots.difference import MARKS, difference
from playground.plots.drawing import Box, Drawing, Path, Word
from playground.plots.longer import longer
from playground.plots.matrix import matrix
from playground.plots.ribbons import FAINTEST, WIDEST, ribbons
from playground.plots.score import BAR, score
from playground.plots.spotlight import ALL, spotlight
from playground.plots.sure import WIDE, sure
from playground.plots.terms import numbers, terms
from playground.plots.word_bars import word_bars

SOURCE = ["la", "gare", "la", "⟨end⟩"]
TARGET = ["the", "station", "⟨end⟩"]


@dataclass(frozen=True)
class Unit:
    """One hidden unit's numbers."""

    unit: int
    query: float
    key: float
    sum: float
    tanh: float
    v: float
    term: float


UNITS = [Unit(7, 0.5, -0.25, 0.25, 0.2449, 2.0, 0.4898), Unit(3, 1.0, 1.0, 2.0, 0.964, -1, -0.964)]


def weights() -> np.ndarray:
    """Weights (3, 4), rows summing to 1."""
    table = np.random.default_rng(0).random((3, 4)) + 0.1
    return table / table.sum(axis=1, keepdims=True)


def boxes(drawing: Drawing) -> list[Box]:
    return [mark for mark in drawing.marks if isinstance(mark, Box)]


def words(drawing: Drawing) -> list[str]:
    return [mark.text for mark in drawing.marks if isinstance(mark, Word)]


def titles(drawing: Drawing) -> list[str]:
    return [mark.title for mark in drawing.marks]


@pytest.mark.parametrize("plot", [spotlight, ribbons])
def test_every_weight_is_exact_in_a_title_and_picks_its_row(plot: type) -> None:
    table = weights()
    marks = plot(table, TARGET, SOURCE).marks  # type: ignore[attr-defined]
    for row, word in enumerate(TARGET):
        for column, other in enumerate(SOURCE):
            (mark,) = [m for m in marks if m.title == f"{word} → {other}: {table[row, column]:.6g}"]
            assert mark.key == str(row)


@pytest.mark.parametrize("plot", [spotlight, ribbons])
def test_words_can_be_picked_and_so_can_all_rows(plot: type) -> None:
    for row in (None, 1):
        marks = plot(weights(), TARGET, SOURCE, row).marks  # type: ignore[attr-defined]
        keys = {m.text: m for m in marks if isinstance(m, Word) and m.key}
        assert [keys[word].key for word in (*TARGET, "all")] == ["0", "1", "2", ALL]
        assert [word for word in keys if keys[word].strong] == ["all" if row is None else "station"]


@settings(max_examples=20, deadline=None)
@given(st.floats(0, 1))
def test_a_threshold_hides_exactly_the_weaker_links(least: float) -> None:
    table = weights()
    shown = [box for box in boxes(spotlight(table, TARGET, SOURCE, least=least)) if box.part > 0]
    assert len(shown) == (table >= least).sum()
    marks = ribbons(table, TARGET, SOURCE, least=least).marks
    paths = [mark for mark in marks if isinstance(mark, Path)]
    kept = table[table >= max(least, FAINTEST)]
    np.testing.assert_allclose(sorted(p.width for p in paths), sorted(WIDEST * kept))
    hidden = told_attention.hidden(table, least)
    assert (f"{(table < least).sum()} of 12 links" in hidden) == bool((table < least).any())


def test_a_matrix_lets_its_columns_be_picked_where_it_is_told_how() -> None:
    drawing = matrix(weights(), TARGET, SOURCE, column_key=lambda column: f"c{column}")
    keys = [mark.key for mark in drawing.marks if isinstance(mark, Word)]
    assert keys == ["c0", "c1", "c2", "c3", "0", "1", "2"]


def test_labels_that_do_not_match_are_refused() -> None:
    for draw, wanted in [
        (lambda: spotlight(weights(), TARGET[1:], SOURCE), "labels"),
        (lambda: ribbons(weights(), TARGET, SOURCE[1:]), "labels"),
        (lambda: word_bars(["a"], np.ones(2), ["1"]), "1 words have 2 values"),
        (lambda: sure(["a"], np.ones(2)), "1 words have 2 probabilities"),
        (lambda: score(TARGET, ["a"], np.ones(2), np.ones(2), (0, 0)), "1 words have 2 scores"),
        (lambda: difference([("a", "changed")]), "not changed"),
    ]:
        with pytest.raises(ValueError, match=wanted):
            draw()


def test_bars_are_as_long_as_their_values() -> None:
    values = np.array([1.0, 0.25, 0.0])
    drawing = word_bars(["a", "b", "a"], values, ["1", "¼", "0"], "source")
    long, short, none = (box.width for box in boxes(drawing))
    assert short == pytest.approx(long / 4)
    assert none == 1  # a bar of nothing can still be seen and pointed at
    assert [box.title for box in boxes(drawing)] == ["a: 1", "b: 0.25", "a: 0"]
    assert boxes(word_bars(["a"], values[1:2], ["¼"], largest=1.0))[0].width == short


def test_every_word_has_its_own_box_inside_the_line() -> None:
    probabilities = np.linspace(0.01, 1, 60)
    drawing = sure([f"word{n}" for n in range(60)], probabilities)
    drawn = boxes(drawing)
    assert all(box.x + box.width <= WIDE for box in drawn)
    assert len({(box.x, box.y) for box in drawn}) == 60
    assert drawn[-1].y + drawn[-1].height <= drawing.height
    assert [box.title for box in drawn[:2]] == ["word0: 0.01", "word1: 0.0267797"]


def test_scores_go_to_either_side_and_weights_to_one() -> None:
    scores = np.array([2.0, -1.0, 0.5, 0.0])
    share = np.exp(scores) / np.exp(scores).sum()
    drawing = score(TARGET, SOURCE, scores, share, (1, 3))
    bars = [box for box in boxes(drawing) if box.key.startswith("s")]
    assert [box.key for box in bars] == [f"s{s}" for s in range(4) for _ in range(2)]
    np.testing.assert_allclose([box.width for box in bars[::2]], BAR * np.abs(scores) / 2)
    np.testing.assert_allclose([box.width for box in bars[1::2]], np.maximum(1, BAR * share))
    assert bars[2].fill == "negative"
    assert bars[2].x + bars[2].width == pytest.approx(bars[0].x)
    strong = [m.text for m in drawing.marks if isinstance(m, Word) and m.strong]
    assert strong == ["station", "⟨end⟩"]
    assert f"gare: score -1, weight {share[1]:.6g}" in titles(drawing)


def test_the_terms_of_a_score_are_told_and_add_up() -> None:
    drawing = terms(UNITS, rest=1.5)
    for unit in UNITS:
        assert {f"{n:.6g}" for n in numbers(unit)} <= set(titles(drawing))
    assert words(drawing)[-4:] == ["all others", "1.500", "the score", "1.026"]


def test_the_difference_reads_as_each_text_with_its_signs() -> None:
    pairs = [("I", "same"), ("see", "removed"), ("hear", "added"), ("it", "same")]
    told = words(difference(pairs))
    assert told == ["its own attention", "I", "− see", "it", "replaced", "I", "+ hear", "it"]
    assert [box.fill for box in boxes(difference(pairs))] == ["negative", "accent"]
    assert set(MARKS) == {"same", "removed", "added"}


def test_a_long_difference_is_wrapped() -> None:
    drawing = difference([("word", "same")] * 100)
    assert len({mark.y for mark in drawing.marks}) > 4
    assert all(mark.y < drawing.height for mark in drawing.marks)


BANDS = [
    {"shortest": 1, "longest": 4, "sentences": 10, "bleu": 40.0},
    {"shortest": 15, "longest": 1000, "sentences": 20, "bleu": 10.0},
]


def test_bleu_is_as_high_as_it_is_and_this_sentence_is_found() -> None:
    drawing = by_length({"one": BANDS, "two": BANDS[1:]}, {"one": "One", "two": "Two"}, words=31)
    bars = [box for box in boxes(drawing) if box.title]
    assert bars[1].height == bars[2].height == pytest.approx(bars[0].height / 4)
    assert bars[1].title == "One, 15 words or more: 10 BLEU on 20 sentences"
    assert bars[1].fill != bars[2].fill
    strong = [m.text for m in drawing.marks if isinstance(m, Word) and m.strong]
    assert strong == [spelled(15, 1000)]


def test_sentences_are_counted_and_picked_by_their_place() -> None:
    drawing = longer(["a b", "c d e"], " c d e ")
    assert words(drawing) == ["2 words", "a b", "3 words", "c d e"]
    assert [m.key for m in drawing.marks if m.key] == ["0", "1"]
    assert len(boxes(drawing)) == 1


def added_up(line: str) -> tuple[float, float]:
    """What the written sum of a line comes to, and what the line says."""
    left, _, right = line.rpartition(" = ")
    sum_, said = left.partition(": ")[2] or left.partition(" = ")[2] or left, right.split()[0]
    numbers = [part.strip("()").replace("−", "-") for part in sum_.split(" + ")]
    return sum(map(float, numbers)), float(said.strip("()").replace("−", "-"))


def test_the_written_sums_come_to_what_they_say() -> None:
    table = weights()
    for line in (
        sums.row("the", table[0])[1],
        sums.coverage("gare", table[:, 1])[1],
    ):
        total, said = added_up(line)
        assert total == pytest.approx(said, abs=0.003)
    logs = sums.sure(np.array([0.5, 0.25]), math.log(0.125))[1]
    assert logs == "(−0.693) + (−1.386) = −2.079"
    line = sums.terms("gare", UNITS, 1.5)[2]
    assert line == "score(gare) = 0.490 + (−0.964) + 1.500 (all others) = 1.026"
    assert sums.cost(-1.0, -3.0, 2 / math.log(2))[1].endswith("= 2.885 bits")


def test_a_sum_of_many_is_cut_and_says_so() -> None:
    assert sums.added([1.0] * 8).count("1.000") == 8
    assert sums.added([1.0] * 9).endswith("1.000 + …")


def test_the_weight_in_the_sum_is_the_softmax() -> None:
    scores = np.array([2.0, -1.0, 0.5])
    share = np.exp(scores) / np.exp(scores).sum()
    line = sums.score(["a", "b", "c"], scores, share, 1)[1]
    first, last = re.findall(r"([\d.]+) / ([\d.]+) = ([\d.]+)$", line)[0][:2], share[1]
    assert float(first[0]) / float(first[1]) == pytest.approx(last, abs=1e-4)
    assert line.endswith(f"{last:.4f}")


def test_entropy_is_written_with_the_weights_that_count() -> None:
    line = sums.entropy("the", np.array([0.5, 0.5, 0.0]), 1.0)[1]
    assert line == "entropy(the) = −(0.500 log₂ 0.500 + 0.500 log₂ 0.500 + …) = 1.000 bits"


def test_the_sentences_name_the_extremes() -> None:
    row = np.array([0.1, 0.6, 0.25, 0.05])
    told = told_attention.row("station", SOURCE, row)
    assert told.startswith(
        "To write “station” it looked most at “gare” (60 %), then at “la” (25 %)"
    )
    told = told_attention.score("the", SOURCE, np.array([1.0, -2.0, 3.5, 0]), row)
    assert "the largest score, 3.50, is that of “la”" in told
    assert "the smallest, −2.00, that of “gare”" in told
    assert "“station” (20 %)" in told_attention.surest(TARGET, np.array([0.5, 0.2, 0.9]), -2.4)
    assert told_attention.rates({}, {}).endswith("has not been measured for these weights yet.")
    assert told_attention.by_length({}, {}).endswith("has not been measured for these weights yet.")
    rate = {"layer": 2, "head": 5, "reading": "next_row", "error_rate": 0.3123, "pairs": 447}
    told = told_attention.rates({"a": rate}, {"a": "One"})
    assert told.startswith("One: 31.2 % wrong with layer 2, head 5, as it reads the word just")
    assert "447 sentences" in told
