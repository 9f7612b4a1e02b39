"""Attention lets a translator look back at every source word and choose which ones matter now.

    score[i] = v tanh(attn [hidden; encoder_output[i]])
    weights  = softmax(score)
    context  = sum over i of weights[i] * encoder_output[i]

D. Bahdanau, K. Cho, Y. Bengio, 2015, section 3.1 and appendix A.1.2,
https://arxiv.org/abs/1409.0473
"""

from typing import Any

import torch
from torch import Tensor, nn


class Attention(nn.Module):
    """Additive attention between one decoder state and all encoder outputs."""

    def __init__(self, hidden_size: int) -> None:
        super().__init__()
        self.attn = nn.Linear(2 * hidden_size, hidden_size)
        self.v = nn.Linear(hidden_size, 1, bias=False)

    def forward(
        self,
        hidden: Tensor,
        encoder_outputs: Tensor,
        mask: Tensor | None = None,
        projected: Tensor | None = None,
        weights: Tensor | None = None,
    ) -> tuple[Tensor, Tensor]:
        """Attend from hidden (B, H) to encoder_outputs (B, S, H).

        mask (B, S): True where there is a word, False on padding, which gets weight 0.
        projected (B, S, H): `project(encoder_outputs)`, when the caller has it already.
        weights (B, S): use these instead of the computed ones.
        Returns the context (B, 1, H) and the weights (B, S), each row summing to 1.
        """
        if weights is None:
            weights = self.score(hidden, encoder_outputs, mask, projected).softmax(dim=-1)
        return weights.unsqueeze(1) @ encoder_outputs, weights

    def score(
        self,
        hidden: Tensor,
        encoder_outputs: Tensor,
        mask: Tensor | None = None,
        projected: Tensor | None = None,
    ) -> Tensor:
        """The scores (B, S) before the softmax; minus infinity on padding."""
        energy = self.energy(hidden, encoder_outputs, projected)  # (B, S, H)
        score: Tensor = self.v(energy).squeeze(-1)  # (B, S)
        return score if mask is None else score.masked_fill(~mask, float("-inf"))

    def terms(
        self, hidden: Tensor, encoder_outputs: Tensor, projected: Tensor | None = None
    ) -> Tensor:
        """What each unit adds to each score (B, S, H): their sum over the units is `score`."""
        return self.v.weight[0] * self.energy(hidden, encoder_outputs, projected)

    def energy(
        self, hidden: Tensor, encoder_outputs: Tensor, projected: Tensor | None = None
    ) -> Tensor:
        """What `v` weighs (B, S, H), -1..1: tanh of the two projections' sum."""
        if projected is None:
            projected = self.project(encoder_outputs)
        return torch.tanh(self.query(hidden).unsqueeze(1) + projected)

    def query(self, hidden: Tensor) -> Tensor:
        """The half of `attn` that reads the state (B, H): attn [h; e] = W_h h + (W_e e + b)."""
        query_part, _ = self.attn.weight.chunk(2, dim=1)
        return nn.functional.linear(hidden, query_part)

    def project(self, encoder_outputs: Tensor) -> Tensor:
        """The half of `attn` that reads the encoder (B, S, H): the same at every decoding step."""
        _, key_part = self.attn.weight.chunk(2, dim=1)
        return nn.functional.linear(encoder_outputs, key_part, self.attn.bias)

    def _load_from_state_dict(self, state_dict: dict[str, Any], prefix: str, *rest: Any) -> None:
        """Take a version whose `v` has a bias too: it shifts all scores alike, the softmax not."""
        state_dict.pop(prefix + "v.bias", None)
        super()._load_from_state_dict(state_dict, prefix, *rest)
