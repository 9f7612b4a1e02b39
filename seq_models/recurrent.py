"""A recurrent translator reads the source in both directions, then writes one word at a time.

    context[t], weights[t] = attention(hidden[t-1], encoder outputs)
    hidden[t] = GRU([word[t]; context[t]], hidden[t-1])
    logits[t] = E out([hidden[t]; context[t]; word[t]]) + b,  E the word vectors

D. Bahdanau, K. Cho, Y. Bengio, 2015, sections 3.1 and 3.2, https://arxiv.org/abs/1409.0473
"""

from typing import NamedTuple

import torch
from torch import Tensor, nn

from seq_models import PAD
from seq_models.attention import Attention


class RecurrentEncoder(nn.Module):
    """A GRU over the source in each direction; each gives half of a word's output."""

    def __init__(
        self, vocab_size: int, embed_size: int, num_layers: int, hidden_size: int, dropout: float
    ) -> None:
        super().__init__()
        self.embedding = nn.Embedding(vocab_size, embed_size)
        self.rnn = nn.GRU(
            embed_size,
            hidden_size // 2,
            num_layers,
            batch_first=True,
            bidirectional=True,
            dropout=dropout if num_layers > 1 else 0.0,
        )
        self.dropout = nn.Dropout(dropout)
        nn.init.normal_(self.embedding.weight, std=embed_size**-0.5)

    def forward(self, x: Tensor) -> tuple[Tensor, tuple[()]]:
        """Encode tokens x (B, S), `PAD` at the end of short rows: output (B, S, H), no weights."""
        lengths = (x != PAD).sum(dim=1).cpu()
        packed = nn.utils.rnn.pack_padded_sequence(
            self.dropout(self.embedding(x)), lengths, batch_first=True, enforce_sorted=False
        )
        output, _ = self.rnn(packed)
        output, _ = nn.utils.rnn.pad_packed_sequence(
            output, batch_first=True, total_length=x.size(1)
        )
        return output, ()


class RecurrentState(NamedTuple):
    """What a step needs: the memory, and the source as the attention sees it."""

    hidden: Tensor  # (B, H)
    enc_out: Tensor  # (B, S, H)
    projected: Tensor  # (B, S, H), `Attention.project(enc_out)`
    source_mask: Tensor  # (B, S), True where there is a word


class RecurrentDecoder(nn.Module):
    """A GRU that asks `Attention` for a context before each word."""

    def __init__(self, vocab_size: int, embed_size: int, hidden_size: int, dropout: float) -> None:
        super().__init__()
        self.embedding = nn.Embedding(vocab_size, embed_size)
        self.attention = Attention(hidden_size)
        self.first = nn.Linear(hidden_size, hidden_size)
        self.cell = nn.GRUCell(embed_size + hidden_size, hidden_size)
        self.out = nn.Linear(2 * hidden_size + embed_size, embed_size)
        self.fc_out = nn.Linear(embed_size, vocab_size)
        self.fc_out.weight = self.embedding.weight
        self.dropout = nn.Dropout(dropout)
        nn.init.normal_(self.embedding.weight, std=embed_size**-0.5)

    def forward(
        self, x: Tensor, enc_out: Tensor, source_mask: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """Logits (B, T, V) for the word after each of x (B, T), and the weights (B, T, S).

        enc_out (B, S, H); source_mask (B, S) is True where there is a source word.
        """
        logits, _, weights = self.decode(x, self.start(enc_out, source_mask))
        return logits, weights

    def start(self, enc_out: Tensor, source_mask: Tensor | None = None) -> RecurrentState:
        """The state before any word: the memory is made from the mean of the source."""
        if source_mask is None:
            source_mask = enc_out.new_ones(enc_out.shape[:2], dtype=torch.bool)
        words = source_mask.unsqueeze(-1)  # (B, S, 1)
        mean = (enc_out * words).sum(dim=1) / words.sum(dim=1)
        hidden = torch.tanh(self.first(mean))
        return RecurrentState(hidden, enc_out, self.attention.project(enc_out), source_mask)

    def step(
        self, tokens: Tensor, state: RecurrentState, weights: Tensor | None = None
    ) -> tuple[Tensor, RecurrentState, Tensor]:
        """Read one token each, tokens (B,): logits (B, V), the new state, weights (B, S).

        weights (B, S): attend like this instead of as computed.
        """
        replaced = None if weights is None else weights.unsqueeze(1)
        logits, state, weights = self.decode(tokens.unsqueeze(1), state, replaced)
        return logits[:, 0], state, weights[:, 0]

    def decode(
        self, x: Tensor, state: RecurrentState, weights: Tensor | None = None
    ) -> tuple[Tensor, RecurrentState, Tensor]:
        """Read tokens x (B, T) one after the other: logits (B, T, V), the new state, weights.

        weights (B, T, S): attend like this instead of as computed.
        """
        hidden = state.hidden
        words = self.dropout(self.embedding(x))  # (B, T, E)
        memory, contexts, rows = [], [], []
        for t in range(x.size(1)):
            context, row = self.attention(
                hidden,
                state.enc_out,
                state.source_mask,
                state.projected,
                None if weights is None else weights[:, t],
            )
            hidden = self.cell(torch.cat([words[:, t], context[:, 0]], dim=-1), hidden)
            memory.append(hidden)
            contexts.append(context[:, 0])
            rows.append(row)
        seen = torch.cat([torch.stack(memory, 1), torch.stack(contexts, 1), words], dim=-1)
        logits = self.fc_out(self.dropout(torch.tanh(self.out(self.dropout(seen)))))
        return logits, state._replace(hidden=hidden), torch.stack(rows, dim=1)
