"""Self-attention lets every word look at every other word, through several heads at once.

    weights = softmax(Q K^T / sqrt(D)),  output = fc_out(weights V),  D the width of one head

A. Vaswani et al., "Attention Is All You Need", 2017, section 3.2, https://arxiv.org/abs/1706.03762
First parameters: X. Glorot and Y. Bengio, 2010, https://proceedings.mlr.press/v9/glorot10a.html
"""

import math
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn


class Cache(NamedTuple):
    """One layer's keys and values, each (B, heads, length, D): what need not be computed again."""

    keys: Tensor
    values: Tensor

    def extended(self, keys: Tensor, values: Tensor) -> "Cache":
        """With those of the words that follow."""
        return Cache(torch.cat([self.keys, keys], 2), torch.cat([self.values, values], 2))


class Blend(NamedTuple):
    """Heads between another output and their own: other + scale * (own - other)."""

    scale: Tensor  # (heads,) or (B, heads); 0: the other output alone, 1: the own one
    other: Tensor  # (heads, 1, D), up to (B, heads, T, D)


HeadScale = Tensor | Blend
"""What each head's output is multiplied by, (heads,) or (B, heads), 0 is off; or a `Blend`."""


class Look(NamedTuple):
    """One look from T words at S words, with every number that leads to it."""

    queries: Tensor  # (B, heads, T, D)
    keys: Tensor  # (B, heads, S, D)
    values: Tensor  # (B, heads, S, D)
    score: Tensor  # (B, heads, T, S), scaled; minus infinity where nobody may look
    weights: Tensor  # (B, heads, T, S), each row summing to 1
    heads: Tensor  # (B, heads, T, D), what each head read: weights @ values, scaled
    output: Tensor  # (B, T, E)


class SelfAttention(nn.Module):
    """Scaled dot-product attention with several heads."""

    def __init__(self, embed_size: int, heads: int, scaled: bool = True) -> None:
        """scaled: scores are divided by the square root of D; softmax without that is sharper."""
        super().__init__()
        if embed_size % heads:
            raise ValueError(f"embed_size {embed_size} cannot be shared equally by {heads} heads")
        self.heads = heads
        self.head_size = embed_size // heads
        self.scale = math.sqrt(self.head_size) if scaled else 1.0
        self.queries = nn.Linear(embed_size, embed_size)
        self.keys = nn.Linear(embed_size, embed_size)
        self.values = nn.Linear(embed_size, embed_size)
        self.fc_out = nn.Linear(embed_size, embed_size)
        self.packed: Any = None  # `seq_models.packed`: the first three as one, to decode faster
        for part in (self.queries, self.keys, self.values):
            nn.init.xavier_uniform_(part.weight, gain=2**-0.5)  # as if the three were one matrix
        nn.init.xavier_uniform_(self.fc_out.weight)
        for part in (self.queries, self.keys, self.values, self.fc_out):
            nn.init.zeros_(part.bias)

    def forward(
        self, x: Tensor, mask: Tensor | None = None, head_scale: HeadScale | None = None
    ) -> tuple[Tensor, Tensor]:
        """Let the words of x (B, S, E) look at each other: output (B, S, E), weights as `attend`'s.

        mask: True where a query may look at a key, broadcast to (B, heads, S, S).
        """
        look = self.weigh(*self.three(x), mask, head_scale)
        return look.output, look.weights

    def three(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """The queries, keys and values of x (B, S, E), each (B, heads, S, D)."""
        joined = None if self.packed is None else self.packed.product(x)  # (B, S, 3 E)
        if joined is None:
            return self._split(self.queries(x)), *self.project(x)
        parts = joined.view(x.size(0), x.size(1), 3, self.heads, self.head_size)
        queries, keys, values = parts.permute(2, 0, 3, 1, 4)
        return queries, keys, values

    def project(self, memory: Tensor) -> Cache:
        """The keys and values of memory (B, S, E)."""
        return Cache(self._split(self.keys(memory)), self._split(self.values(memory)))

    def attend(
        self,
        x: Tensor,
        keys: Tensor,
        values: Tensor,
        mask: Tensor | None = None,
        head_scale: HeadScale | None = None,
    ) -> tuple[Tensor, Tensor]:
        """Look from x (B, T, E) at projected keys and values (B, heads, S, D).

        mask: True where a query may look at a key, broadcast to (B, heads, T, S).
        Returns the output (B, T, E) and the weights (B, heads, T, S), each row summing to 1.
        """
        look = self.look(x, keys, values, mask, head_scale)
        return look.output, look.weights

    def look(
        self,
        x: Tensor,
        keys: Tensor,
        values: Tensor,
        mask: Tensor | None = None,
        head_scale: HeadScale | None = None,
    ) -> Look:
        """As `attend`, with every number on the way."""
        return self.weigh(self._split(self.queries(x)), keys, values, mask, head_scale)

    def weigh(
        self,
        queries: Tensor,
        keys: Tensor,
        values: Tensor,
        mask: Tensor | None = None,
        head_scale: HeadScale | None = None,
    ) -> Look:
        """As `look`, from the projected queries (B, heads, T, D)."""
        score = (queries @ keys.mT).div_(self.scale)  # (B, heads, T, S)
        if mask is not None:
            score = score.masked_fill(~mask, float("-inf"))
        weights = score.softmax(dim=-1)
        heads = weights @ values  # (B, heads, T, D)
        if head_scale is not None:
            heads = turned(heads, head_scale)
        joined = heads.transpose(1, 2).flatten(2)  # (B, T, E)
        return Look(queries, keys, values, score, weights, heads, self.fc_out(joined))

    def written(self, heads: Tensor) -> Tensor:
        """What each head's part of `fc_out` makes of heads (B, heads, T, D): (B, heads, T, E).

        Of `Look.heads`: their sum over the heads, and the bias of `fc_out`, is the output. Of
        `Look.values`: what each word gives where a head looks at it with weight 1; the length of
        that is the norm of G. Kobayashi et al., 2020, section 3, https://arxiv.org/abs/2004.10102
        """
        parts = self.fc_out.weight.unflatten(1, (self.heads, self.head_size))  # (E, heads, D)
        return torch.einsum("bhtd,ehd->bhte", heads, parts)

    def score_parts(self, words: Tensor, places: Tensor) -> Tensor:
        """What the scores of x = words + places (B, S, E) are made of: (5, B, heads, S, S).

        Word with word, word with place, place with word, place with place, and all that the biases
        add. Their sum is `Look.score`, before any mask.
        Z. Dai et al., 2019, section 3.3, https://arxiv.org/abs/1901.02860
        """
        zero = words.new_zeros(1, 1, words.size(-1))
        query_bias, key_bias = self._split(self.queries(zero)), self._split(self.keys(zero))
        given = words, places.expand_as(words)
        queries = [self._split(self.queries(x)) - query_bias for x in given]  # (B, heads, S, D)
        keys = [self._split(self.keys(x)) - key_bias for x in given]
        parts = [query @ key.mT for query in queries for key in keys]  # (B, heads, S, S)
        biases = (
            query_bias @ (keys[0] + keys[1] + key_bias).mT + (queries[0] + queries[1]) @ key_bias.mT
        )
        return torch.stack([*parts, biases]) / self.scale

    def _split(self, x: Tensor) -> Tensor:
        split = x.view(x.size(0), x.size(1), self.heads, self.head_size)
        return split.transpose(1, 2)  # (B, heads, S, D)

    def _load_from_state_dict(self, state_dict: dict[str, Any], prefix: str, *rest: Any) -> None:
        """Take a version whose linear layers have no bias: theirs is zero."""
        for name in ("queries", "keys", "values", "fc_out"):
            bias = torch.zeros_like(getattr(self, name).bias)
            state_dict.setdefault(f"{prefix}{name}.bias", bias)
        super()._load_from_state_dict(state_dict, prefix, *rest)


def turned(heads: Tensor, head_scale: HeadScale) -> Tensor:
    """What heads read (B, heads, T, D), turned down, off or up, or towards another output."""
    if isinstance(head_scale, Blend):
        scale, other = head_scale
        return other + scale[..., None, None] * (heads - other)
    return heads * head_scale[..., None, None]
