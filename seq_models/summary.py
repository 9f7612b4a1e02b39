"""Without attention a translator must keep the whole sentence in one vector, however long it is.

    summary   = [last state forwards; last state backwards] of the encoder
    hidden[t] = GRU([word[t]; summary], hidden[t-1]),  hidden[0] = tanh(first summary)
    logits[t] = E out([hidden[t]; summary; word[t]]) + b,  E the word vectors

K. Cho et al., 2014, section 2.2, https://arxiv.org/abs/1406.1078
"""

from typing import NamedTuple

import torch
from torch import Tensor, nn


class SummaryState(NamedTuple):
    """What a step needs: the memory, and the one vector that the source has become."""

    hidden: Tensor  # (B, H)
    summary: Tensor  # (B, H)


class SummaryDecoder(nn.Module):
    """A GRU that is given the same summary of the source before each word."""

    def __init__(self, vocab_size: int, embed_size: int, hidden_size: int, dropout: float) -> None:
        super().__init__()
        self.embedding = nn.Embedding(vocab_size, embed_size)
        self.first = nn.Linear(hidden_size, hidden_size)
        self.rnn = nn.GRU(embed_size + hidden_size, hidden_size, batch_first=True)
        self.out = nn.Linear(2 * hidden_size + embed_size, embed_size)
        self.fc_out = nn.Linear(embed_size, vocab_size)
        self.fc_out.weight = self.embedding.weight
        self.dropout = nn.Dropout(dropout)
        nn.init.normal_(self.embedding.weight, std=embed_size**-0.5)

    def forward(
        self, x: Tensor, enc_out: Tensor, source_mask: Tensor | None = None
    ) -> tuple[Tensor, tuple[()]]:
        """Logits (B, T, V) for the word after each of x (B, T); no weights.

        enc_out (B, S, H) of a `RecurrentEncoder`; source_mask (B, S) is True where there is a word.
        """
        logits, _ = self.decode(x, self.start(enc_out, source_mask))
        return logits, ()

    def start(self, enc_out: Tensor, source_mask: Tensor | None = None) -> SummaryState:
        """The state before any word, made from where each direction of the encoder ended."""
        forwards, backwards = enc_out.chunk(2, dim=-1)  # (B, S, H / 2) each
        if source_mask is None:
            last = forwards[:, -1]
        else:
            ends = source_mask.sum(dim=1) - 1  # (B,)
            last = forwards[torch.arange(len(ends), device=ends.device), ends]
        summary = torch.cat([last, backwards[:, 0]], dim=-1)
        return SummaryState(torch.tanh(self.first(summary)), summary)

    def step(self, tokens: Tensor, state: SummaryState) -> tuple[Tensor, SummaryState, tuple[()]]:
        """Read one token each, tokens (B,): logits (B, V), the new state, no weights."""
        logits, state = self.decode(tokens.unsqueeze(1), state)
        return logits[:, 0], state, ()

    def decode(self, x: Tensor, state: SummaryState) -> tuple[Tensor, SummaryState]:
        """Read tokens x (B, T) one after the other: logits (B, T, V), the new state."""
        words = self.dropout(self.embedding(x))  # (B, T, E)
        summary = state.summary.unsqueeze(1).expand(-1, x.size(1), -1)  # (B, T, H)
        memory, last = self.rnn(torch.cat([words, summary], dim=-1), state.hidden.unsqueeze(0))
        seen = torch.cat([memory, summary, words], dim=-1)
        logits = self.fc_out(self.dropout(torch.tanh(self.out(self.dropout(seen)))))
        return logits, state._replace(hidden=last[0])
