"""The score, taken apart: its terms sum to it, and it made the row that the spotlight shows."""

import json

import numpy as np
import pytest

from playground.attention.align import explain as align
from playground.attention.elsewhere import explain as elsewhere
from playground.attention.score import explain as score
from playground.reading.translating import spotlight
from playground.settings import Beyond

BAD = {
    "": "no text",
    "x" * 5_000: "5,000 characters",
    "Je\0 pars": "U\\+0000",
    "我爱你": "never seen",
}
TEXT = "Je n'ai pas vu ma sœur depuis hier."


@pytest.mark.parametrize(("target", "source"), [(1, 1), (3, 5), (8, 11)])
def test_the_terms_sum_to_the_score_whose_softmax_weighs_the_outputs(
    target: int, source: int
) -> None:
    trace = score.explain(TEXT, target, source)
    np.testing.assert_allclose(trace.terms.sum(axis=1), trace.scores, atol=1e-4)
    exponentials = np.exp(trace.scores - trace.scores.max())
    np.testing.assert_allclose(trace.weights, exponentials / exponentials.sum(), atol=1e-6)
    np.testing.assert_allclose(trace.context, trace.weights @ trace.encoder_outputs, atol=1e-5)
    np.testing.assert_allclose(trace.terms, trace.v * np.tanh(trace.query + trace.keys), atol=1e-5)


def test_its_weights_are_the_spotlights_row() -> None:
    """Oracle: the whole translation read again in parallel."""
    light = spotlight(TEXT, False, False)
    for row in range(len(light.target)):
        trace = score.explain(TEXT, row + 1)
        np.testing.assert_allclose(trace.weights, light.weights[row], atol=1e-5)
        assert trace.target == light.target
        assert trace.source == light.source


def test_the_told_units_and_the_rest_are_the_chosen_words_score() -> None:
    trace = score.explain(TEXT, 2, 6)
    assert len(trace.units) == score.UNITS
    assert trace.rest + sum(unit.term for unit in trace.units) == pytest.approx(
        trace.scores[5], abs=1e-4
    )
    for unit in trace.units:
        assert unit.sum == unit.query + unit.key
        assert unit.term == pytest.approx(unit.v * unit.tanh, abs=1e-5)
        assert unit.query == trace.query[unit.unit]
        assert unit.key == trace.keys[5, unit.unit]
        assert unit.term == trace.terms[5, unit.unit]


def test_no_other_unit_differs_more_between_the_words() -> None:
    trace = score.explain(TEXT, 2, 6)
    spread = trace.terms.max(axis=0) - trace.terms.min(axis=0)
    told = [unit.unit for unit in trace.units]
    assert sorted(spread)[-len(told) :] == sorted(spread[told])
    assert list(spread[told]) == sorted(spread[told], reverse=True)
    assert told == [unit.unit for unit in score.explain(TEXT, 2, 1).units]


@pytest.mark.parametrize("place", [0, -1, 99, 1.5, True, "one", None])
def test_positions_that_cannot_be_are_named(place: object) -> None:
    with pytest.raises(ValueError, match="target must be a whole number"):
        score.explain(TEXT, place)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="source must be a whole number"):
        score.explain(TEXT, 1, place)  # type: ignore[arg-type]


def test_a_position_beyond_the_end_names_the_last_one() -> None:
    last = score.explain("oui", 1, 1)
    with pytest.raises(Beyond) as beyond:
        score.explain("oui", 99)
    assert (beyond.value.name, beyond.value.nearest) == ("target", len(last.target))
    with pytest.raises(Beyond) as beyond:
        score.explain("oui", 1, 99)
    assert (beyond.value.name, beyond.value.nearest) == ("source", len(last.source))
    with pytest.raises(Beyond) as beyond:
        elsewhere.explain("oui", "typed", 99)
    assert (beyond.value.name, beyond.value.nearest) == ("step", len(last.target))


@pytest.mark.parametrize("text", BAD)
def test_bad_text_is_answered_with_a_sentence(text: str) -> None:
    for explain in (score.explain, elsewhere.explain, align.explain):
        with pytest.raises(ValueError, match=BAD[text]):
            explain(text)


def test_its_answer_is_plain_numbers() -> None:
    trace = score.explain("oui")
    told = trace.to_json()
    assert json.loads(json.dumps(told)) == told
    assert np.shape(told["terms"]) == (len(trace.source), score.UNITS)
