"""Sequence models small enough to read in one sitting: the parts of the course, one file each.

Sizes in shapes are single capitals, the same everywhere:

    B batch    S source length    T target length    E embedding    H hidden    V vocabulary

The batch always comes first. *weights* are attention weights (0..1, rows summing to 1);
what training changes are *parameters*. Every layer returns what it computed, `(output, weights)`,
and keeps nothing, so many threads can share one model.

    from seq_models import SimpleRNN, load
    load("transformer-translator").translate("Où est la gare ?")

A part is imported when it is first asked for.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from seq_models.attention import Attention
    from seq_models.checkpoint import load
    from seq_models.decoder import Decoder
    from seq_models.encoder import Encoder
    from seq_models.rnn import SimpleRNN
    from seq_models.self_attention import SelfAttention
    from seq_models.seq2seq import Seq2Seq
    from seq_models.training import train_step
    from seq_models.transformer import TransformerBlock

__all__ = [  # in the order of the course
    "SimpleRNN",
    "Attention",
    "SelfAttention",
    "TransformerBlock",
    "Encoder",
    "Decoder",
    "Seq2Seq",
    "train_step",
    "load",
    "PAD",
    "START",
    "END",
    "UNKNOWN",
]

PAD, START, END, UNKNOWN = range(4)
"""The four special tokens; every vocabulary begins with them, in this order."""

HOMES = {
    "SimpleRNN": "rnn",
    "Attention": "attention",
    "SelfAttention": "self_attention",
    "TransformerBlock": "transformer",
    "Encoder": "encoder",
    "Decoder": "decoder",
    "Seq2Seq": "seq2seq",
    "train_step": "training",
    "load": "checkpoint",
}
"""The module of each part."""


def __getattr__(name: str) -> Any:
    """A part of the package, from its module."""
    if name not in HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{HOMES[name]}"), name)


def __dir__() -> list[str]:
    """What the package offers."""
    return __all__
