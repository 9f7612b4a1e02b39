"""The score, taken apart: its terms sum to it, and it made the row that the spotlight shows."""

import json

import numpy as np
import pytest

from playground.explain import alignment, attention, elsewhere, models, score

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
    spotlight = attention.explain(TEXT)
    for row in range(len(spotlight.target)):
        trace = score.explain(TEXT, row + 1)
        np.testing.assert_allclose(trace.weights, spotlight.weights[row], atol=1e-5)
        assert trace.target == spotlight.target
        assert trace.source == spotlight.source


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
    with pytest.raises(ValueError, match="position of the English word must be a whole number"):
        score.explain(TEXT, place)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="position of the French word must be a whole number"):
        score.explain(TEXT, 1, place)  # type: ignore[arg-type]


def test_the_page_takes_the_last_word_for_a_position_beyond_the_end() -> None:
    trace = score.explain("oui", 99, 99, nearest=True)
    assert trace.target_position == len(trace.target)
    assert trace.source_position == len(trace.source)
    told = elsewhere.explain("oui", "typed", 99, "1", nearest=True)
    last = elsewhere.explain("oui", "typed", len(told.original.target), "1")
    assert told.to_json() == last.to_json()
    with pytest.raises(ValueError, match="whole number from 1"):
        score.explain("oui", 0, nearest=True)


def test_the_shown_code_is_the_code_that_runs() -> None:
    for part in (*score.PARTS, *score.TERMS, *attention.PARTS):
        name, source = models.code(part)
        assert name == f"seq_models.attention.Attention.{part.__name__}"
        assert source.strip().startswith(f"def {part.__name__}(")


@pytest.mark.parametrize("text", BAD)
def test_bad_text_is_answered_with_a_sentence(text: str) -> None:
    for explain in (score.explain, elsewhere.explain, alignment.explain):
        with pytest.raises(ValueError, match=BAD[text]):
            explain(text)


def test_its_answer_is_plain_numbers() -> None:
    trace = score.explain("oui")
    told = trace.to_json()
    assert json.loads(json.dumps(told)) == told
    assert np.shape(told["terms"]) == (len(trace.source), score.UNITS)
