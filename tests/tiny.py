"""Models, batches and sentences small enough that a test with them takes milliseconds."""

import copy
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

import torch
from torch import Tensor, nn

from seq_models import PAD, START
from seq_models.models import build

M = TypeVar("M", bound=nn.Module)
VOCABULARY = 23

CONFIGS: dict[str, dict[str, Any]] = {
    "rnn": {
        "architecture": "language_model",
        "arguments": {
            "cell": "rnn",
            "vocab_size": VOCABULARY,
            "embed_size": 6,
            "hidden_size": 10,
            "dropout": 0.2,
        },
    },
    "gru": {
        "architecture": "language_model",
        "arguments": {
            "cell": "gru",
            "vocab_size": VOCABULARY,
            "embed_size": 6,
            "hidden_size": 10,
            "dropout": 0.2,
        },
    },
    "lstm": {
        "architecture": "language_model",
        "arguments": {
            "cell": "lstm",
            "vocab_size": VOCABULARY,
            "embed_size": 6,
            "hidden_size": 10,
            "dropout": 0.2,
        },
    },
    "causal": {
        "architecture": "transformer_language_model",
        "arguments": {
            "vocab_size": VOCABULARY,
            "embed_size": 12,
            "num_layers": 2,
            "heads": 3,
            "ff_dim": 16,
            "dropout": 0.2,
        },
    },
    "summary": {
        "architecture": "summary_translator",
        "arguments": {
            "vocab_size": VOCABULARY,
            "embed_size": 6,
            "encoder_layers": 2,
            "hidden_size": 10,
            "dropout": 0.2,
        },
    },
    "attention": {
        "architecture": "attention_translator",
        "arguments": {
            "vocab_size": VOCABULARY,
            "embed_size": 6,
            "encoder_layers": 2,
            "hidden_size": 10,
            "dropout": 0.2,
        },
    },
    "transformer": {
        "architecture": "transformer_translator",
        "arguments": {
            "vocab_size": VOCABULARY,
            "embed_size": 12,
            "encoder_layers": 2,
            "decoder_layers": 2,
            "heads": 3,
            "ff_dim": 16,
            "dropout": 0.2,
        },
    },
}


def arguments(architecture: str) -> dict[str, Any]:
    """The first arguments in `CONFIGS` that make a model of that architecture."""
    found = (one for one in CONFIGS.values() if one["architecture"] == architecture)
    return dict(next(found)["arguments"])


RECURRENT = ("rnn", "gru", "lstm")
LANGUAGE_MODELS = (*RECURRENT, "causal")
ATTENTIVE = ("attention", "transformer")
TRANSLATORS = ("summary", *ATTENTIVE)


def randomized(module: M, seed: int = 0) -> M:
    """The module with every parameter random, biases and norms too, in evaluation mode."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.normal_(std=0.4, generator=generator)
    return module.eval()


def model(name: str, seed: int = 0) -> Any:
    """One of `CONFIGS`, randomized."""
    return randomized(build(CONFIGS[name]), seed)


def words(*lengths: int, seed: int = 0) -> Tensor:
    """Random tokens (B, longest), one row for each length, padded at the end."""
    generator = torch.Generator().manual_seed(seed)
    rows = torch.full((len(lengths), max(lengths)), PAD)
    for row, length in enumerate(lengths):
        rows[row, :length] = torch.randint(4, VOCABULARY, (length,), generator=generator)
    return rows


def targets(batch: int, length: int, seed: int = 1) -> Tensor:
    """Random target rows (batch, length) that begin with ⟨start⟩."""
    rows = words(*[length] * batch, seed=seed)
    rows[:, 0] = START
    return rows


def close(actual: Tensor, expected: Tensor, within: float = 1e-5) -> None:
    """Fail unless the two have one shape and differ by at most `within`."""
    torch.testing.assert_close(actual, expected, atol=within, rtol=0)


def same_state(actual: Any, expected: Any, within: float = 1e-5) -> None:
    """Fail unless two states are `close`, however deep their tuples."""
    mine, theirs = outputs(actual), outputs(expected)
    assert len(mine) == len(theirs)
    for one, other in zip(mine, theirs, strict=True):
        close(one, other, within)


def outputs(result: Any) -> list[Tensor]:
    """All tensors in a result, however deep its tuples."""
    if isinstance(result, Tensor):
        return [result]
    return [tensor for part in result if part is not None for tensor in outputs(part)]


def belongings(module: nn.Module) -> dict[str, dict[str, Any]]:
    """What each part of a module owns: a shallow copy of its attributes and of their containers."""
    return {
        name: {
            key: copy.copy(value) if type(value) in (dict, list, set) else value
            for key, value in vars(part).items()
        }
        for name, part in module.named_modules()
    }


def same_belongings(before: dict[str, dict[str, Any]], after: dict[str, dict[str, Any]]) -> bool:
    """Whether every part still owns the very same objects."""
    return before.keys() == after.keys() and all(
        mine.keys() == after[name].keys()
        and all(_same(value, after[name][key]) for key, value in mine.items())
        for name, mine in before.items()
    )


def _same(one: object, other: object) -> bool:
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return one is other or (not isinstance(one, Tensor) and one == other)


def same_checkpoint(one: Path, other: Path) -> bool:
    """Whether two checkpoints are equal to the last bit; safetensors shuffles its metadata."""
    return _header_and_body(one) == _header_and_body(other)


def _header_and_body(path: Path) -> tuple[Any, bytes]:
    content = path.read_bytes()
    end = 8 + int.from_bytes(content[:8], "little")
    return json.loads(content[8:end]), content[end:]


def sentences() -> list[tuple[str, str]]:
    """A few dozen pairs of simple sentences, made from a template."""
    people = [("the cat", "le chat"), ("the dog", "le chien"), ("a bird", "un oiseau")]
    people += [("my friend", "mon ami")]
    deeds = [("sees", "voit"), ("likes", "aime"), ("hears", "entend")]
    things = [("the house", "la maison"), ("a tree", "un arbre"), ("us", "nous")]
    things += [("the big red train", "le grand train rouge")]
    return [
        (f"{who} {does} {what}.", f"{qui} {fait} {quoi}.")
        for who, qui in people
        for does, fait in deeds
        for what, quoi in things
    ]


def write_data(folder: Path, pairs: Sequence[tuple[str, str]]) -> Path:
    """`train.tsv` and `train.txt` in the folder; returns it."""
    folder.mkdir(parents=True, exist_ok=True)
    tsv = "".join(f"{source}\t{target}\n" for source, target in pairs)
    (folder / "train.tsv").write_text(tsv, encoding="utf-8")
    text = "".join(f"{source}\n" for source, _ in pairs)
    (folder / "train.txt").write_text(text, encoding="utf-8")
    return folder
