"""A Transformer translator whose heads are turned up, down or off; all else stays as trained.

    head h writes  scale[h] * weights[h] V[h]  instead of  weights[h] V[h]

What a translation loses without a head is what that head was worth.
P. Michel, O. Levy, G. Neubig, 2019, section 3.2, https://arxiv.org/abs/1905.10650
"""

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor

from seq_models import PAD
from seq_models.decoder import DecoderState, DecoderWeights
from seq_models.seq2seq import Seq2Seq

STACKS = ("encoder", "decoder", "cross")
State = tuple[tuple[Tensor, Tensor], DecoderState]  # the decoder's two scales, (B, layers, heads)


class ScaledHeads(Seq2Seq):
    """A translator that shares the given one's layers and multiplies what their heads write.

    scale: for any of `STACKS`, (layers, heads), or (B, layers, heads) for another one in each row.
    Raises ValueError for a stack that there is not.
    """

    def __init__(self, model: Seq2Seq, scale: Mapping[str, Tensor]) -> None:
        super().__init__(model.encoder, model.decoder)
        if unknown := scale.keys() - set(STACKS):
            raise ValueError(f"there is no stack {sorted(unknown)}, only {', '.join(STACKS)}")
        self.scale = dict(scale)

    def look(self, src: Tensor, trg: Tensor) -> tuple[Tensor, tuple[Tensor, ...], DecoderWeights]:
        """As `Seq2Seq.look`."""
        (scales, state), encoder_weights = self._opened(src)
        logits, _, decoder_weights = self.decoder.decode(trg, state, *scales)
        return logits, encoder_weights, decoder_weights

    def start(self, src: Tensor) -> State:
        """As `Seq2Seq.start`; the scales go with their rows."""
        return self._opened(src)[0]

    def step(self, tokens: Tensor, state: State) -> tuple[Tensor, State, DecoderWeights]:
        """As `Seq2Seq.step`."""
        scales, inner = state
        logits, inner, weights = self.decoder.step(tokens, inner, *scales)
        return logits, (scales, inner), weights

    def _opened(self, src: Tensor) -> tuple[State, tuple[Tensor, ...]]:
        enc_out, weights = self.encoder(src, self.scale.get("encoder"))
        own, cross = (self._rows(stack, enc_out) for stack in ("decoder", "cross"))
        return ((own, cross), self.decoder.start(enc_out, src != PAD)), weights

    def _rows(self, stack: str, enc_out: Tensor) -> Tensor:
        """The scale of a stack as (B, layers, heads)."""
        layers: Any = self.decoder.layers
        ones = torch.ones(len(layers), layers[0].attention.heads)
        scale = self.scale.get(stack, ones).to(enc_out)
        return scale.expand(len(enc_out), *scale.shape[-2:])
