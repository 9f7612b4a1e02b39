"""Exact search against all texts there are: oracle, a plain enumeration."""

import itertools
import math
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from seq_models import END, START
from seq_models.beam import Hypothesis
from seq_models.decode import beam_search
from seq_models.exact import exact_search
from tests.seq_models.test_decode import LETTERS, Markov
from tests.tiny import TRANSLATORS, model, words

CPU = torch.device("cpu")
STATE = torch.zeros(1, 1)
LIMIT = 5


def every_text(chain: Markov, limit: int = LIMIT) -> dict[tuple[int, ...], float]:
    """All finished texts with their log-probabilities."""
    texts = (
        (*letters, END)
        for length in range(1, limit)
        for letters in itertools.product((3, *LETTERS), repeat=length)
    )
    return {text: chain.log_probability(text) for text in texts}


@given(st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_it_finds_the_best_of_all_texts_and_proves_it(seed: int) -> None:
    chain = Markov(seed)
    found = exact_search(chain, STATE, LIMIT, CPU, most=10**6)
    texts = every_text(chain)
    assert found.proved
    assert found.best is not None
    assert math.isclose(found.best.log_probability, max(texts.values()), rel_tol=1e-5)
    assert math.isclose(texts[found.best.tokens], max(texts.values()), rel_tol=1e-5)


@given(st.integers(0, 10_000))
@settings(max_examples=20, deadline=None)
def test_what_is_not_beaten_is_proved_the_best(seed: int) -> None:
    chain = Markov(seed)
    best = max(every_text(chain).values())
    found = exact_search(chain, STATE, LIMIT, CPU, to_beat=best + 1e-4, most=10**6)
    assert (found.best, found.proved) == (None, True)
    beaten = exact_search(chain, STATE, LIMIT, CPU, to_beat=best - 1e-3, most=10**6)
    assert beaten.best is not None


def test_it_stops_where_it_is_told_to_and_says_that_it_proved_nothing() -> None:
    found = exact_search(Markov(1), STATE, LIMIT, CPU, most=2)
    assert not found.proved


@pytest.mark.parametrize("name", TRANSLATORS)
def test_its_text_has_the_log_probability_of_the_parallel_pass(name: str) -> None:
    network, source = model(name, 2), words(4)
    found = exact_search(network, network.start(source), 3, CPU, most=20_000)
    assert found.proved
    assert isinstance(found.best, Hypothesis)
    (search,) = beam_search(network, network.start(source), [3], CPU, 4, least=1)
    for one in search.hypotheses:
        assert not one.finished or one.log_probability <= found.best.log_probability + 1e-5
    with torch.no_grad():
        given_tokens = torch.tensor([[START, *found.best.tokens[:-1]]])
        table: Any = network(source, given_tokens)[0].log_softmax(dim=-1)
    parallel = table.gather(1, torch.tensor(found.best.tokens)[:, None])[:, 0]
    torch.testing.assert_close(
        torch.tensor(found.best.log_probabilities), parallel, atol=1e-4, rtol=1e-4
    )


def test_fewer_expansions_are_needed_the_better_the_text_to_beat() -> None:
    chain = Markov(5)
    best = max(every_text(chain).values())
    alone = exact_search(chain, STATE, LIMIT, CPU, most=10**6).expansions
    helped = exact_search(chain, STATE, LIMIT, CPU, to_beat=best - 1e-3, most=10**6).expansions
    assert helped <= alone


@given(st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_a_beam_as_wide_as_the_space_and_exact_search_find_the_same_best(seed: int) -> None:
    """Oracle: every text, scored by the table."""
    chain = Markov(seed)
    (search,) = beam_search(chain, STATE[0], [LIMIT], CPU, 400, 0.0, least=1)
    found = exact_search(chain, STATE, LIMIT, CPU, most=10**6)
    assert found.best is not None
    wide = search.finished[0].log_probability
    assert math.isclose(wide, found.best.log_probability, rel_tol=1e-5)
    assert math.isclose(wide, max(every_text(chain).values()), rel_tol=1e-5)
