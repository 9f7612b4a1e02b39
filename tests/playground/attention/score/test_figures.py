"""The score, told: signed bars beside shares, and sums that come to what they say."""

import re

import numpy as np
import pytest

from playground.attention.score import word_picked
from playground.attention.score.explain import Trace, Unit
from playground.attention.score.figures import figures
from playground.drawing import Box, Drawing, Word
from playground.drawing.bars import BAR
from playground.instrument import Shown

UNITS = [Unit(7, 0.5, -0.25, 0.25, 0.2449, 2.0, 0.4898), Unit(3, 1.0, 1.0, 2.0, 0.964, -1, -0.964)]
SCORES = np.array([2.0, -1.0, 0.5, 0.0])
SHARES = np.exp(SCORES) / np.exp(SCORES).sum()
OUTPUTS = np.array([[1.0, 0.0], [-2.0, 0.0], [3.0, 0.0], [0.5, 0.0]])
TRACE = Trace(
    source=["la", "gare", "la", "⟨end⟩"],
    target=["the", "station", "⟨end⟩"],
    target_position=2,
    source_position=4,
    scores=SCORES,
    weights=SHARES,
    terms=np.zeros((4, 2)),
    query=np.zeros(2),
    keys=np.zeros((4, 2)),
    v=np.zeros(2),
    context=SHARES @ OUTPUTS,
    encoder_outputs=OUTPUTS,
    units=UNITS,
    rest=1.5,
    notes=(),
)


def drawn(shown: Shown) -> Drawing:
    """A figure's drawing."""
    assert isinstance(shown.picture, Drawing)
    return shown.picture


def test_scores_go_to_either_side_and_weights_to_one() -> None:
    marks = drawn(figures(TRACE)["score"]).marks
    bars = [m for m in marks if isinstance(m, Box) and m.key.startswith("s")]
    scores, weights = bars[:4], bars[4:]
    assert [bar.key for bar in scores] == [bar.key for bar in weights] == ["s0", "s1", "s2", "s3"]
    np.testing.assert_allclose([bar.width for bar in weights], BAR * SHARES)
    np.testing.assert_allclose(
        [bar.width for bar in scores], np.maximum(1, BAR * np.abs(SCORES) / 2)
    )
    assert [bar.colour for bar in scores] == ["accent", "negative", "accent", "accent"]
    assert scores[1].x + scores[1].width == pytest.approx(scores[0].x)
    assert scores[1].title == f"gare: score -1, weight {SHARES[1]:.6g}"
    assert [m.text for m in marks if isinstance(m, Word) and m.strong] == ["station", "⟨end⟩"]


def test_what_is_picked_is_a_place_from_one() -> None:
    keys = {m.key for m in drawn(figures(TRACE)["score"]).marks if getattr(m, "key", "")}
    picks = [word_picked(key) for key in sorted(keys)]
    assert picks == [
        *({"source": place} for place in (1, 2, 3, 4)),
        *({"target": place} for place in (1, 2, 3)),
    ]


def test_the_extremes_are_told() -> None:
    told = figures(TRACE)["score"].sentence
    assert "About to write “station”: the largest score, 2.00, is that of “la”" in told
    assert "the smallest, −1.00, that of “gare”" in told


def test_the_weight_in_the_formula_is_the_softmax() -> None:
    formula = figures(TRACE)["score"].formula
    first, second, last = re.findall(r"([\d.]+) / ([\d.]+) = ([\d.]+)$", formula[1])[0]
    assert float(first) / float(second) == pytest.approx(SHARES[3], abs=1e-4)
    assert last == f"{SHARES[3]:.4f}"
    assert formula[3].endswith(f"= {TRACE.context[0]:.3f}")


def test_the_terms_of_a_score_are_told_and_add_up() -> None:
    shown = figures(TRACE)["terms"]
    titles = {m.title for m in drawn(shown).marks if isinstance(m, Word)}
    for unit in UNITS:
        numbers = (unit.query, unit.key, unit.sum, unit.tanh, unit.v, unit.term)
        assert {f"{number:.6g}" for number in numbers} <= titles
    texts = [m.text for m in drawn(shown).marks if isinstance(m, Word)]
    assert {"all others", "1.500", "the score", "1.026"} <= set(texts)
    assert shown.formula[2] == ("score(⟨end⟩) = 0.490 + (−0.964) + 1.500 (all others) = 1.026")
    assert sum(float(row[-1]) for row in shown.table.body) == pytest.approx(1.0258)
    assert "unit 3 counts most of these: −0.964" in shown.sentence
