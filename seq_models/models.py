"""The models that the page runs, each put together from the parts of the course.

A model's `config.json` names one of these functions as its `architecture` and holds its
`arguments`; together with the parameters that is all it takes to have the model back.
"""

from collections.abc import Callable
from typing import Any

from torch import nn

from seq_models.decoder import Decoder
from seq_models.encoder import Encoder
from seq_models.language_model import LanguageModel
from seq_models.recurrent import RecurrentDecoder, RecurrentEncoder
from seq_models.seq2seq import Seq2Seq


def transformer_translator(
    vocab_size: int,
    embed_size: int,
    encoder_layers: int,
    decoder_layers: int,
    heads: int,
    ff_dim: int,
    dropout: float,
) -> Seq2Seq:
    """A Transformer encoder and decoder over one vocabulary for both languages."""
    encoder = Encoder(vocab_size, embed_size, encoder_layers, heads, ff_dim, dropout)
    decoder = Decoder(vocab_size, embed_size, decoder_layers, heads, ff_dim, dropout)
    return Seq2Seq(encoder, decoder, shared_embedding=True)


def attention_translator(
    vocab_size: int, embed_size: int, encoder_layers: int, hidden_size: int, dropout: float
) -> Seq2Seq:
    """A bidirectional GRU encoder and a GRU decoder with additive attention."""
    encoder = RecurrentEncoder(vocab_size, embed_size, encoder_layers, hidden_size, dropout)
    decoder = RecurrentDecoder(vocab_size, embed_size, hidden_size, dropout)
    return Seq2Seq(encoder, decoder, shared_embedding=True)


ARCHITECTURES: dict[str, Callable[..., nn.Module]] = {
    "language_model": LanguageModel,
    "attention_translator": attention_translator,
    "transformer_translator": transformer_translator,
}


def build(config: dict[str, Any]) -> nn.Module:
    """The untrained model that `config` describes. Raises ValueError for an unknown one."""
    architecture = config.get("architecture")
    if architecture not in ARCHITECTURES:
        known = ", ".join(ARCHITECTURES)
        raise ValueError(f"architecture is {architecture!r}; it must be one of {known}")
    return ARCHITECTURES[architecture](**config["arguments"])
