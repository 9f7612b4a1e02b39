"""What a person chose of a training: the task, the parts of the model, how it learns.

    rate(step) = peak * min(step / warmup, (steps - step) / (steps - warmup))

Rising, then falling to zero: A. Vaswani et al., 2017, section 5.3 (there by a square root),
https://arxiv.org/abs/1706.03762
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

KINDS = {
    "summary": "RNN without attention",
    "attention": "RNN with attention",
    "transformer": "Transformer",
}
"""The three kinds of model and their names."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One training; the same plan gives the same curves to the last digit."""

    task: str
    kind: str  # one of `KINDS`
    width: int  # numbers in a token's vector and in a memory
    layers: int  # of the encoder, and of a Transformer's decoder
    heads: int  # of a Transformer
    positions: bool  # whether a Transformer is told where a token stands
    rate: float  # the highest learning rate
    batch: int  # examples a step
    steps: int
    seed: int
    pairs: str = ""  # one's own, of the task "own"

    @property
    def warmup(self) -> int:
        """Steps until the learning rate is highest: a tenth of all."""
        return max(1, self.steps // 10)

    def rate_at(self, step: int) -> float:
        """The learning rate of a step, the first being 0."""
        rising = (step + 1) / self.warmup
        falling = (self.steps - step) / max(1, self.steps - self.warmup)
        return self.rate * min(rising, falling)

    def config(self, vocab_size: int) -> dict[str, Any]:
        """The `config.json` of its model. Raises ValueError for parts that don't fit together."""
        sizes = {"vocab_size": vocab_size, "embed_size": self.width, "encoder_layers": self.layers}
        if self.kind != "transformer":
            if self.width % 2:
                raise ValueError(f"The width must be even, not {self.width}.")
            more: Mapping[str, Any] = {"hidden_size": self.width}
        elif self.width % self.heads:
            raise ValueError(
                f"{self.heads} heads cannot share a width of {self.width} equally; "
                f"please choose other numbers."
            )
        else:
            more = {"decoder_layers": self.layers, "heads": self.heads, "ff_dim": 2 * self.width}
            if not self.positions:
                more = {**more, "positions": False}
        return {
            "architecture": f"{self.kind}_translator",
            "arguments": {**sizes, **more, "dropout": 0.0},
        }

    def to_json(self) -> dict[str, Any]:
        """All that was chosen."""
        return asdict(self)
