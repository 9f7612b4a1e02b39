"""Self-attention: oracles are a textbook version, `nn.MultiheadAttention` and torch's kernel."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn

from seq_models.self_attention import SelfAttention
from tests.tiny import belongings, close, randomized, same_belongings


class TextbookSelfAttention(nn.Module):
    """As a course writes it, one einsum for the scores and one for the mixture."""

    def __init__(self, embed_size: int, heads: int, bias: bool = True, out: bool = True) -> None:
        super().__init__()
        self.heads, self.head_dim = heads, embed_size // heads
        self.values = nn.Linear(embed_size, embed_size, bias=bias)
        self.keys = nn.Linear(embed_size, embed_size, bias=bias)
        self.queries = nn.Linear(embed_size, embed_size, bias=bias)
        self.fc_out = nn.Linear(embed_size, embed_size, bias=out)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        batch, length, size = x.shape
        values = self.values(x).reshape(batch, length, self.heads, self.head_dim)
        keys = self.keys(x).reshape(batch, length, self.heads, self.head_dim)
        queries = self.queries(x).reshape(batch, length, self.heads, self.head_dim)
        energy = torch.einsum("nqhd,nkhd->nhqk", queries, keys)
        attention = torch.softmax(energy / self.head_dim**0.5, dim=3)
        out = torch.einsum("nhql,nlhd->nqhd", attention, values).reshape(batch, length, size)
        return self.fc_out(out), attention


def torchs(ours: SelfAttention, embed_size: int) -> nn.MultiheadAttention:
    """`nn.MultiheadAttention` with our parameters."""
    oracle = nn.MultiheadAttention(embed_size, ours.heads, batch_first=True)
    parts = (ours.queries, ours.keys, ours.values)
    with torch.no_grad():
        oracle.in_proj_weight.copy_(torch.cat([part.weight for part in parts]))
        oracle.in_proj_bias.copy_(torch.cat([part.bias for part in parts]))
        oracle.out_proj.weight.copy_(ours.fc_out.weight)
        oracle.out_proj.bias.copy_(ours.fc_out.bias)
    return oracle.eval()


SIZES = given(
    batch=st.integers(1, 3),
    length=st.integers(1, 8),
    heads=st.integers(1, 4),
    head_size=st.integers(1, 5),
)


@pytest.mark.parametrize(("bias", "out"), [(True, True), (False, True), (False, False)])
@settings(max_examples=10, deadline=None)
@SIZES
def test_a_textbook_state_dict_gives_the_textbook_output_and_weights(
    bias: bool, out: bool, batch: int, length: int, heads: int, head_size: int
) -> None:
    size = heads * head_size
    textbook = randomized(TextbookSelfAttention(size, heads, bias, out))
    ours = randomized(SelfAttention(size, heads), seed=1)
    ours.load_state_dict(textbook.state_dict())
    x = torch.randn(batch, length, size)
    for actual, expected in zip(ours(x), textbook(x), strict=True):
        close(actual, expected)


def test_a_state_dict_without_weights_is_refused() -> None:
    parameters = TextbookSelfAttention(4, 2).state_dict()
    del parameters["keys.weight"]
    with pytest.raises(RuntimeError, match="keys.weight"):
        SelfAttention(4, 2).load_state_dict(parameters)


@settings(max_examples=10, deadline=None)
@SIZES
def test_it_is_torchs_multihead_attention(
    batch: int, length: int, heads: int, head_size: int
) -> None:
    size = heads * head_size
    ours = randomized(SelfAttention(size, heads))
    x = torch.randn(batch, length, size)
    padding = torch.arange(length) >= torch.randint(1, length + 1, (batch, 1))  # (B, S)
    output, weights = ours(x, ~padding[:, None, None, :])
    expected, expected_weights = torchs(ours, size)(
        x, x, x, key_padding_mask=padding, average_attn_weights=False
    )
    close(output, expected)
    close(weights, expected_weights)


def test_it_attends_to_another_sentence_as_torch_does() -> None:
    ours = randomized(SelfAttention(6, 3))
    x, memory = torch.randn(2, 4, 6), torch.randn(2, 7, 6)
    output, weights = ours.attend(x, *ours.project(memory))
    expected, expected_weights = torchs(ours, 6)(x, memory, memory, average_attn_weights=False)
    close(output, expected)
    close(weights, expected_weights)


def test_it_is_torchs_scaled_dot_product_under_any_mask() -> None:
    ours = randomized(SelfAttention(6, 2))
    x = torch.randn(2, 5, 6)
    mask = (torch.rand(2, 1, 5, 5) < 0.5) | torch.eye(5, dtype=torch.bool)
    queries = ours.queries(x).reshape(2, 5, 2, 3).transpose(1, 2)  # (B, heads, S, D)
    keys, values = ours.project(x)
    mixed = nn.functional.scaled_dot_product_attention(queries, keys, values, attn_mask=mask)
    close(ours(x, mask)[0], ours.fc_out(mixed.transpose(1, 2).reshape(2, 5, 6)))


@settings(max_examples=10, deadline=None)
@SIZES
def test_weights_sum_to_one_and_a_masked_word_gets_exactly_none(
    batch: int, length: int, heads: int, head_size: int
) -> None:
    ours = randomized(SelfAttention(heads * head_size, heads))
    mask = (torch.rand(batch, 1, length, length) < 0.5) | torch.eye(length, dtype=torch.bool)
    _, weights = ours(torch.randn(batch, length, heads * head_size), mask)
    assert weights.shape == (batch, heads, length, length)
    close(weights.sum(dim=3), torch.ones(batch, heads, length))
    assert (weights[~mask.expand_as(weights)] == 0).all()
    assert (weights[mask.expand_as(weights)] > 0).all()


def test_what_stands_on_padding_does_not_matter() -> None:
    ours = randomized(SelfAttention(6, 2))
    x, mask = torch.randn(2, 5, 6), torch.tensor([True, True, True, False, False])
    changed = torch.where(mask[:, None], x, torch.tensor(100.0))
    close(ours(changed, mask)[0][:, :3], ours(x, mask)[0][:, :3])


def test_switching_a_head_off_is_zeroing_its_share_of_fc_outs_input() -> None:
    ours = randomized(SelfAttention(6, 3))
    x = torch.randn(2, 5, 6)
    for head in range(3):
        silent = SelfAttention(6, 3)
        silent.load_state_dict(ours.state_dict())
        with torch.no_grad():
            silent.fc_out.weight[:, 2 * head : 2 * head + 2] = 0  # D = 2 columns a head
        scale = torch.ones(3)
        scale[head] = 0
        output, weights = ours(x, head_scale=scale)
        close(output, silent(x)[0])
        close(weights, ours(x)[1])


def test_ones_as_head_scale_change_nothing_and_zeros_leave_only_the_bias() -> None:
    ours = randomized(SelfAttention(6, 3))
    x = torch.randn(2, 5, 6)
    assert torch.equal(ours(x, head_scale=torch.ones(3))[0], ours(x)[0])
    close(ours(x, head_scale=torch.zeros(3))[0], ours.fc_out.bias.expand(2, 5, 6))


def test_a_batch_of_two_is_two_batches_of_one() -> None:
    ours = randomized(SelfAttention(6, 3))
    x = torch.randn(2, 5, 6)
    for actual, one, two in zip(ours(x), ours(x[:1]), ours(x[1:]), strict=True):
        close(actual, torch.cat([one, two]))


def test_attending_leaves_nothing_behind() -> None:
    ours = randomized(SelfAttention(6, 3))
    before = belongings(ours)
    ours(torch.randn(2, 5, 6), head_scale=torch.ones(3))
    assert same_belongings(before, belongings(ours))


def test_heads_that_cannot_share_the_embedding_are_refused_in_a_sentence() -> None:
    with pytest.raises(ValueError, match="embed_size 8 .* 3 heads"):
        SelfAttention(8, 3)
