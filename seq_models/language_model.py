"""A language model gives every word of its vocabulary a probability of coming next.

    P(next word | words so far) = softmax(E fc(h[t]) + b),  h[t] the memory after the words so far

The matrix E that reads words in also scores them on the way out (weight tying).
Y. Bengio et al., "A Neural Probabilistic Language Model", 2003, section 2,
https://www.jmlr.org/papers/v3/bengio03a.html
O. Press and L. Wolf, 2017, section 3, https://arxiv.org/abs/1608.05859
"""

import torch
from torch import Tensor, nn

from seq_models.rnn import RECURRENCES, zero_state


class LanguageModel(nn.Module):
    """Embedding, one recurrent layer, tied output.

    cell: "rnn" or "gru". Raises ValueError for any other.
    """

    def __init__(
        self, cell: str, vocab_size: int, embed_size: int, hidden_size: int, dropout: float
    ) -> None:
        super().__init__()
        if cell not in RECURRENCES:
            raise ValueError(f"cell is {cell!r}; it must be one of {', '.join(RECURRENCES)}")
        self.hidden_size = hidden_size
        self.embedding = nn.Embedding(vocab_size, embed_size)
        self.network = RECURRENCES[cell](embed_size, hidden_size, embed_size)
        self.bias = nn.Parameter(torch.zeros(vocab_size))
        self.dropout = nn.Dropout(dropout)
        nn.init.normal_(self.embedding.weight, std=embed_size**-0.5)

    def forward(self, x: Tensor, state: Tensor | None = None) -> tuple[Tensor, Tensor, Tensor]:
        """Read words x (B, S).

        Returns logits (B, S, V) for the word after each, the memory (B, S, H) after each, and the
        state (B, H) that the next words can start from.
        """
        memory, state = self.network.read(self.dropout(self.embedding(x)), state)
        features = self.dropout(self.network.fc(self.dropout(memory)))  # (B, S, E)
        return nn.functional.linear(features, self.embedding.weight, self.bias), memory, state

    def start(self, batch: int = 1) -> Tensor:
        """The state (B, H) before any word."""
        return zero_state(batch, self.hidden_size, like=self.embedding.weight)

    def step(self, tokens: Tensor, state: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Read one word each, tokens (B,), from `state`: logits (B, V), the new state, memory."""
        logits, memory, state = self(tokens.unsqueeze(1), state)
        return logits[:, 0], state, memory[:, 0]
