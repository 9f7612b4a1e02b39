"""Replaced attention: the oracles are the decoder's equations and rules worked out by hand."""

from typing import Any

import pytest
import torch
from hypothesis import given as tried
from hypothesis import settings
from hypothesis import strategies as st
from torch import Tensor

from seq_models import PAD
from seq_models.decode import beam_search
from seq_models.elsewhere import (
    Elsewhere,
    Rule,
    diagonal,
    given,
    keeping,
    last,
    own_argmax,
    shuffled,
    uniform,
)
from tests.tiny import belongings, close, model, same_belongings, same_state, targets, words


def as_computed(position: Tensor, weights: Tensor, mask: Tensor) -> Tensor:
    """The model's own weights: nothing changes."""
    return weights


RULES: dict[str, Rule] = {
    "as_computed": as_computed,
    "uniform": uniform,
    "last": last,
    "diagonal": diagonal,
    "own_argmax": own_argmax,
    "shuffled": shuffled(3),
}
CPU = torch.device("cpu")


def sources(*lengths: int) -> Tensor:
    """Random sources that end with ⟨end⟩."""
    src = words(*[length + 1 for length in lengths])
    for row, length in enumerate(lengths):
        src[row, length] = 2
    return src


def rows(*lengths: int) -> tuple[Tensor, Tensor]:
    """Random weights (N, S), and the mask (N, S)."""
    mask = torch.arange(max(lengths)) < torch.tensor(lengths).unsqueeze(1)
    return torch.randn(mask.shape).masked_fill(~mask, float("-inf")).softmax(dim=1), mask


@pytest.mark.parametrize("name", RULES)
@settings(max_examples=10, deadline=None)
@tried(st.lists(st.integers(1, 8), min_size=1, max_size=4), st.integers(0, 12))
def test_every_rule_shares_out_one_and_nothing_to_padding(
    name: str, lengths: list[int], place: int
) -> None:
    own, mask = rows(*lengths)
    weights = RULES[name](torch.full((len(lengths),), place), own, mask)
    close(weights.sum(dim=1), torch.ones(len(lengths)))
    assert (weights >= 0).all()
    assert (weights[~mask] == 0).all()


@pytest.mark.parametrize("name", RULES)
def test_a_rule_treats_each_row_as_if_it_were_alone(name: str) -> None:
    own, mask = rows(5, 3, 5)
    position = torch.tensor([0, 1, 4])
    together = RULES[name](position, own, mask)
    for row, length in enumerate((5, 3, 5)):
        one = slice(row, row + 1)
        alone = RULES[name](position[one], own[one, :length], mask[one, :length])
        assert torch.equal(together[one, :length], alone)


def test_the_rules_look_where_their_names_say() -> None:
    own, mask = rows(4, 3)
    position = torch.tensor([1, 7])
    assert torch.equal(uniform(position, own, mask)[1], torch.tensor([1 / 3, 1 / 3, 1 / 3, 0]))
    assert last(position, own, mask).argmax(dim=1).tolist() == [2, 1]  # not on ⟨end⟩
    assert diagonal(position, own, mask).argmax(dim=1).tolist() == [1, 2]
    sharpest = own_argmax(position, own, mask)
    assert torch.equal(sharpest.argmax(dim=1), own.argmax(dim=1))
    assert sharpest.max(dim=1).values.tolist() == [1, 1]


def test_shuffling_deals_out_the_same_shares_and_depends_on_the_seed_and_the_position() -> None:
    own, mask = rows(8, 8)
    deals = {
        (seed, place): shuffled(seed)(torch.tensor([place, place]), own, mask)
        for seed in (1, 2)
        for place in (0, 1)
    }
    for deal in deals.values():
        close(deal.sort(dim=1).values, own.sort(dim=1).values)
    assert len({tuple(deal[0].tolist()) for deal in deals.values()}) == 4
    assert torch.equal(shuffled(2)(torch.tensor([1, 1]), own, mask), deals[2, 1])
    assert shuffled(2**70)(torch.tensor([1, 1]), own, mask).shape == own.shape


def test_given_shares_are_used_for_one_word_only_and_scaled_to_one() -> None:
    own, mask = rows(3, 3)
    weights = given(2, [1, 0, 3])(torch.tensor([2, 1]), own, mask)
    close(weights[0], torch.tensor([0.25, 0, 0.75]))
    assert torch.equal(weights[1], own[1])


@pytest.mark.parametrize("shares", [[], [0.0, 0.0], [1.0, -1.0], [float("nan")], [float("inf")]])
def test_shares_that_are_none_are_refused(shares: list[float]) -> None:
    with pytest.raises(ValueError, match="one above 0"):
        given(0, shares)


@pytest.mark.parametrize("name", RULES)
def test_replaced_rows_reach_the_context_and_the_next_word_exactly(name: str) -> None:
    """Oracle: the decoder's equations, with the context made from the rule's row."""
    ours, src = model("attention"), sources(5, 3)
    changed = Elsewhere(ours, RULES[name])
    state, tokens = changed.start(src), torch.tensor([5, 6])
    for place in range(3):
        position, inner = state
        assert position.tolist() == [place, place]
        _, own = ours.decoder.attention(inner.hidden, inner.enc_out, inner.source_mask)
        row = RULES[name](position, own, src != PAD)
        context = torch.stack(
            [one @ outputs for one, outputs in zip(row, inner.enc_out, strict=True)]
        )
        word = ours.decoder.embedding(tokens)
        hidden = ours.decoder.cell(torch.cat([word, context], dim=1), inner.hidden)
        logits, state, used = changed.step(tokens, state)
        close(used, row, 1e-6)
        close(state[1].hidden, hidden, 1e-6)
        seen = torch.cat([hidden, context, word], dim=1)
        close(logits, ours.decoder.fc_out(torch.tanh(ours.decoder.out(seen))))


@pytest.mark.parametrize("index", range(4))
def test_a_row_on_one_word_makes_that_words_output_the_context_to_the_last_bit(index: int) -> None:
    ours, src = model("attention"), sources(5)
    shares = [float(place == index) for place in range(6)]
    changed = Elsewhere(ours, given(0, shares))
    state, tokens = changed.start(src), torch.tensor([5])
    _, (_, after), row = changed.step(tokens, state)
    assert row.tolist() == [shares]
    word, context = ours.decoder.embedding(tokens), state[1].enc_out[:, index]
    hidden = ours.decoder.cell(torch.cat([word, context], dim=1), state[1].hidden)
    assert torch.equal(after.hidden, hidden)


def test_its_own_attention_given_back_changes_nothing() -> None:
    ours, src, trg = model("attention"), sources(5, 3), targets(2, 4)
    changed = Elsewhere(ours, as_computed)
    close(changed(src, trg), ours(src, trg))
    mine, theirs = changed.start(src), ours.start(src)
    for tokens in trg.unbind(dim=1):
        logits, mine, _ = changed.step(tokens, mine)
        expected, theirs, _ = ours.step(tokens, theirs)
        close(logits, expected)
        same_state(mine[1], theirs)


def found(network: Any, src: Tensor, width: int) -> list[Any]:
    limits = [6] * len(src)
    searches = beam_search(network, network.start(src), limits, CPU, width)
    return [hypothesis.tokens for search in searches for hypothesis in search.hypotheses]


@pytest.mark.parametrize("width", [1, 3])
@pytest.mark.parametrize("name", RULES)
def test_it_decodes_through_the_one_loop_alone_as_in_a_batch(name: str, width: int) -> None:
    ours, src = model("attention"), sources(5, 3)
    changed = Elsewhere(ours, RULES[name])
    alone = found(changed, src[:1], width) + found(changed, src[1:, :4], width)
    assert found(changed, src, width) == alone
    if name == "as_computed":
        assert alone == found(ours, src[:1], width) + found(ours, src[1:, :4], width)


@pytest.mark.parametrize("name", RULES)
def test_what_it_decodes_is_what_it_reads(name: str) -> None:
    """Greedy decoding writes the likeliest token of a pass over the tokens before it."""
    decoded: list[Tensor] = []
    passed: list[Tensor] = []
    ours, src = model("attention"), sources(5)
    (tokens,) = found(Elsewhere(ours, keeping(RULES[name], decoded)), src, 1)
    changed = Elsewhere(ours, keeping(RULES[name], passed))
    logits = changed(src, torch.tensor([[1, *tokens[:-1]]]))
    logits[..., :2] = float("-inf")  # padding and ⟨start⟩ are never written
    assert logits[0].argmax(dim=1).tolist() == list(tokens)
    assert len(decoded) == len(passed) == len(tokens)
    close(torch.cat(decoded), torch.cat(passed))
    close(torch.cat(decoded).sum(dim=1), torch.ones(len(tokens)))


def test_looking_elsewhere_leaves_the_model_as_it_was() -> None:
    ours, src = model("attention"), sources(5, 3)
    before, plain = belongings(ours), ours(src, targets(2, 4))
    Elsewhere(ours, uniform)(src, targets(2, 4))
    assert same_belongings(before, belongings(ours))
    assert torch.equal(ours(src, targets(2, 4)), plain)
