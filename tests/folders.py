"""Tiny models' folders, laid out by the function that lays out the real ones."""

from pathlib import Path

from seq_models import manifest
from seq_models.folder import write_folder
from seq_models.tokenizer import train_pieces, train_words
from tests.tiny import CONFIGS, LANGUAGE_MODELS, model

LINES = [
    "the cat sat on the mat",
    "a dog ran to the cat",
    "le chat est là",
    "one of us has two or three",
]


def write_model(folder: Path, name: str) -> None:
    """Write one of `CONFIGS`, always with the same parameters, with a tokenizer that fits it."""
    config = CONFIGS[name]
    train = train_words if name in LANGUAGE_MODELS else train_pieces
    size = config["arguments"]["vocab_size"]
    write_folder(folder, config, model(name), train(LINES, size))
    (folder / "README.md").write_text("A tiny model.\n", encoding="utf-8")


def write_weights(weights: Path, **models: str) -> Path:
    """Write a folder as weights/ is: a folder for each of `models` (name=one of `CONFIGS`, "_" for
    "-") and the manifest. Returns it.
    """
    for folder, name in models.items():
        write_model(weights / folder.replace("_", "-"), name)
    manifest.update(weights)
    return weights
