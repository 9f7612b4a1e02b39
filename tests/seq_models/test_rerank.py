"""Penalties against plain arithmetic."""

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from seq_models import END
from seq_models.beam import Hypothesis, Search
from seq_models.decode import beam_search
from seq_models.rerank import Penalties, coverage_of, ranked, score, settled
from tests.seq_models.test_decode import Markov

TEXTS = st.lists(st.floats(-20, -0.001), min_size=1, max_size=12).map(
    lambda shares: Hypothesis((*[7] * (len(shares) - 1), END), tuple(shares))
)


@given(TEXTS, st.floats(0, 2), st.floats(0, 1), st.floats(-9, 0))
def test_a_score_is_the_papers_formula(
    text: Hypothesis, alpha: float, beta: float, coverage: float
) -> None:
    length, total = len(text.tokens), sum(text.log_probabilities)
    gnmt = total / (((5 + length) ** alpha) / (6**alpha)) + beta * coverage
    assert math.isclose(score(text, Penalties("gnmt", alpha, beta), coverage), gnmt, rel_tol=1e-9)
    assert math.isclose(score(text, Penalties("length", alpha)), text.score(alpha), rel_tol=1e-9)


def test_a_source_word_that_is_looked_at_once_is_covered_and_more_is_no_more() -> None:
    assert coverage_of(torch.eye(3)) == 0
    assert coverage_of(torch.tensor([[0.5, 0.5], [0.5, 0.5], [1.0, 0.0]])) == 0
    half = coverage_of(torch.tensor([[0.5, 0.5]]))
    assert math.isclose(half, 2 * math.log(0.5), rel_tol=1e-6)
    assert math.isfinite(coverage_of(torch.tensor([[1.0, 0.0]])))


@given(st.lists(TEXTS, min_size=1, max_size=8), st.floats(0, 2), st.integers(1, 6))
def test_the_best_comes_first_and_what_is_too_short_last(
    texts: list[Hypothesis], alpha: float, shortest: int
) -> None:
    penalties = Penalties("length", alpha, shortest=shortest)
    order = ranked(texts, penalties, [0.0] * len(texts))
    assert sorted(order) == list(range(len(texts)))
    short = [len(texts[place].tokens) < shortest for place in order]
    assert short == sorted(short)
    for kind in (True, False):
        scores = [texts[p].score(alpha) for p, s in zip(order, short, strict=True) if s is kind]
        assert scores == sorted(scores, reverse=True)


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="must be one of length, gnmt"):
        score(Hypothesis((END,), (-1.0,)), Penalties("other"))


LIMIT = 6


def searched(seed: int, alpha: float, width: int) -> Search:
    """A search of a tiny chain."""
    (search,) = beam_search(
        Markov(seed), torch.zeros(1), [LIMIT], torch.device("cpu"), width, alpha, least=1
    )
    return search


def still_alive(search: Search) -> float:
    """The log-probability of the likeliest that a longer search could have gone on with."""
    if len(search.steps) == LIMIT:
        return -math.inf
    kept = [one.log_probability for one in search.steps[-1] if one.fate == "kept"]
    return max(kept, default=-math.inf)


def anew(
    seed: int, first: float, then: float, width: int
) -> tuple[bool, Hypothesis, Hypothesis] | None:
    """Whether a ranking with another penalty is settled, its best, and that of a new search."""
    search = searched(seed, first, width)
    if not search.finished:
        return None
    penalties = Penalties("length", then)
    (best, *_) = ranked(search.finished, penalties, [0.0] * len(search.finished))
    mine = search.finished[best]
    sure = settled(still_alive(search), LIMIT, score(mine, penalties), penalties)
    return sure, mine, searched(seed, then, width).finished[0]


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 500), st.floats(0, 2), st.floats(0, 2), st.integers(2, 4))
def test_ranking_equals_searching_again_wherever_it_is_settled(
    seed: int, first: float, then: float, width: int
) -> None:
    found = anew(seed, first, then, width)
    if found is not None and found[0]:
        _, mine, theirs = found
        penalties = Penalties("length", then)
        assert math.isclose(score(mine, penalties), score(theirs, penalties), abs_tol=1e-6)


def test_a_new_search_that_goes_on_longer_can_find_better_and_that_is_not_settled() -> None:
    found = [one for one in (anew(seed, 0.0, 2.0, 2) for seed in range(40)) if one is not None]
    assert any(mine.tokens != theirs.tokens for _, mine, theirs in found)
    assert not any(sure and mine.tokens != theirs.tokens for sure, mine, theirs in found)
