"""A larger model to train on: python -m train.grow NAME DIR --encoder-layers 6 --ff-dim 1536.

NAME is a model of the manifest, or the folder that a training wrote. What is written computes what
NAME does, up to rounding (see `engine/growth.py`; with more pieces only nearly so), and goes on
with the `--init DIR` of the script that trains such models. `--data DATA --vocabulary N` gives a
language model the N most frequent words of a folder's text; a translator gets the most frequent
words of a folder's pairs, and of those in the files behind `--more`, as pieces of their own until
it has N.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from seq_models.folder import write_folder
from seq_models.language_model import LanguageModel
from seq_models.loaded import Loaded
from seq_models.models import build
from seq_models.tokenizer import Tokenizer, train_words, with_whole_words
from train.engine.growth import grow, with_pieces, with_words
from train.engine.lines import find, pairs_of, read_lines
from train.engine.opening import open_model
from train.engine.recipe import Recipe
from train.engine.script import count, told_in_a_sentence

SIZES = ("encoder_layers", "decoder_layers", "num_layers", "ff_dim", "hidden_size")


@dataclass(frozen=True)
class Words:
    """A larger vocabulary for a model: so many of the most frequent words of some text."""

    vocabulary: int
    data: Path  # a folder with train
    more: Sequence[Path] = ()  # files with more pairs, for a translator

    def of(self, model: Loaded) -> Tokenizer:
        """The tokenizer. Raises ValueError, or FileNotFoundError, if the text has not so many."""
        if isinstance(model.model, LanguageModel):
            found = train_words(read_lines(find(self.data, "train.txt")), self.vocabulary)
            if found.vocab_size < self.vocabulary:
                raise ValueError(
                    f"{self.data} has {found.vocab_size:,} words, not {self.vocabulary:,}"
                )
            return found
        pairs = pairs_of([find(self.data, "train.tsv"), *self.more])
        return with_whole_words(
            model.tokenizer, (side for _, pair in pairs for side in pair), self.vocabulary
        )


def write_grown(name: str, folder: Path, sizes: dict[str, int], words: Words | None = None) -> int:
    """Write the model `name` with some larger sizes to a folder: the number of its parameters.

    words: those that it is to know, or to have as pieces, besides.
    Raises ValueError for sizes that it does not have, that are smaller, or all as they are.
    """
    small = open_model(name)
    arguments = small.config["arguments"]
    if others := sizes.keys() - arguments.keys():
        raise ValueError(f"{name} has no {min(others)}, but {', '.join(arguments)}")
    parameters: dict[str, Tensor] = dict(small.model.named_parameters())
    tokenizer = words.of(small) if words else small.tokenizer
    if words:
        with_more = with_words if isinstance(small.model, LanguageModel) else with_pieces
        parameters = with_more(parameters, small.tokenizer, tokenizer)
        sizes = {**sizes, "vocab_size": tokenizer.vocab_size}
    sizes = {size: value for size, value in sizes.items() if value != arguments[size]}
    if not sizes:
        raise ValueError(f"nothing of {name} would be larger")
    config = {**small.config, "arguments": {**arguments, **sizes}}
    if history := small.config.get("training"):
        grown = dict(history.get("grown", {}))
        for size, larger in sizes.items():
            grown[size] = [grown.get(size, [arguments[size]])[0], larger]
        config["training"] = {**history, "grown": grown}
    torch.manual_seed(Recipe.seed)
    model = build(config)
    grow(model, parameters)
    write_folder(folder, config, model, tokenizer)
    return sum(values.numel() for values in model.parameters())


def main() -> None:
    """Read the arguments, write the folder."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("name", help="a model of weights/manifest.json, or a folder")
    arguments.add_argument("folder", type=Path, metavar="DIR", help="where to write")
    for size in SIZES:
        arguments.add_argument(f"--{size.replace('_', '-')}", type=count)
    arguments.add_argument("--vocabulary", type=count, metavar="N", help="words of a text")
    arguments.add_argument("--data", type=Path, help="the folder with that text, train")
    arguments.add_argument(
        "--more", type=Path, nargs="+", default=[], help="files with more pairs, for a translator"
    )
    given = arguments.parse_args()
    if (given.vocabulary is None) != (given.data is None):
        arguments.error("--vocabulary and --data go together")
    sizes = {size: getattr(given, size) for size in SIZES if getattr(given, size) is not None}
    with told_in_a_sentence():
        words = Words(given.vocabulary, given.data, given.more) if given.data else None
        parameters = write_grown(given.name, given.folder, sizes, words)
    print(f"{given.folder}: {parameters:,} parameters")


if __name__ == "__main__":
    main()
