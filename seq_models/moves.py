"""How each part of a Transformer block moves a word's vector: what stays, what comes, the norm.

    after = norm(before + added),  added = attention(before) or feed_forward(before)

A. Vaswani et al., 2017, section 3.1, https://arxiv.org/abs/1706.03762
"""

from typing import NamedTuple

import torch
from torch import Tensor, nn

from seq_models.causal import CausalTransformer
from seq_models.decoder import Decoder
from seq_models.encoder import Encoder
from seq_models.inside import Layer, causal_layers, decoder_layers, encoder_layers
from seq_models.transformer import TransformerBlock


class Move(NamedTuple):
    """One part of a block at work, each (B, T, E)."""

    part: str  # attention, cross-attention or feed-forward
    before: Tensor  # the residual: what stays
    added: Tensor
    summed: Tensor  # before and added
    after: Tensor  # the norm of that


def encoder_moves(encoder: Encoder, x: Tensor) -> list[list[Move]]:
    """Each layer's moves of the words x (B, S)."""
    return plain_moves(encoder.blocks(), encoder_layers(encoder, x))


def causal_moves(network: CausalTransformer, x: Tensor) -> list[list[Move]]:
    """Each layer's moves of the word vectors x (B, S, E)."""
    return plain_moves(network.blocks(), causal_layers(network, x))


def decoder_moves(
    decoder: Decoder, x: Tensor, enc_out: Tensor, source_mask: Tensor | None = None
) -> list[list[Move]]:
    """Each layer's moves of the words x (B, T), see `seq_models.inside.decoder_layers`."""
    found = []
    layers = zip(*decoder_layers(decoder, x, enc_out, source_mask), strict=True)
    for block, (own, cross) in zip(decoder.blocks(), layers, strict=True):
        first = attended(block, own, block.norm1)
        second = attended(block, cross, block.norm2, "cross-attention", adds=block.cross)
        found.append([first, second, thought(block, second.after, block.norm3)])
    return found


def plain_moves(blocks: list[TransformerBlock], layers: list[Layer]) -> list[list[Move]]:
    """The moves of blocks without cross-attention."""
    found = []
    for block, layer in zip(blocks, layers, strict=True):
        first = attended(block, layer, block.norm1)
        found.append([first, thought(block, first.after, block.norm2)])
    return found


def attended(
    block: TransformerBlock,
    layer: Layer,
    norm: nn.LayerNorm,
    part: str = "attention",
    adds: bool = True,
) -> Move:
    """The move by an attention; one that adds nothing leaves its words as they are."""
    if adds:
        return move(block, part, layer.x, layer.look.output, norm)
    return Move(part, layer.x, torch.zeros_like(layer.x), layer.x, norm(layer.x))


def thought(block: TransformerBlock, x: Tensor, norm: nn.LayerNorm) -> Move:
    """The move by the feed-forward part."""
    return move(block, "feed-forward", x, block.feed_forward(x), norm)


def move(block: TransformerBlock, part: str, x: Tensor, added: Tensor, norm: nn.LayerNorm) -> Move:
    """One move, as the block itself makes it."""
    summed = block.joined(x, added)
    return Move(part, x, added, summed, norm(summed))
