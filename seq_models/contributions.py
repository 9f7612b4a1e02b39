"""How much of a word's vector comes from each word that was read: ALTI+.

    part[t][s] = norm'(sum over heads of weights[t][s] * written(value[s]), and x[t] where s is t)
    near[t][s] = max(0, |y[t]| - |y[t] - part[t][s]|),  each row scaled to sum to 1

y is the block's output after its norm, |.| sums absolute values, norm' is the norm with the spread
that it had for y, which makes it linear. Layers are multiplied; the feed-forward part mixes no
words. Made for post-norm blocks.
J. Ferrando, G. Gállego, M. Costa-jussà, 2022, https://arxiv.org/abs/2203.04212 (ALTI)
J. Ferrando et al., 2022, section 3, https://arxiv.org/abs/2205.11631 (ALTI+)
"""

from typing import NamedTuple

import torch
from torch import Tensor, nn

from seq_models.causal import CausalTransformer
from seq_models.decoder import Decoder
from seq_models.encoder import Encoder
from seq_models.inside import Layer, causal_layers, decoder_layers, encoder_layers
from seq_models.transformer import TransformerBlock


class Origins(NamedTuple):
    """Where each of T words comes from, 0..1; both together sum to 1 in each row."""

    source: Tensor  # (B, T, S)
    own: Tensor  # (B, T, T)


def encoder_contributions(encoder: Encoder, x: Tensor) -> Tensor:
    """How much of each output of the encoder comes from each of its words x (B, S): (B, S, S)."""
    return rolled(encoder.blocks(), encoder_layers(encoder, x))


def causal_contributions(network: CausalTransformer, x: Tensor) -> Tensor:
    """The same of a causal Transformer's word vectors x (B, S, E)."""
    return rolled(network.blocks(), causal_layers(network, x))


def rolled(blocks: list[TransformerBlock], layers: list[Layer]) -> Tensor:
    """The contributions of all layers together (B, S, S)."""
    whole = identity(layers[0].x)
    for block, layer in zip(blocks, layers, strict=True):
        whole = shares(*own_parts(layer, block.norm1)) @ whole
    return whole


def decoder_contributions(
    decoder: Decoder, x: Tensor, enc_out: Tensor, read: Tensor, source_mask: Tensor | None = None
) -> Origins:
    """How much of each of the decoder's outputs comes from source words and from its own x (B, T).

    read (B, S, S): `encoder_contributions`. source_mask: see `seq_models.inside.decoder_layers`.
    """
    own_layers, cross_layers = decoder_layers(decoder, x, enc_out, source_mask)
    own = identity(own_layers[0].x)
    source = own.new_zeros(*own.shape[:2], enc_out.size(1))
    for block, first, second in zip(decoder.blocks(), own_layers, cross_layers, strict=True):
        mixed = shares(*own_parts(first, block.norm1))  # (B, T, T)
        found = shares(*cross_parts(second, block.norm2))  # (B, T, 1 + S)
        kept, looked = found[..., :1], found[..., 1:]
        own, source = kept * (mixed @ own), kept * (mixed @ source) + looked @ read
    return Origins(source, own)


def own_parts(layer: Layer, norm: nn.LayerNorm) -> tuple[Tensor, Tensor]:
    """What each word brings into each vector (B, T, T, E), and what comes of it (B, T, E)."""
    itself = torch.diag_embed(layer.x.mT).permute(0, 2, 3, 1)  # (B, T, T, E)
    return normed(brought(layer) + itself, layer, norm)


def cross_parts(layer: Layer, norm: nn.LayerNorm) -> tuple[Tensor, Tensor]:
    """What stays, and what each source word brings (B, T, 1 + S, E); what comes of it (B, T, E)."""
    return normed(torch.cat([layer.x.unsqueeze(2), brought(layer)], dim=2), layer, norm)


def brought(layer: Layer) -> Tensor:
    """What all heads together take from each word: (B, T, S, E)."""
    return torch.einsum("bhts,bhse->btse", layer.look.weights, layer.given)


def normed(parts: Tensor, layer: Layer, norm: nn.LayerNorm) -> tuple[Tensor, Tensor]:
    """The parts (B, T, N, E) of a residual sum after its norm, and the norm of the sum."""
    summed = layer.x + layer.look.output
    spread = (summed.var(dim=-1, correction=0) + norm.eps).sqrt()  # (B, T)
    centred = parts - parts.mean(dim=-1, keepdim=True)
    return centred / spread[..., None, None] * norm.weight, norm(summed)


def shares(parts: Tensor, whole: Tensor) -> Tensor:
    """How near each part (B, T, N, E) comes to the whole (B, T, E): rows (B, T, N) sum to 1."""
    size = whole.abs().sum(dim=-1, keepdim=True)  # (B, T, 1)
    near = (size - (whole.unsqueeze(2) - parts).abs().sum(dim=-1)).clamp(min=0)
    some = near.sum(dim=-1, keepdim=True) > 0
    near = torch.where(some, near, parts.abs().sum(dim=-1))  # where no part comes near: its size
    return near / near.sum(dim=-1, keepdim=True)


def identity(x: Tensor) -> Tensor:
    """Each of x (B, S, E) comes from itself: (B, S, S)."""
    return torch.eye(x.size(1), dtype=x.dtype, device=x.device).expand(len(x), -1, -1)
