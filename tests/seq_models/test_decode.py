"""Decoding against plain loops and exhaustive search; nothing here knows a beam from inside."""

import itertools
import math
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from seq_models import END, PAD, START
from seq_models.beam import Beam
from seq_models.decode import beam_search, select, steps
from seq_models.sample import reshape, sampler
from tests.tiny import TRANSLATORS, close, model, words

CPU = torch.device("cpu")
LETTERS = (4, 5, 6)  # the ordinary tokens of a Markov chain


class Markov:
    """A model that looks at the last token only; its state is a row number, to be reordered."""

    def __init__(self, seed: int, size: int = 7) -> None:
        generator = torch.Generator().manual_seed(seed)
        self.logits = 2 * torch.randn(size, size, generator=generator)

    def step(self, tokens: Tensor, state: Any) -> tuple[Tensor, Any, None]:
        return self.logits[tokens], state, None

    def log_probability(self, tokens: tuple[int, ...]) -> float:
        table = self.logits.log_softmax(dim=-1)
        return sum(table[a, b].item() for a, b in itertools.pairwise((START, *tokens)))


def argmax_loop(network: Any, source: Tensor, limit: int) -> list[int]:
    """Greedy decoding the slow way: the whole parallel pass again for every token."""
    target = [START]
    with torch.no_grad():
        while len(target) <= limit and target[-1] != END:
            logits = network(source, torch.tensor([target]))[0, -1]
            logits[[PAD, START]] = float("-inf")
            target.append(int(logits.argmax()))
    return target[1:]


@pytest.mark.parametrize("name", TRANSLATORS)
def test_a_beam_of_one_is_the_likeliest_token_at_each_step(name: str) -> None:
    for seed in range(4):
        network = model(name, seed)
        source = words(6, seed=seed)
        (search,) = beam_search(network, network.start(source), [12], CPU)
        assert list(search.hypotheses[0].tokens) == argmax_loop(network, source, 12)


@pytest.mark.parametrize("name", TRANSLATORS)
def test_a_hypothesis_has_the_log_probability_of_the_parallel_pass(name: str) -> None:
    network = model(name)
    source = words(5, 3, 4)
    with torch.no_grad():
        searches = beam_search(network, network.start(source), [9, 9, 9], CPU, width=3)
        for row, search in enumerate(searches):
            for hypothesis in search.hypotheses:
                given_tokens = torch.tensor([[START, *hypothesis.tokens[:-1]]])
                logits = network(source[row : row + 1], given_tokens)[0]
                table = logits.log_softmax(dim=-1)
                parallel = table.gather(1, torch.tensor(hypothesis.tokens)[:, None])[:, 0]
                torch.testing.assert_close(
                    torch.tensor(hypothesis.log_probabilities), parallel, atol=1e-5, rtol=1e-5
                )


@pytest.mark.parametrize("name", TRANSLATORS)
def test_a_batch_finds_what_each_sentence_finds_alone(name: str) -> None:
    network = model(name)
    source = words(6, 2, 4)
    together = beam_search(network, network.start(source), [10, 6, 8], CPU, width=3)
    for row, (length, limit) in enumerate([(6, 10), (2, 6), (4, 8)]):
        alone = source[row : row + 1, :length]
        (search,) = beam_search(network, network.start(alone), [limit], CPU, width=3)
        assert [h.tokens for h in search.hypotheses] == [h.tokens for h in together[row].hypotheses]
        assert search.hypotheses[0].log_probability == pytest.approx(
            together[row].hypotheses[0].log_probability, abs=1e-4
        )


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 1000), st.sampled_from([0.0, 0.6, 1.0]))
def test_a_beam_as_wide_as_everything_finds_the_best_of_all_texts(
    seed: int, penalty: float
) -> None:
    """Oracle: every text of up to three tokens, scored by the table."""
    chain = Markov(seed)
    usual = (3, *LETTERS)
    texts = [
        (*letters, END) for size in range(3) for letters in itertools.product(usual, repeat=size)
    ]
    best = max(texts, key=lambda text: chain.log_probability(text) / len(text) ** penalty)
    (search,) = beam_search(chain, torch.zeros(1), [3], CPU, width=200, length_penalty=penalty)
    finished = [h for h in search.hypotheses if h.finished]
    assert {h.tokens for h in finished} == set(texts)
    assert finished[0].tokens == best
    assert finished[0].log_probability == pytest.approx(chain.log_probability(best), abs=1e-4)


def test_a_wider_beam_keeps_no_more_than_its_width_and_tells_every_candidate() -> None:
    chain = Markov(3)
    (search,) = beam_search(chain, torch.zeros(1), [6], CPU, width=3)
    live = [()]
    for candidates in search.steps:
        assert len(candidates) <= 6
        totals = [c.log_probability for c in candidates]
        assert totals == sorted(totals, reverse=True)
        grown = [(*live[c.parent], c.token) for c in candidates]
        for text, candidate in zip(grown, candidates, strict=True):
            assert candidate.log_probability == pytest.approx(chain.log_probability(text), abs=1e-4)
            assert candidate.score == pytest.approx(candidate.log_probability / len(text), abs=1e-6)
            assert (candidate.token == END) >= (candidate.fate == "finished")
        live = [t for t, c in zip(grown, candidates, strict=True) if c.fate == "kept"]
        assert len(live) <= 3


def test_the_length_penalty_divides_by_the_length_to_its_power() -> None:
    (search,) = beam_search(Markov(1), torch.zeros(1), [6], CPU, width=4, length_penalty=0.7)
    scores = [h.log_probability / len(h.tokens) ** 0.7 for h in search.hypotheses if h.finished]
    assert scores == sorted(scores, reverse=True)
    assert scores == [h.score(0.7) for h in search.hypotheses if h.finished]


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 1000), st.sampled_from([0.0, 0.6, 1.0, 1.5]), st.integers(2, 4))
def test_when_it_stops_nothing_alive_could_have_won(seed: int, penalty: float, width: int) -> None:
    """Oracle: the same beam with a stop rule that waits for the limit."""

    class Patient(Beam):
        done = property(lambda self: not self.live or len(self.steps) >= self.limit)

    chain, limit = Markov(seed), 7
    patient = Patient(width, penalty, limit)
    for _ in steps(chain, torch.zeros(1), torch.tensor([START]), [patient]):
        pass
    (search,) = beam_search(chain, torch.zeros(1), [limit], CPU, width, penalty)
    best = patient.result().hypotheses[0]
    assert search.hypotheses[0].score(penalty) == pytest.approx(best.score(penalty), abs=1e-6)


def test_the_two_rules_part_where_a_longer_text_wins_late() -> None:
    """Some seed must tell them apart, or nothing was tried; never is the patient one worse."""
    parted = 0
    for seed in range(60):
        chain, zeros = Markov(seed), torch.zeros(1)
        (early,) = beam_search(chain, zeros, [9], CPU, 2, 1.5, stop="width_finished")
        (late,) = beam_search(chain, zeros, [9], CPU, 2, 1.5)
        assert late.hypotheses[0].score(1.5) >= early.hypotheses[0].score(1.5)
        parted += late.hypotheses[0] != early.hypotheses[0]
    assert parted


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 1000), st.integers(1, 4))
def test_the_other_rule_stops_as_soon_as_the_width_is_finished(seed: int, width: int) -> None:
    (search,) = beam_search(Markov(seed), torch.zeros(1), [7], CPU, width, stop="width_finished")
    ended = [sum(c.fate == "finished" for c in candidates) for candidates in search.steps]
    assert sum(ended[:-1]) < width
    assert sum(ended) == len(search.finished)


def test_a_search_keeps_every_finished_hypothesis_best_first() -> None:
    (search,) = beam_search(Markov(3), torch.zeros(1), [7], CPU, width=3, length_penalty=2.0)
    told = sum(c.fate == "finished" for candidates in search.steps for c in candidates)
    assert len(search.finished) == told > 3
    assert search.hypotheses == search.finished[:3]
    scores = [h.score(2.0) for h in search.finished]
    assert scores == sorted(scores, reverse=True)


def test_of_texts_that_say_the_same_only_the_best_is_told() -> None:
    """4 and 5 are one letter to `text_of`, as two ways to cut a word into pieces are one word."""

    def says(tokens: Any) -> str:
        return "".join("a" if token in (4, 5) else str(token) for token in tokens)

    for seed in range(8):
        chain = Markov(seed)
        (search,) = beam_search(chain, torch.zeros(1), [6], CPU, width=5, text_of=says)
        texts = [says(hypothesis.tokens) for hypothesis in search.hypotheses]
        assert len(set(texts)) == len(texts) == 5
        best = {says(h.tokens): h for h in reversed(search.finished)}
        assert all(best.get(says(h.tokens), h) is h for h in search.hypotheses)


def test_no_text_is_longer_than_its_limit_and_a_cut_one_says_so() -> None:
    chain = Markov(0)
    chain.logits[:, END] = -50.0
    first, second = beam_search(chain, torch.zeros(2), [4, 7], CPU, width=2)
    assert [len(h.tokens) for h in first.hypotheses] == [4, 4]
    assert [len(h.tokens) for h in second.hypotheses] == [7, 7]
    assert not any(h.finished for h in first.hypotheses + second.hypotheses)


def test_padding_and_start_are_never_written() -> None:
    chain = Markov(0)
    chain.logits[:, [PAD, START]] = 50.0
    (search,) = beam_search(chain, torch.zeros(1), [8], CPU, width=3)
    written = {token for h in search.hypotheses for token in h.tokens}
    assert not written & {PAD, START}


def test_no_text_ends_before_it_has_the_least_that_is_asked() -> None:
    chain = Markov(0)
    chain.logits[:, END] = 50.0
    (search,) = beam_search(chain, torch.zeros(1), [8], CPU, width=3, least=1)
    assert {len(h.tokens) for h in search.hypotheses if h.finished} == {2}


def test_what_is_forbidden_is_forbidden_before_the_rules_choose() -> None:
    """The likeliest token alone would be left to choose from, and it must not be written."""
    chain = Markov(0)
    chain.logits[:, PAD] = 50.0
    assert sampled(chain, 1, top_k=1)
    assert PAD not in sampled(chain, 1, top_k=1)


def test_states_follow_their_hypotheses() -> None:
    """A model that counts how often it read each letter is never told another text's count."""

    class Counter(Markov):
        def step(self, tokens: Tensor, state: Tensor) -> tuple[Tensor, Tensor, None]:
            counts = state + torch.nn.functional.one_hot(tokens, 7)
            return self.logits[tokens] + counts, counts, None

        def log_probability(self, tokens: tuple[int, ...]) -> float:
            total, counts = 0.0, torch.zeros(7)
            for before, token in itertools.pairwise((START, *tokens)):
                counts[before] += 1
                total += (self.logits[before] + counts).log_softmax(dim=-1)[token].item()
            return total

    counter = Counter(5)
    for search in beam_search(counter, torch.zeros(2, 7), [7, 7], CPU, width=4):
        for hypothesis in search.hypotheses:
            assert hypothesis.log_probability == pytest.approx(
                counter.log_probability(hypothesis.tokens), abs=1e-4
            )


def sampled(chain: Markov, seed: int, limit: int = 8, **rules: Any) -> tuple[int, ...]:
    beam = Beam(width=1, length_penalty=0.0, limit=limit)
    rank = sampler(seed=seed, **rules)
    for _ in steps(chain, torch.zeros(1), torch.tensor([START]), [beam], rank):
        pass
    return beam.result().hypotheses[0].tokens


def test_the_same_seed_draws_the_same_text_and_others_differ() -> None:
    chain = Markov(2)
    assert sampled(chain, 7) == sampled(chain, 7)
    assert len({sampled(chain, seed) for seed in range(20)}) > 5


def test_tokens_are_drawn_as_often_as_their_probability_says() -> None:
    """Oracle: the table's own softmax; four standard deviations are allowed."""
    chain = Markov(4)
    chain.logits[START, [PAD, START]] = float("-inf")
    wanted = (chain.logits[START] / 1.5).softmax(dim=-1)
    draws = 4000
    rank = sampler(temperature=1.5, seed=0)
    table = chain.logits[START].log_softmax(dim=-1).expand(draws, -1)
    counts = torch.bincount(rank(table).argmax(dim=-1), minlength=7)
    spread = (wanted * (1 - wanted) / draws).sqrt()
    assert ((counts / draws - wanted).abs() <= 4 * spread + 1e-9).all()


def test_one_word_to_choose_from_is_greedy() -> None:
    chain = Markov(6)
    (search,) = beam_search(chain, torch.zeros(1), [8], CPU)
    assert sampled(chain, 1, top_k=1) == search.hypotheses[0].tokens
    assert sampled(chain, 1, top_p=1e-6) == search.hypotheses[0].tokens


THOUSANDTHS = st.integers(-6_000, 6_000).map(lambda number: number / 1_000)  # never a near tie
TABLES = st.lists(THOUSANDTHS, min_size=3, max_size=12, unique=True)


@settings(deadline=None)
@given(TABLES, st.floats(0.2, 3), st.integers(1, 12), st.floats(0.05, 1))
def test_the_rules_keep_the_likeliest_words_and_no_more(
    scores: list[float], temperature: float, top_k: int, top_p: float
) -> None:
    table = torch.tensor([scores]).log_softmax(dim=-1)
    shaped = reshape(table, temperature, top_k, top_p)[0].exp()
    assert shaped.sum().item() == pytest.approx(1, abs=1e-4)
    order = (table[0] / temperature).softmax(dim=-1).sort(descending=True, stable=True)
    by_k = order.values[:top_k] / order.values[:top_k].sum()
    count = int((shaped > 0).sum())
    assert count <= top_k
    assert (shaped[order.indices[:count]] > 0).all()  # the likeliest ones
    if top_p < 1:
        assert by_k[:count].sum().item() >= top_p - 1e-4  # enough of them
        assert by_k[: count - 1].sum().item() < top_p + 1e-4  # and not one too many


def test_a_state_is_taken_apart_however_deep_it_is() -> None:
    rows = torch.tensor([2, 0])
    network = model("transformer")
    state = network.start(words(4, 2, 3))
    chosen = select(state, rows)
    assert type(chosen) is type(state)
    assert torch.equal(chosen.source[1].keys, state.source[1].keys[rows])
    assert torch.equal(chosen.source_mask, state.source_mask[rows])


def test_a_beam_shares_its_source_and_others_take_theirs_along() -> None:
    network = model("transformer")
    state = select(network.start(words(4, 2)), torch.tensor([0, 0, 1]))
    turned = select(state, torch.tensor([1, 0, 2]))
    assert turned.source is state.source
    assert torch.equal(turned.past[0].keys, state.past[0].keys[[1, 0, 2]])
    left = select(state, torch.tensor([2, 0]))
    assert torch.equal(left.source[0].values, state.source[0].values[[2, 0]])
    assert torch.equal(left.source_mask, state.source_mask[[2, 0]])


@pytest.mark.parametrize("name", TRANSLATORS)
def test_a_step_yields_what_the_model_returned_so_nobody_asks_again(name: str) -> None:
    """Oracle: the parallel pass over what was written."""
    network, source = model(name), words(5)
    (beam,), first = [Beam(1, 1.0, 6)], torch.tensor([START])
    walked = list(steps(network, network.start(source), first, [beam]))
    tokens = beam.result().hypotheses[0].tokens
    with torch.no_grad():
        logits, _, looked = network.look(source, torch.tensor([[START, *tokens[:-1]]]))
    assert [step.counts for step in walked] == [[1]] * len(tokens)
    close(torch.stack([step.logits for step in walked], dim=1), logits)
    if name == "transformer":
        cross = torch.cat([step.extra.cross[1] for step in walked], dim=2)
        close(cross, looked.cross[1])
    elif name == "attention":
        close(torch.stack([step.extra for step in walked], dim=1), looked)


def test_bad_settings_are_named() -> None:
    with pytest.raises(ValueError, match="width is 0"):
        beam_search(Markov(0), torch.zeros(1), [4], CPU, width=0)
    table = torch.zeros(1, 4)
    for arguments, wanted in [
        ((0.0, None, 1.0), "temperature is 0"),
        ((1.0, 0, 1.0), "top_k is 0"),
        ((1.0, None, 0.0), "top_p is 0"),
    ]:
        with pytest.raises(ValueError, match=wanted):
            reshape(table, *arguments)
    assert math.isclose(reshape(table, 1.0, None, 1.0).exp().sum().item(), 1.0, abs_tol=1e-6)
