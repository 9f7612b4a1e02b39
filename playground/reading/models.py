"""The one table of models: what each is called, where it lies, what it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Model:
    """One trained model.

    gates: the name of each gate, the one that keeps memory first, and its sign in the formula;
    each is an attribute of what the network's `gates` returns. formula: of its memory. step: the
    same with the numbers of one unit and word: its {unit}, the {word}, its value {before} and
    {now}, each gate by its sign, {z}, and what that leaves, {1-z}. memory: what it does without
    gates, in a sentence.
    """

    label: str  # what people call it
    folder: str  # in weights/
    what: str  # in half a sentence
    memory: str = ""
    gates: Mapping[str, str] = field(default_factory=dict)
    formula: str = ""
    step: str = "unit {unit} after “{word}”: {before} → {now}"


LANGUAGE_MODELS = {
    "rnn": Model(
        "Plain RNN", "next-word-rnn", "a memory that is overwritten at every word",
        memory="A plain RNN has no gates: every word rewrites its whole memory.",
        formula="h[t] = tanh(W_ih x[t] + b_ih + W_hh h[t−1] + b_hh)",
    ),
    "gru": Model(
        "GRU", "next-word-gru", "a memory with gates that keep or replace each unit",
        gates={"update": "z", "reset": "r"},
        formula="h[t] = (1 − z) n + z h[t−1]",
        step="unit {unit} at “{word}”: z = {z}, so {now} = {1-z} n + {z} · {before}",
    ),
    "lstm": Model(
        "LSTM", "next-word-lstm", "a protected cell beside the memory that is read",
        gates={"forget": "f", "input": "i", "output": "o"},
        formula="c[t] = f c[t−1] + i g,  h[t] = o tanh(c[t])",
        step="unit {unit} at “{word}”: f = {f}, i = {i}, o = {o}, h = {now}",
    ),
    "transformer": Model(
        "Transformer", "next-word-transformer", "no memory that is overwritten: it looks back",
        memory="The Transformer has no gates: it overwrites nothing, it keeps every word.",
        step="unit {unit} of the last layer after “{word}”: {now}",
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
