"""Additive attention: the oracle is the textbook version below."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn

from seq_models.attention import Attention
from tests.tiny import belongings, close, randomized, same_belongings


class TextbookAttention(nn.Module):
    """As a course writes it: score the concatenation of the hidden state and each output."""

    def __init__(self, hidden_size: int, bias: bool) -> None:
        super().__init__()
        self.attn = nn.Linear(hidden_size * 2, hidden_size)
        self.v = nn.Linear(hidden_size, 1, bias=bias)

    def forward(self, hidden: Tensor, encoder_outputs: Tensor) -> tuple[Tensor, Tensor]:
        repeated = hidden.unsqueeze(1).repeat(1, encoder_outputs.size(1), 1)
        energy = torch.tanh(self.attn(torch.cat([repeated, encoder_outputs], dim=2)))
        weights = torch.softmax(self.v(energy).squeeze(2), dim=1)
        return torch.bmm(weights.unsqueeze(1), encoder_outputs), weights


def example(batch: int = 2, length: int = 5, size: int = 6) -> tuple[Attention, Tensor, Tensor]:
    """A random attention, a state (B, H) and encoder outputs (B, S, H)."""
    return randomized(Attention(size)), torch.randn(batch, size), torch.randn(batch, length, size)


def mask_of(*lengths: int) -> Tensor:
    """True on the first `length` of each row."""
    return torch.arange(max(lengths)) < torch.tensor(lengths).unsqueeze(1)


@pytest.mark.parametrize("bias", [False, True])
@settings(max_examples=10, deadline=None)
@given(*[st.integers(1, 7)] * 3)
def test_a_textbook_state_dict_gives_the_textbook_context_and_weights(
    bias: bool, batch: int, length: int, size: int
) -> None:
    textbook = randomized(TextbookAttention(size, bias))
    ours, hidden, outputs = example(batch, length, size)
    ours.load_state_dict(textbook.state_dict())
    for actual, expected in zip(ours(hidden, outputs), textbook(hidden, outputs), strict=True):
        close(actual, expected)


def test_a_textbook_state_dict_loads_inside_a_larger_module_and_is_not_changed() -> None:
    parameters = nn.ModuleDict({"a": TextbookAttention(4, bias=True)}).state_dict()
    names = list(parameters)
    nn.ModuleDict({"a": Attention(4)}).load_state_dict(parameters)
    assert list(parameters) == names


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(1, 8), min_size=1, max_size=4))
def test_weights_sum_to_one_and_a_masked_word_gets_exactly_none(lengths: list[int]) -> None:
    ours, hidden, outputs = example(len(lengths), max(lengths))
    mask = mask_of(*lengths)
    _, weights = ours(hidden, outputs, mask)
    close(weights.sum(dim=1), torch.ones(len(lengths)))
    assert (weights >= 0).all()
    assert (weights[~mask] == 0).all()
    assert (weights[mask] > 0).all()


def test_what_stands_on_padding_does_not_matter() -> None:
    ours, hidden, outputs = example()
    mask = mask_of(3, 5)
    changed = torch.where(mask.unsqueeze(2), outputs, torch.tensor(1e4))
    for actual, expected in zip(
        ours(hidden, changed, mask), ours(hidden, outputs, mask), strict=True
    ):
        assert torch.equal(actual, expected)


def test_a_padded_row_is_the_same_row_without_its_padding() -> None:
    ours, hidden, outputs = example()
    context, weights = ours(hidden, outputs, mask_of(3, 5))
    alone, alone_weights = ours(hidden[:1], outputs[:1, :3])
    close(context[:1], alone)
    close(weights[:1, :3], alone_weights)


def test_a_batch_of_two_is_two_batches_of_one() -> None:
    ours, hidden, outputs = example()
    both, weights = ours(hidden, outputs)
    for row in (0, 1):
        alone, alone_weights = ours(hidden[row : row + 1], outputs[row : row + 1])
        close(both[row : row + 1], alone)
        close(weights[row : row + 1], alone_weights)


def test_projecting_beforehand_changes_nothing() -> None:
    ours, hidden, outputs = example()
    mask = mask_of(3, 5)
    projected = ours.project(outputs)
    for actual, expected in zip(
        ours(hidden, outputs, mask, projected), ours(hidden, outputs, mask), strict=True
    ):
        close(actual, expected)


def test_the_weights_are_the_softmax_of_the_scores() -> None:
    ours, hidden, outputs = example()
    mask = mask_of(3, 5)
    score = ours.score(hidden, outputs, mask)
    assert (score[~mask] == float("-inf")).all()
    close(ours(hidden, outputs, mask)[1], score.softmax(dim=1))


def test_replaced_weights_reach_the_context_exactly() -> None:
    ours, hidden, outputs = example()
    chosen = torch.eye(5)[[1, 4]]
    context, weights = ours(hidden, outputs, weights=chosen)
    assert torch.equal(context[:, 0], outputs[[0, 1], [1, 4]])
    assert torch.equal(weights, chosen)
    mixed = torch.rand(2, 5).softmax(dim=1)
    close(ours(hidden, outputs, weights=mixed)[0][:, 0], (mixed[..., None] * outputs).sum(dim=1))


def test_attending_leaves_nothing_behind() -> None:
    ours, hidden, outputs = example()
    before = belongings(ours)
    ours(hidden, outputs, mask_of(3, 5))
    assert same_belongings(before, belongings(ours))


@settings(max_examples=15, deadline=None)
@given(*[st.integers(1, 7)] * 3)
def test_the_terms_are_the_formula_and_sum_to_the_score(batch: int, length: int, size: int) -> None:
    ours, hidden, outputs = example(batch, length, size)
    left, right = ours.attn.weight[:, :size], ours.attn.weight[:, size:]
    query, keys = hidden @ left.T, outputs @ right.T + ours.attn.bias
    terms = ours.terms(hidden, outputs)
    close(ours.query(hidden), query)
    close(terms, ours.v.weight[0] * torch.tanh(query[:, None] + keys))
    close(terms.sum(dim=2), ours.score(hidden, outputs))
    close(ours.terms(hidden, outputs, ours.project(outputs)), terms)
