"""The models that the page runs, each put together from the parts of the course.

A model's `config.json` names one of these functions as its `architecture` and holds its
`arguments`; together with the parameters that is all it takes to have the model back.
"""

from collections.abc import Callable
from typing import Any

from torch import nn

from seq_models.causal import CausalTransformer
from seq_models.decoder import Decoder
from seq_models.encoder import Encoder
from seq_models.language_model import LanguageModel
from seq_models.recurrent import RecurrentDecoder, RecurrentEncoder
from seq_models.rnn import RECURRENCES
from seq_models.seq2seq import Seq2Seq
from seq_models.summary import SummaryDecoder

DECODER_ALONE = ("causal", "cross")  # what an encoder has none of


def language_model(
    cell: str, vocab_size: int, embed_size: int, hidden_size: int, dropout: float
) -> LanguageModel:
    """One recurrent layer. cell: "rnn", "gru" or "lstm"; raises ValueError for any other."""
    if cell not in RECURRENCES:
        raise ValueError(f"cell is {cell!r}; it must be one of {', '.join(RECURRENCES)}")
    network = RECURRENCES[cell](embed_size, hidden_size, embed_size)
    return LanguageModel(network, vocab_size, dropout)


def transformer_language_model(
    vocab_size: int, embed_size: int, num_layers: int, heads: int, ff_dim: int, dropout: float
) -> LanguageModel:
    """A causal Transformer."""
    network = CausalTransformer(embed_size, num_layers, heads, ff_dim, dropout)
    return LanguageModel(network, vocab_size, dropout)


def transformer_translator(
    vocab_size: int,
    embed_size: int,
    encoder_layers: int,
    decoder_layers: int,
    heads: int,
    ff_dim: int,
    dropout: float,
    **left_out: bool,
) -> Seq2Seq:
    """A Transformer encoder and decoder over one vocabulary for both languages.

    left_out: arguments of `Encoder` and `Decoder` that are false, such as positions.
    """
    both = {name: value for name, value in left_out.items() if name not in DECODER_ALONE}
    encoder = Encoder(vocab_size, embed_size, encoder_layers, heads, ff_dim, dropout, **both)
    decoder = Decoder(vocab_size, embed_size, decoder_layers, heads, ff_dim, dropout, **left_out)
    return Seq2Seq(encoder, decoder, shared_embedding=True)


def attention_translator(
    vocab_size: int, embed_size: int, encoder_layers: int, hidden_size: int, dropout: float
) -> Seq2Seq:
    """A bidirectional GRU encoder and a GRU decoder with additive attention."""
    encoder = RecurrentEncoder(vocab_size, embed_size, encoder_layers, hidden_size, dropout)
    decoder = RecurrentDecoder(vocab_size, embed_size, hidden_size, dropout)
    return Seq2Seq(encoder, decoder, shared_embedding=True)


def summary_translator(
    vocab_size: int, embed_size: int, encoder_layers: int, hidden_size: int, dropout: float
) -> Seq2Seq:
    """The same encoder, and a GRU decoder that is given its summary alone: no attention."""
    encoder = RecurrentEncoder(vocab_size, embed_size, encoder_layers, hidden_size, dropout)
    decoder = SummaryDecoder(vocab_size, embed_size, hidden_size, dropout)
    return Seq2Seq(encoder, decoder, shared_embedding=True)


ARCHITECTURES: dict[str, Callable[..., nn.Module]] = {
    "language_model": language_model,
    "transformer_language_model": transformer_language_model,
    "summary_translator": summary_translator,
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
