"""The encoder reads the whole source sentence at once: every word sees all the others.

A. Vaswani et al., 2017, section 3.1, https://arxiv.org/abs/1706.03762
"""

from torch import Tensor, nn

from seq_models import PAD
from seq_models.self_attention import HeadScale
from seq_models.transformer import TokenEmbedding, TransformerBlock, layer_scale


class Encoder(nn.Module):
    """A stack of `TransformerBlock`s over embedded tokens."""

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
    ) -> None:
        """positions, residual, scaled: false leaves that part of the textbook out."""
        super().__init__()
        self.embedding = TokenEmbedding(vocab_size, embed_size, dropout, positions)
        self.layers = nn.ModuleList(
            TransformerBlock(embed_size, heads, dropout, ff_dim, residual, scaled)
            for _ in range(num_layers)
        )

    def forward(
        self, x: Tensor, head_scale: HeadScale | None = None
    ) -> tuple[Tensor, tuple[Tensor, ...]]:
        """Encode tokens x (B, S), `PAD` where a row is shorter.

        head_scale (layers, heads) or (B, layers, heads): see `SelfAttention.attend`.
        Returns the output (B, S, E) and each layer's weights (B, heads, S, S); padding is never
        looked at.
        """
        words = x != PAD  # (B, S)
        whole = not self.training and bool(words.all())
        mask = None if whole else words[:, None, None, :]  # (B, 1, 1, S)
        output, weights = self.embedding(x), []
        for index, layer in enumerate(self.layers):
            output, layer_weights = layer(output, mask, layer_scale(head_scale, index))
            weights.append(layer_weights)
        return output, tuple(weights)

    def blocks(self) -> list[TransformerBlock]:
        """The layers, first to last."""
        return [layer for layer in self.layers if isinstance(layer, TransformerBlock)]
