"""Sequence to sequence: an encoder reads the source, a decoder writes the target.

    P(target | source) = product over t of P(target[t] | target[<t], encoder(source))

I. Sutskever, O. Vinyals, Q. Le, 2014, section 2, https://arxiv.org/abs/1409.3215
"""

from typing import Any

from torch import Tensor, nn

from seq_models import PAD


class Seq2Seq(nn.Module):
    """Any encoder with any decoder: `Encoder` and `Decoder`, or the recurrent pair.

    shared_embedding: both languages use one vocabulary and one set of token vectors, the decoder's.
    """

    def __init__(
        self, encoder: nn.Module, decoder: nn.Module, shared_embedding: bool = False
    ) -> None:
        super().__init__()
        self.encoder: Any = encoder
        self.decoder: Any = decoder
        if shared_embedding:
            self.encoder.embedding = self.decoder.embedding

    def forward(self, src: Tensor, trg: Tensor) -> Tensor:
        """Logits (B, T, V) for the token after each of trg (B, T), given src (B, S)."""
        return self.look(src, trg)[0]

    def look(self, src: Tensor, trg: Tensor) -> tuple[Tensor, Any, Any]:
        """As `forward`, and the encoder's weights and the decoder's."""
        enc_out, encoder_weights = self.encoder(src)
        logits, decoder_weights = self.decoder(trg, enc_out, src != PAD)
        return logits, encoder_weights, decoder_weights

    def start(self, src: Tensor) -> Any:
        """Read src (B, S): the decoder's state before the first token."""
        enc_out, _ = self.encoder(src)
        return self.decoder.start(enc_out, src != PAD)

    def step(self, tokens: Tensor, state: Any) -> tuple[Tensor, Any, Any]:
        """Read one target token each, tokens (B,): logits (B, V), the new state, the weights."""
        stepped: tuple[Tensor, Any, Any] = self.decoder.step(tokens, state)
        return stepped
