"""The decoder writes the target: each word sees the words before it and the whole source.

    x = norm1(x + self_attention(x, past only))
    x = norm2(x + cross_attention(x, encoder output))
    x = norm3(x + feed_forward(x))

A. Vaswani et al., 2017, sections 3.1 and 3.2.3, https://arxiv.org/abs/1706.03762
"""

from typing import NamedTuple

import torch
from torch import Tensor, nn

from seq_models.self_attention import Cache, HeadScale, SelfAttention
from seq_models.transformer import TokenEmbedding, TransformerBlock, causal_mask, layer_scale


class DecoderState(NamedTuple):
    """What a step needs of the past, so that nothing is computed twice."""

    past: tuple[Cache, ...]  # each layer's own words so far; empty before the first
    source: tuple[Cache, ...]  # each layer's view of the encoder's output
    source_mask: Tensor | None  # (B, S), True where there is a word; None: everywhere
    texts: Tensor  # (B,), which of the sources that it began with each row reads

    def select(self, rows: Tensor) -> "DecoderState":
        """The state of the given rows (M,) only, in their order.

        As long as each row goes on with the source that it has, that is shared, not copied.
        """
        past, texts = chosen(self.past, rows), self.texts[rows]
        if torch.equal(texts, self.texts):
            return self._replace(past=past)
        mask = None if self.source_mask is None else self.source_mask[rows]
        return DecoderState(past, chosen(self.source, rows), mask, texts)


def chosen(caches: tuple[Cache, ...], rows: Tensor) -> tuple[Cache, ...]:
    """The given rows (M,) of each layer's keys and values."""
    return tuple(Cache(*(part.index_select(0, rows) for part in cache)) for cache in caches)


class DecoderWeights(NamedTuple):
    """Where each layer looked: own words (B, heads, T, T) and source words (B, heads, T, S)."""

    own: tuple[Tensor, ...]
    cross: tuple[Tensor, ...]


class DecoderBlock(TransformerBlock):
    """A `TransformerBlock` that also attends to the encoder's output."""

    def __init__(
        self,
        embed_size: int,
        heads: int,
        dropout: float,
        ff_dim: int,
        residual: bool = True,
        scaled: bool = True,
        cross: bool = True,
    ) -> None:
        """cross: false adds nothing of what it sees of the encoder's output."""
        super().__init__(embed_size, heads, dropout, ff_dim, residual, scaled)
        self.cross = cross
        self.cross_attention = SelfAttention(embed_size, heads, scaled)
        self.norm3 = nn.LayerNorm(embed_size)

    def decode(
        self,
        x: Tensor,
        past: Cache,
        source: Cache,
        mask: Tensor | None,
        source_mask: Tensor | None,
        head_scale: HeadScale | None = None,
        cross_scale: HeadScale | None = None,
    ) -> tuple[Tensor, Cache, Tensor, Tensor]:
        """Transform x (B, T, E), the words after `past`.

        head_scale and cross_scale are `SelfAttention.attend`'s, for own words and for the source.

        Returns the output (B, T, E), the longer past, and the weights on own and source words.
        """
        x, past, own = self.look_back(x, past, mask, head_scale)
        attended, cross = self.cross_attention.attend(x, *source, source_mask, cross_scale)
        x = self.norm2(self.joined(x, attended) if self.cross else x)
        return self.norm3(self.joined(x, self.feed_forward(x))), past, own, cross


class Decoder(nn.Module):
    """A stack of `DecoderBlock`s; its output layer shares the embedding's parameters."""

    def __init__(
        self,
        vocab_size: int,
        embed_size: int,
        num_layers: int,
        heads: int,
        ff_dim: int,
        dropout: float,
        *,
        positions: bool = True,
        residual: bool = True,
        scaled: bool = True,
        causal: bool = True,
        cross: bool = True,
    ) -> None:
        """positions, residual, scaled, causal, cross: false leaves that of the textbook out.

        Without `causal` a word sees later words that are read with it, in one `decode`.
        """
        super().__init__()
        self.causal = causal
        self.embedding = TokenEmbedding(vocab_size, embed_size, dropout, positions)
        self.layers = nn.ModuleList(
            DecoderBlock(embed_size, heads, dropout, ff_dim, residual, scaled, cross)
            for _ in range(num_layers)
        )
        self.fc_out = nn.Linear(embed_size, vocab_size)
        self.fc_out.weight = self.embedding.token.weight

    def forward(
        self, x: Tensor, enc_out: Tensor, source_mask: Tensor | None = None
    ) -> tuple[Tensor, DecoderWeights]:
        """Logits (B, T, V) for the word after each of x (B, T), given enc_out (B, S, E); weights.

        source_mask (B, S): True where there is a source word; all of them, without one.
        """
        logits, _, weights = self.decode(x, self.start(enc_out, source_mask))
        return logits, weights

    def blocks(self) -> list[DecoderBlock]:
        """The layers, first to last."""
        return [layer for layer in self.layers if isinstance(layer, DecoderBlock)]

    def start(self, enc_out: Tensor, source_mask: Tensor | None = None) -> DecoderState:
        """The state before any word, for an encoder output (B, S, E)."""
        if source_mask is not None and not self.training and source_mask.all():
            source_mask = None
        seen = [layer.cross_attention.project(enc_out) for layer in self.blocks()]
        source = tuple(Cache(s.keys.contiguous(), s.values.contiguous()) for s in seen)
        past = tuple(Cache(s.keys[:, :, :0], s.values[:, :, :0]) for s in source)
        texts = torch.arange(len(enc_out), device=enc_out.device)
        return DecoderState(past, source, source_mask, texts)

    def step(
        self,
        tokens: Tensor,
        state: DecoderState,
        head_scale: HeadScale | None = None,
        cross_scale: HeadScale | None = None,
    ) -> tuple[Tensor, DecoderState, DecoderWeights]:
        """Read one token each, tokens (B,): logits (B, V), the new state, weights with T = 1."""
        logits, state, weights = self.decode(tokens.unsqueeze(1), state, head_scale, cross_scale)
        return logits[:, 0], state, weights

    def decode(
        self,
        x: Tensor,
        state: DecoderState,
        head_scale: HeadScale | None = None,
        cross_scale: HeadScale | None = None,
    ) -> tuple[Tensor, DecoderState, DecoderWeights]:
        """Read tokens x (B, T) after those in `state`: logits (B, T, V), the new state, weights.

        head_scale, cross_scale (layers, heads) or (B, layers, heads): what the output of each head
        is multiplied by, of those on own words and those on the source.
        """
        first, length = state.past[0].keys.size(2), x.size(1)
        hides = self.causal and length > 1  # a single word may look at all before it
        mask = causal_mask(length, first, x.device) if hides else None
        shown = None if state.source_mask is None else state.source_mask[:, None, None, :]
        output, past, own, cross = self.embedding(x, first), [], [], []
        for number, layer in enumerate(self.blocks()):
            output, layer_past, own_weights, cross_weights = layer.decode(
                output,
                state.past[number],
                state.source[number],
                mask,
                shown,
                layer_scale(head_scale, number),
                layer_scale(cross_scale, number),
            )
            past.append(layer_past)
            own.append(own_weights)
            cross.append(cross_weights)
        weights = DecoderWeights(tuple(own), tuple(cross))
        return self.fc_out(output), state._replace(past=tuple(past)), weights
