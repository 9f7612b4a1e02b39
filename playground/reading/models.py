"""The one table of models: what each is called, where it lies, what it is."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Model:
    """One trained model."""

    label: str  # what people call it
    folder: str  # in weights/
    what: str  # in half a sentence
    gates: str = ""  # what its gates do, in a sentence; "" if it has none
    formula: str = ""  # of its memory


LANGUAGE_MODELS = {
    "rnn": Model(
        "Plain RNN", "next-word-rnn", "a memory that is overwritten at every word",
        "", "h[t] = tanh(W x[t] + U h[t−1] + b)",
    ),
    "gru": Model(
        "GRU", "next-word-gru", "a memory with gates that keep or replace each unit",
        "update keeps a unit's old value (1) or takes the new one (0); reset says how much of the "
        "old memory the new value is made from",
        "h[t] = (1 − z[t]) n[t] + z[t] h[t−1]",
    ),
    "lstm": Model(
        "LSTM", "next-word-lstm", "a protected cell beside the memory that is read",
        "forget keeps the cell, input writes to it, output shows it",
        "c[t] = f[t] c[t−1] + i[t] g[t],  h[t] = o[t] tanh(c[t])",
    ),
    "transformer": Model(
        "Transformer", "next-word-transformer", "no memory that is overwritten: it looks back",
    ),
}  # fmt: skip
"""Language models by short name, in the order in which the page shows them."""

TRANSLATORS = {
    "transformer": Model(
        "Transformer", "transformer-translator", "an encoder and a decoder that attend"
    ),
    "attention": Model(
        "Recurrent with attention", "attention-translator",
        "a recurrent encoder and decoder with additive attention",
    ),
}  # fmt: skip
"""Translators, French to English, by short name."""


def labels(models: Mapping[str, Model]) -> dict[str, str]:
    """What people call each, by short name."""
    return {name: model.label for name, model in models.items()}


def language_labels() -> dict[str, str]:
    """The language models there are now."""
    return labels(LANGUAGE_MODELS)


def translator_labels() -> dict[str, str]:
    """The translators there are now."""
    return labels(TRANSLATORS)
