"""The Transformer translator again, made of the layers that PyTorch brings along.

Sizes, embedding, positions and the shared output layer are `transformer_translator`'s, dropout
stands where it does there (after the embedding and before each residual sum, nowhere else), and
there is no norm beyond those of the layers. So the same parameters give the same numbers; what
differs is who wrote the layers, and how they begin.
"""

from collections.abc import Mapping
from typing import NamedTuple

import torch
from torch import Tensor, nn

from seq_models import PAD
from seq_models.seq2seq import Seq2Seq
from seq_models.transformer import TokenEmbedding, causal_mask

RENAMED = {  # our part -> PyTorch's
    ".layers.": ".stack.layers.",
    ".cross_attention.": ".multihead_attn.",
    ".attention.": ".self_attn.",
    "attn.fc_out.": "attn.out_proj.",
    "attn.queries.": "attn.in_proj_",
    "feed_forward.0.": "linear1.",
    "feed_forward.2.": "linear2.",
}


class TorchEncoder(nn.Module):
    """`nn.Transformer`'s encoder over embedded tokens."""

    def __init__(self, embedding: TokenEmbedding, stack: nn.TransformerEncoder) -> None:
        super().__init__()
        self.embedding = embedding
        self.stack = stack

    def forward(self, x: Tensor) -> tuple[Tensor, tuple[()]]:
        """Encode tokens x (B, S), `PAD` where a row is shorter: output (B, S, E), no weights."""
        return self.stack(self.embedding(x), src_key_padding_mask=x == PAD), ()


class TorchState(NamedTuple):
    """All of the past: PyTorch's layers keep no cache, so every step reads it again."""

    past: Tensor  # (B, T) tokens
    enc_out: Tensor  # (B, S, E)
    source_mask: Tensor  # (B, S), True where there is a word


class TorchDecoder(nn.Module):
    """`nn.Transformer`'s decoder; its output layer shares the embedding's parameters."""

    def __init__(
        self, embedding: TokenEmbedding, stack: nn.TransformerDecoder, vocab_size: int
    ) -> None:
        super().__init__()
        self.embedding = embedding
        self.stack = stack
        self.fc_out = nn.Linear(embedding.token.embedding_dim, vocab_size)
        self.fc_out.weight = embedding.token.weight

    def forward(self, x: Tensor, enc_out: Tensor, source_mask: Tensor) -> tuple[Tensor, tuple[()]]:
        """Logits (B, T, V) after each of x (B, T), given enc_out (B, S, E); no weights.

        source_mask (B, S): True where there is a source word.
        """
        output = self.stack(
            self.embedding(x),
            enc_out,
            tgt_mask=~causal_mask(x.size(1), 0, x.device),
            tgt_is_causal=True,
            memory_key_padding_mask=~source_mask,
        )
        return self.fc_out(output), ()

    def start(self, enc_out: Tensor, source_mask: Tensor) -> TorchState:
        """The state before any word, for an encoder output (B, S, E)."""
        past = torch.empty(len(enc_out), 0, dtype=torch.long, device=enc_out.device)
        return TorchState(past, enc_out, source_mask)

    def step(self, tokens: Tensor, state: TorchState) -> tuple[Tensor, TorchState, tuple[()]]:
        """Read one token each, tokens (B,): logits (B, V), the new state, no weights."""
        state = state._replace(past=torch.cat([state.past, tokens.unsqueeze(1)], dim=1))
        logits, weights = self(*state)
        return logits[:, -1], state, weights


def torch_translator(
    vocab_size: int,
    embed_size: int,
    encoder_layers: int,
    decoder_layers: int,
    heads: int,
    ff_dim: int,
    dropout: float,
) -> Seq2Seq:
    """`nn.Transformer` (post-norm, ReLU) over one vocabulary for both languages.

    It begins as PyTorch begins it; its embedding begins as ours.
    """
    layer = (embed_size, heads, ff_dim, dropout)
    encoder = nn.TransformerEncoder(
        nn.TransformerEncoderLayer(*layer, batch_first=True),
        encoder_layers,
        enable_nested_tensor=False,
    )
    decoder = nn.TransformerDecoder(
        nn.TransformerDecoderLayer(*layer, batch_first=True), decoder_layers
    )
    transformer = nn.Transformer(
        embed_size, heads, batch_first=True, custom_encoder=encoder, custom_decoder=decoder
    )
    for part in transformer.modules():
        if isinstance(part, nn.TransformerEncoderLayer | nn.TransformerDecoderLayer):
            part.dropout.p = 0.0  # inside the feed-forward network
        elif isinstance(part, nn.MultiheadAttention):
            part.dropout = 0.0  # of the attention weights
    embedding = TokenEmbedding(vocab_size, embed_size, dropout)
    return Seq2Seq(TorchEncoder(embedding, encoder), TorchDecoder(embedding, decoder, vocab_size))


def as_torchs(ours: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The tensors of a `transformer_translator`'s state dict, as a `torch_translator` has them."""
    found = {}
    for name, tensor in ours.items():
        if ".keys." in name or ".values." in name:
            continue
        if ".queries." in name:  # PyTorch has the three in one
            parts = [ours[name.replace("queries", part)] for part in ("keys", "values")]
            tensor = torch.cat([tensor, *parts])
        for our_part, torchs_part in RENAMED.items():
            name = name.replace(our_part, torchs_part)
        found[name] = tensor
    return found
