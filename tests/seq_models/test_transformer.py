"""The Transformer block: oracles are a textbook version and `nn.TransformerEncoderLayer`."""

import math
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn

from seq_models.transformer import TokenEmbedding, TransformerBlock, positions
from tests.seq_models.test_self_attention import TextbookSelfAttention
from tests.tiny import belongings, close, randomized, same_belongings


class TextbookBlock(nn.Module):
    """As a course writes it: the norm after each residual sum."""

    def __init__(
        self, embed_size: int, heads: int, dropout: float, ff_dim: int, bias: bool = True
    ) -> None:
        super().__init__()
        self.attention = TextbookSelfAttention(embed_size, heads, bias)
        self.norm1 = nn.LayerNorm(embed_size)
        self.norm2 = nn.LayerNorm(embed_size)
        self.feed_forward = nn.Sequential(
            nn.Linear(embed_size, ff_dim), nn.ReLU(), nn.Linear(ff_dim, embed_size)
        )
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor) -> Tensor:
        attention, _ = self.attention(x)
        x = self.norm1(attention + x)
        x = self.dropout(x)
        forward = self.feed_forward(x)
        return self.dropout(self.norm2(forward + x))


def torchs(ours: Any, size: int, heads: int, ff_dim: int) -> nn.Module:
    """`nn.TransformerEncoderLayer` with our parameters."""
    oracle = nn.TransformerEncoderLayer(
        size, heads, ff_dim, dropout=0.0, activation="relu", batch_first=True, norm_first=False
    )
    attention = ours.attention
    parts = (attention.queries, attention.keys, attention.values)
    oracle.load_state_dict(
        {
            "self_attn.in_proj_weight": torch.cat([part.weight for part in parts]),
            "self_attn.in_proj_bias": torch.cat([part.bias for part in parts]),
            **named("self_attn.out_proj", attention.fc_out),
            **named("linear1", ours.feed_forward[0]),
            **named("linear2", ours.feed_forward[2]),
            **named("norm1", ours.norm1),
            **named("norm2", ours.norm2),
        }
    )
    return oracle.eval()


def named(prefix: str, part: nn.Module) -> dict[str, Tensor]:
    """A part's parameters under another name."""
    return {f"{prefix}.{name}": tensor for name, tensor in part.state_dict().items()}


@pytest.mark.parametrize("bias", [True, False])
@settings(max_examples=10, deadline=None)
@given(*[st.integers(1, 5)] * 5)
def test_a_textbook_state_dict_gives_the_textbook_output(
    bias: bool, batch: int, length: int, heads: int, head_size: int, ff_dim: int
) -> None:
    size = heads * head_size
    textbook = randomized(TextbookBlock(size, heads, 0.1, ff_dim, bias))
    ours = TransformerBlock(size, heads, 0.1, ff_dim).eval()
    ours.load_state_dict(textbook.state_dict())
    x = torch.randn(batch, length, size)
    close(ours(x)[0], textbook(x))


def test_it_is_torchs_encoder_layer_with_padding_too() -> None:
    ours = randomized(TransformerBlock(6, 3, 0.1, 9))
    x = torch.randn(2, 5, 6)
    mask = torch.tensor([[True] * 5, [True] * 3 + [False] * 2])
    expected = torchs(ours, 6, 3, 9)(x, src_key_padding_mask=~mask)
    close(ours(x, mask[:, None, None, :])[0][mask], expected[mask])


def test_head_scale_reaches_the_attention() -> None:
    ours = randomized(TransformerBlock(6, 3, 0.1, 9))
    x, scale = torch.randn(2, 5, 6), torch.tensor([1.0, 0.0, 0.5])
    attended, _ = ours.attention(x, None, scale)
    middle = ours.norm1(x + attended)
    close(ours(x, head_scale=scale)[0], ours.norm2(middle + ours.feed_forward(middle)))


def test_dropout_is_random_in_training_and_silent_in_play() -> None:
    ours = randomized(TransformerBlock(6, 3, 0.5, 9))
    x = torch.randn(2, 5, 6)
    assert torch.equal(ours(x)[0], ours(x)[0])
    ours.train()
    assert not torch.equal(ours(x)[0], ours(x)[0])


def test_a_block_leaves_nothing_behind() -> None:
    ours = randomized(TransformerBlock(6, 3, 0.1, 9))
    before = belongings(ours)
    ours(torch.randn(2, 5, 6))
    assert same_belongings(before, belongings(ours))


@pytest.mark.parametrize("size", [1, 5, 8])
def test_positions_are_the_waves_of_section_3_5(size: int) -> None:
    code = positions(50, size)
    for position in (0, 1, 7, 49):
        for column in range(size):
            angle = position / 10_000 ** ((column - column % 2) / size)
            wave = math.cos(angle) if column % 2 else math.sin(angle)
            assert code[position, column].item() == pytest.approx(wave, abs=1e-4)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 5_000), st.integers(1, 20), st.integers(1, 9))
def test_positions_from_anywhere_are_a_part_of_all_positions(
    first: int, length: int, size: int
) -> None:
    code = positions(length, size, first)
    assert torch.equal(code, positions(first + length, size)[first:])
    assert code.abs().max() <= 1


def test_the_same_word_elsewhere_has_another_vector() -> None:
    embedding = randomized(TokenEmbedding(9, 6, 0.1))
    vectors = embedding(torch.full((1, 300), 5))[0]
    apart = torch.cdist(vectors, vectors) + 9 * torch.eye(300)
    assert apart.min() > 1e-3


def test_a_token_vector_is_scaled_and_then_told_its_position() -> None:
    embedding = randomized(TokenEmbedding(9, 6, 0.1))
    x = torch.tensor([[4, 8, 4]])
    expected = embedding.token.weight[x] * math.sqrt(6) + positions(3, 6, first=2)
    close(embedding(x, first=2), expected)


def test_a_block_begins_as_torchs_transformer_begins_its_own() -> None:
    """Oracle: a layer of `nn.Transformer`. Much smaller attention than this learns far slower."""
    ours = TransformerBlock(192, 6, 0.1, 768)
    theirs = nn.Transformer(192, 6, 1, 1, 768, batch_first=True).encoder.layers[0]
    attention, forward = ours.attention, ours.feed_forward
    projections = [part.weight for part in (attention.queries, attention.keys, attention.values)]
    for mine, expected in [
        (torch.cat(projections), theirs.self_attn.in_proj_weight),
        (attention.fc_out.weight, theirs.self_attn.out_proj.weight),
        (forward[0].weight, theirs.linear1.weight),
        (forward[2].weight, theirs.linear2.weight),
    ]:
        assert mine.std().item() == pytest.approx(expected.std().item(), rel=0.03)
    for part in (attention.queries, attention.keys, attention.values, attention.fc_out):
        assert not part.bias.any()
