"""A trained translator run without a part of the textbook: what breaks tells what it was for.

    x = word + position,  score = q k / sqrt(D),  no word sees a later one,
    x = norm(x + attention(x)),  x = norm(x + cross_attention(x, source))

Each part is an argument of `Encoder` and `Decoder`; the parameters stay those that were trained.
A. Vaswani et al., 2017, section 3, https://arxiv.org/abs/1706.03762
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import torch
from torch import Tensor

from seq_models import PAD
from seq_models.decoder import DecoderState, DecoderWeights
from seq_models.models import build
from seq_models.seq2seq import Seq2Seq
from seq_models.unfilled import Unfilled

PARTS = ("positions", "causal", "cross", "residual", "scaled")
"""What can be left out, by the name of its argument."""


def without(model: Seq2Seq, config: Mapping[str, Any], part: str) -> Seq2Seq:
    """The trained model without one of `PARTS`; it shares its parameters.

    config: of the model, see `seq_models.models.build`. Raises ValueError for another part.
    """
    if part not in PARTS:
        raise ValueError(f"there is no part {part!r}, only {', '.join(PARTS)}")
    arguments = {**config["arguments"], part: False}
    # Not on the device "meta", which would make no parameter twice: there torch loads a compiler.
    with Unfilled():
        other = build({**config, "arguments": arguments})
    other.load_state_dict(model.state_dict(), assign=True)
    other.requires_grad_(False)  # what serves is not to be trained by way of this one
    assert isinstance(other, Seq2Seq)
    return Reread(other) if part == "causal" else other.eval()


class Reading(NamedTuple):
    """What `Reread` knows of the past: the words themselves, and nothing computed from them."""

    words: Tensor  # (B, t)
    source: DecoderState  # before any word


class Reread(Seq2Seq):
    """A translator that reads all words anew at each step, as one must where the past can change.

    With a causal mask it does not, so a step may keep what it computed: then this gives the same.
    """

    def __init__(self, model: Seq2Seq) -> None:
        super().__init__(model.encoder, model.decoder)
        self.eval()

    def start(self, src: Tensor) -> Reading:
        """As `Seq2Seq.start`."""
        enc_out, _ = self.encoder(src)
        return Reading(src[:, :0], self.decoder.start(enc_out, src != PAD))

    def step(self, tokens: Tensor, state: Reading) -> tuple[Tensor, Reading, DecoderWeights]:
        """As `Seq2Seq.step`; the weights are those of all words so far."""
        words = torch.cat([state.words, tokens.unsqueeze(1)], dim=1)
        logits, _, weights = self.decoder.decode(words, state.source)
        return logits[:, -1], state._replace(words=words), weights
