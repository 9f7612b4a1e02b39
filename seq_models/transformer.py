"""A Transformer block lets words exchange information, then thinks about each word alone.

    x = norm1(x + attention(x)),  x = norm2(x + feed_forward(x))

A. Vaswani et al., 2017, sections 3.1 and 3.3, https://arxiv.org/abs/1706.03762
Positions: section 3.5, sine and cosine waves of growing length, so that order can be told.
"""

import functools
import math

import torch
from torch import Tensor, nn

from seq_models.self_attention import Blend, Cache, HeadScale, SelfAttention


class TransformerBlock(nn.Module):
    """Self-attention and a feed-forward network, each with a residual sum and the norm after it."""

    def __init__(
        self,
        embed_size: int,
        heads: int,
        dropout: float,
        ff_dim: int,
        residual: bool = True,
        scaled: bool = True,
    ) -> None:
        """residual: false leaves the sum out, only its norm is there. scaled: `SelfAttention`'s."""
        super().__init__()
        self.residual = residual
        self.attention = SelfAttention(embed_size, heads, scaled)
        self.norm1 = nn.LayerNorm(embed_size)
        self.feed_forward = nn.Sequential(
            nn.Linear(embed_size, ff_dim), nn.ReLU(), nn.Linear(ff_dim, embed_size)
        )
        self.norm2 = nn.LayerNorm(embed_size)
        self.dropout = nn.Dropout(dropout)
        for part in self.feed_forward.parameters():
            if part.dim() > 1:
                nn.init.xavier_uniform_(part)

    def forward(
        self, x: Tensor, mask: Tensor | None = None, head_scale: HeadScale | None = None
    ) -> tuple[Tensor, Tensor]:
        """Transform x (B, S, E): output (B, S, E), attention weights (B, heads, S, S).

        mask and head_scale are `SelfAttention`'s.
        """
        attended, weights = self.attention(x, mask, head_scale)
        x = self.norm1(self.joined(x, attended))
        return self.norm2(self.joined(x, self.feed_forward(x))), weights

    def joined(self, x: Tensor, more: Tensor) -> Tensor:
        """The residual sum of x and what a part of the block computed from it, each (B, S, E)."""
        more = self.dropout(more) if self.training else more
        return x + more if self.residual else more

    def extend(
        self, x: Tensor, past: Cache, mask: Tensor | None, head_scale: HeadScale | None = None
    ) -> tuple[Tensor, Cache, Tensor]:
        """Transform x (B, T, E), the words after `past`, without computing the past again.

        mask (T, past + T) is `causal_mask`'s. Returns the output (B, T, E), the longer past, and
        the weights (B, heads, T, past + T).
        """
        x, past, weights = self.look_back(x, past, mask, head_scale)
        return self.norm2(self.joined(x, self.feed_forward(x))), past, weights

    def look_back(
        self, x: Tensor, past: Cache, mask: Tensor | None, head_scale: HeadScale | None = None
    ) -> tuple[Tensor, Cache, Tensor]:
        """The first half of `extend`: attention to the past, the residual sum and its norm."""
        queries, keys, values = self.attention.three(x)
        past = past.extended(keys, values)
        look = self.attention.weigh(queries, *past, mask, head_scale)
        return self.norm1(self.joined(x, look.output)), past, look.weights


SHORTEST_TABLE = 512  # positions; longer ones have twice, four times as many


def layer_scale(head_scale: HeadScale | None, layer: int) -> HeadScale | None:
    """One layer's part of a head_scale (layers, heads) or (B, layers, heads), or of a `Blend`.

    The other outputs of a `Blend` are (layers, heads, 1, D), up to (B, layers, heads, T, D).
    """
    if isinstance(head_scale, Blend):
        return Blend(head_scale.scale[..., layer, :], head_scale.other[..., layer, :, :, :])
    return None if head_scale is None else head_scale[..., layer, :]


def causal_mask(length: int, past: int, device: torch.device) -> Tensor:
    """True (length, past + length) where a word may look: at the past, and up to itself."""
    every = torch.ones(length, past + length, dtype=torch.bool, device=device)
    return every.tril(diagonal=past)


def positions(length: int, embed_size: int, first: int = 0) -> Tensor:
    """Sine and cosine codes (length, E) of the positions from `first` on."""
    return placed_codes(first, length, embed_size, torch.float32, torch.device("cpu")).clone()


def placed_codes(
    first: int, length: int, embed_size: int, dtype: torch.dtype, device: torch.device
) -> Tensor:
    """As `positions`, out of a table that is computed once; not to be written on."""
    size = max(SHORTEST_TABLE, 1 << (first + length - 1).bit_length())
    return table(size, embed_size, dtype, device)[first : first + length]


@functools.lru_cache(maxsize=16)
def table(length: int, embed_size: int, dtype: torch.dtype, device: torch.device) -> Tensor:
    """The codes (length, E) of the positions from 0 on."""
    with torch.inference_mode(False):  # whoever asks first: another may want gradients later
        return codes(length, embed_size).to(device, dtype)


def codes(length: int, embed_size: int) -> Tensor:
    """Sine and cosine codes (length, E) of the positions from 0 on."""
    position = torch.arange(length, dtype=torch.float32).unsqueeze(1)
    speed = torch.exp(torch.arange(0, embed_size, 2) * (-math.log(10_000.0) / embed_size))
    code = torch.zeros(length, embed_size)
    code[:, 0::2] = torch.sin(position * speed)
    code[:, 1::2] = torch.cos(position * speed)[:, : embed_size // 2]
    return code


class TokenEmbedding(nn.Module):
    """Token and position in one vector, scaled as in section 3.4."""

    def __init__(
        self, vocab_size: int, embed_size: int, dropout: float, positions: bool = True
    ) -> None:
        """positions: false leaves them out, so that no order can be told."""
        super().__init__()
        self.positions = positions
        self.token = nn.Embedding(vocab_size, embed_size)
        self.dropout = nn.Dropout(dropout)
        self.scale = math.sqrt(embed_size)
        nn.init.normal_(self.token.weight, std=embed_size**-0.5)

    def forward(self, x: Tensor, first: int = 0) -> Tensor:
        """Vectors (B, S, E) of tokens x (B, S) that stand at positions first, first + 1, ..."""
        words, code = self.parts(x, first)
        placed: Tensor = words + code
        return self.dropout(placed) if self.training else placed

    def parts(self, x: Tensor, first: int = 0) -> tuple[Tensor, Tensor]:
        """What is added: the vectors of tokens x (B, S), (B, S, E), and of their places, (S, E)."""
        words = self.token(x)
        code = placed_codes(first, x.size(1), words.size(2), words.dtype, words.device)
        return words * self.scale, code if self.positions else torch.zeros_like(code)
