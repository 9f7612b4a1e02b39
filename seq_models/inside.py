"""What every head of a Transformer computed for one text: each layer's own looks, as returned.

    x[0] = embedding(words),  look[i] = attention[i].look(x[i]),  x[i + 1] = layer[i](x[i])

A. Vaswani et al., 2017, section 3.2.2, https://arxiv.org/abs/1706.03762
"""

from typing import NamedTuple

from torch import Tensor

from seq_models import PAD
from seq_models.causal import CausalTransformer
from seq_models.decoder import Decoder
from seq_models.encoder import Encoder
from seq_models.self_attention import Cache, Look, SelfAttention
from seq_models.transformer import causal_mask


class Layer(NamedTuple):
    """One attention of one layer at work: it, what it read, and its look."""

    attention: SelfAttention
    x: Tensor  # (B, T, E), the words that look
    look: Look

    @property
    def given(self) -> Tensor:
        """What each word gives to each head that looks at it with weight 1: (B, heads, S, E)."""
        return self.attention.written(self.look.values)


def encoder_layers(encoder: Encoder, x: Tensor) -> list[Layer]:
    """Each layer's look at the words x (B, S)."""
    mask = (x != PAD)[:, None, None, :]  # (B, 1, 1, S)
    output, found = encoder.embedding(x), []
    for block in encoder.blocks():
        found.append(looked(block.attention, output, mask))
        output, _ = block(output, mask)
    return found


def decoder_layers(
    decoder: Decoder, x: Tensor, enc_out: Tensor, source_mask: Tensor | None = None
) -> tuple[list[Layer], list[Layer]]:
    """Each layer's look at the words x (B, T) themselves, and at the encoder's output (B, S, E).

    source_mask (B, S): True where there is a source word; all of them, without one.
    """
    state = decoder.start(enc_out, source_mask)
    mask = causal_mask(x.size(1), 0, x.device) if decoder.causal else None
    shown = None if state.source_mask is None else state.source_mask[:, None, None, :]
    output, own, cross = decoder.embedding(x), [], []
    for block, past, source in zip(decoder.blocks(), state.past, state.source, strict=True):
        own.append(looked(block.attention, output, mask))
        middle, _, _ = block.look_back(output, past, mask)
        cross.append(looked(block.cross_attention, middle, shown, source))
        output, _, _, _ = block.decode(output, past, source, mask, shown)
    return own, cross


def causal_layers(network: CausalTransformer, x: Tensor) -> list[Layer]:
    """Each layer's look at the word vectors x (B, S, E)."""
    mask = causal_mask(x.size(1), 0, x.device)
    output, found = network.placed(x), []
    for block, past in zip(network.blocks(), network.start(len(x)), strict=True):
        found.append(looked(block.attention, output, mask))
        output, _, _ = block.extend(output, past, mask)
    return found


def looked(
    attention: SelfAttention, x: Tensor, mask: Tensor | None, source: Cache | None = None
) -> Layer:
    """One attention's look from x (B, T, E), at itself unless keys and values are given."""
    return Layer(attention, x, attention.look(x, *(source or attention.project(x)), mask))
