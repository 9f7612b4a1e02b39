"""A language model gives every word of its vocabulary a probability of coming next.

    P(next word | words so far) = softmax(E fc(h[t]) + b),  h[t] the memory after the words so far

The matrix E that reads words in also scores them on the way out (weight tying).
Y. Bengio et al., "A Neural Probabilistic Language Model", 2003, section 2,
https://www.jmlr.org/papers/v3/bengio03a.html
O. Press and L. Wolf, 2017, section 3, https://arxiv.org/abs/1608.05859
"""

from typing import Any

import torch
from torch import Tensor, nn

from seq_models.causal import CausalTransformer
from seq_models.rnn import SimpleRNN


class LanguageModel(nn.Module):
    """Embedding, a network that reads word vectors into memory, tied output."""

    def __init__(
        self, network: SimpleRNN | CausalTransformer, vocab_size: int, dropout: float
    ) -> None:
        super().__init__()
        embed_size = network.fc.out_features
        self.embedding = nn.Embedding(vocab_size, embed_size)
        self.network = network
        self.bias = nn.Parameter(torch.zeros(vocab_size))
        self.dropout = nn.Dropout(dropout)
        nn.init.normal_(self.embedding.weight, std=embed_size**-0.5)

    def forward(
        self, x: Tensor, state: Any = None, among: Tensor | None = None
    ) -> tuple[Tensor, Tensor, Any]:
        """Read words x (B, S).

        Returns logits (B, S, V) for the word after each, the memory (B, S, H) after each, and the
        state that the next words can start from. With `among` (C,), only those words are scored:
        logits (B, S, C).
        """
        memory, state = self.network.read(self.embed(x), state)
        return self.score(memory, among), memory, state

    def embed(self, x: Tensor) -> Tensor:
        """The vectors (B, S, E) of words x (B, S)."""
        words: Tensor = self.dropout(self.embedding(x))
        return words

    def score(self, memory: Tensor, among: Tensor | None = None) -> Tensor:
        """Logits (B, S, V) for the word after each memory (B, S, H), or (B, S, C) of `among`."""
        features = self.dropout(self.network.fc(self.dropout(memory)))  # (B, S, E)
        matrix, bias = self.embedding.weight, self.bias
        if among is None:
            return nn.functional.linear(features, matrix, bias)
        return nn.functional.linear(features, matrix[among], bias[among])

    def start(self, batch: int = 1) -> Any:
        """The state of `batch` texts before any word."""
        return self.network.start(batch)

    def step(self, tokens: Tensor, state: Any) -> tuple[Tensor, Any, Tensor]:
        """Read one word each, tokens (B,), from `state`: logits (B, V), the new state, memory."""
        logits, memory, state = self(tokens.unsqueeze(1), state)
        return logits[:, 0], state, memory[:, 0]
