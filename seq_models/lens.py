"""What a model would say if it stopped thinking earlier: its middle layers, read by its last part.

    DecoderLens: the decoder reads encoder layer i instead of the last one
    logit lens: softmax(E fc(x[i])) after layer i of a language model

A. Langedijk et al., 2023, https://arxiv.org/abs/2310.03686 (DecoderLens)
nostalgebraist, 2020, "interpreting GPT: the logit lens" (a blog post on lesswrong.com)
"""

import torch
from torch import Tensor

from seq_models import PAD
from seq_models.causal import CausalTransformer
from seq_models.decoder import DecoderState
from seq_models.language_model import LanguageModel
from seq_models.moves import causal_moves, encoder_moves
from seq_models.seq2seq import Seq2Seq


class DecoderLens(Seq2Seq):
    """A Transformer translator whose decoder reads, in row i of a batch, encoder layer i.

    The rows are one sentence, once for each layer, the first layer first.
    """

    def __init__(self, model: Seq2Seq) -> None:
        super().__init__(model.encoder, model.decoder)
        self.eval()

    def start(self, src: Tensor) -> DecoderState:
        """As `Seq2Seq.start`. Raises ValueError unless there is a row for each layer."""
        layers = encoder_moves(self.encoder, src[:1])
        if len(src) != len(layers):
            raise ValueError(f"{len(src)} rows cannot read {len(layers)} layers, one each")
        read = torch.cat([moves[-1].after for moves in layers])  # (layers, S, E)
        state: DecoderState = self.decoder.start(read, src != PAD)
        return state


def logits_by_layer(model: LanguageModel, x: Tensor) -> Tensor:
    """The logits (1 + layers, B, S, V) read off after the words' vectors and after each layer.

    x (B, S): the words. Raises ValueError for a model without layers.
    """
    if not isinstance(model.network, CausalTransformer):
        raise ValueError(f"a {type(model.network).__name__} has no layers to read off")
    layers = causal_moves(model.network, model.embed(x))
    states = [layers[0][0].before, *(moves[-1].after for moves in layers)]
    return torch.stack([model.score(state) for state in states])
