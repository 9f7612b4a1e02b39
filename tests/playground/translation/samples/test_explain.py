"""Samples: draws that repeat, an agreement that is the mean of what sacrebleu says."""

from dataclasses import replace

import numpy as np
import pytest
from sacrebleu import sentence_chrf

from playground.reading.models import TRANSLATORS
from playground.translation.samples.explain import DRAWS, agreement, explain
from playground.translation.samples.figures import figures

TEXT = "Il est parti hier."


@pytest.mark.parametrize("model", TRANSLATORS)
def test_the_agreement_is_the_mean_chrf_with_every_draw(model: str) -> None:
    """Oracle: sacrebleu, one pair after the other."""
    trace = explain(TEXT, model)
    draws = [text for text, times in zip(trace.texts, trace.times, strict=True)
             for _ in range(times)]  # fmt: skip
    assert len(draws) == DRAWS
    for text, agreed in zip(trace.texts, trace.agreement, strict=True):
        wanted = np.mean([sentence_chrf(text, [draw]).score for draw in draws])
        assert agreed == pytest.approx(wanted, abs=1e-6)
    assert list(trace.agreement) == sorted(trace.agreement, reverse=True)


def test_the_same_seed_draws_the_same_and_another_draws_others() -> None:
    first, again, other = explain(TEXT), explain(TEXT), explain(TEXT, seed=2)
    assert first.to_json() == again.to_json()
    assert first.texts != other.texts


def test_a_low_temperature_draws_what_greedy_writes_more_often() -> None:
    cold, warm = explain(TEXT, temperature=0.1), explain(TEXT, temperature=2)
    assert len(cold.texts) < len(warm.texts)
    assert max(cold.times) > max(warm.times)


def test_different_texts_hold_at_most_all_probability() -> None:
    trace = explain(TEXT)
    assert 0 < trace.held <= 1 + 1e-6
    assert all(log <= 0 for log in trace.log_probabilities)


def test_a_sample_that_found_no_end_is_told_and_holds_no_probability() -> None:
    trace = explain("le chat", temperature=2, seed=3)
    ended = [log for log, cut in zip(trace.log_probabilities, trace.cut, strict=True) if not cut]
    assert 0 < len(ended) < len(trace.texts)
    assert trace.held == pytest.approx(np.exp(ended).sum())
    shown = figures(trace)["drawn"]
    assert "found no end" in shown.sentence
    marked = [row[0].endswith(" …") for row in shown.table.body]
    assert marked == trace.cut


def test_a_text_that_was_drawn_more_often_counts_more() -> None:
    table = np.array([[100.0, 0.0], [50.0, 100.0]])
    np.testing.assert_allclose(agreement(table, [3, 1]), [75.0, 62.5])


def test_no_sample_writes_the_unknown_mark() -> None:
    trace = explain("Je t'aime ❤️ beaucoup.", temperature=2)
    assert not any("⟨" in text for text in trace.texts)


def test_how_alike_two_texts_are_leaves_out_each_with_itself() -> None:
    """Oracle: sacrebleu, on pairs of two."""
    trace = explain(TEXT)
    pairs = [(one, other) for one in trace.texts for other in trace.texts if one != other]
    wanted = np.mean([sentence_chrf(one, [other]).score for one, other in pairs])
    assert trace.mean_chrf == pytest.approx(wanted, abs=1e-6)
    assert f"share a chrF of {wanted:.1f} in the mean." in figures(trace)["alike"].sentence


def test_a_single_text_is_told_as_one() -> None:
    trace = explain("Je t'aime.", temperature=0.1)
    assert len(trace.texts) == 1
    assert trace.mean_chrf is None
    shown = figures(trace)
    assert "All thirty draws gave this one text, which holds" in shown["drawn"].sentence
    assert "Two different" not in shown["alike"].sentence


def test_a_beam_that_found_no_end_is_told_and_holds_no_probability() -> None:
    trace = replace(explain(TEXT), beam_finished=False)
    said = figures(trace)["drawn"].sentence
    assert trace.beam_probability == 0
    assert "the beam's alone" not in said
    assert "found no end and was cut" in said
