"""The causal Transformer: its oracle is torch's attention with a causal mask, block by block."""

import math

import pytest
import torch
from torch import nn

from seq_models.causal import CausalTransformer
from seq_models.transformer import TransformerBlock, positions
from tests.tiny import close, randomized


def network(dropout: float = 0.1) -> CausalTransformer:
    """Two layers of three heads, in evaluation mode."""
    return randomized(CausalTransformer(12, 2, 3, 16, dropout))


def test_it_is_torchs_attention_under_a_causal_mask() -> None:
    ours, x = network(), torch.randn(2, 5, 12)
    expected = x * math.sqrt(12) + positions(5, 12)
    for block in ours.blocks():
        expected = torchs_block(block, expected)
    close(ours.read(x)[0], expected)


def torchs_block(block: TransformerBlock, x: torch.Tensor) -> torch.Tensor:
    """What a block is, in torch's own functions."""
    own = block.attention
    queries, keys, values = (
        layer(x).unflatten(-1, (own.heads, -1)).transpose(1, 2)
        for layer in (own.queries, own.keys, own.values)
    )
    heads = nn.functional.scaled_dot_product_attention(queries, keys, values, is_causal=True)
    x = block.norm1(x + own.fc_out(heads.transpose(1, 2).flatten(2)))
    return block.norm2(x + block.feed_forward(x))


def test_no_word_looks_ahead_and_each_row_is_a_distribution() -> None:
    _, _, weights = network().look(torch.randn(2, 5, 12))
    assert len(weights) == 2
    for layer in weights:
        assert layer.shape == (2, 3, 5, 5)
        close(layer.sum(dim=-1), torch.ones(2, 3, 5))
        assert not layer.triu(diagonal=1).any()


@pytest.mark.parametrize("cut", [1, 3, 4])
def test_going_on_from_its_state_is_reading_at_once(cut: int) -> None:
    ours, x = network(), torch.randn(2, 5, 12)
    early, state, _ = ours.look(x[:, :cut])
    late, _, weights = ours.look(x[:, cut:], state)
    close(torch.cat([early, late], dim=1), ours.read(x)[0])
    assert weights[0].shape == (2, 3, 5 - cut, 5)


def test_a_head_switched_off_is_one_whose_part_of_the_output_layer_is_zero() -> None:
    ours, x = network(), torch.randn(2, 5, 12)
    scale = torch.ones(2, 3)
    scale[1, 2] = 0
    muted, _, _ = ours.look(x, head_scale=scale)
    assert not torch.allclose(muted, ours.read(x)[0])
    with torch.no_grad():
        ours.blocks()[1].attention.fc_out.weight[:, 8:] = 0
    close(muted, ours.read(x)[0])
