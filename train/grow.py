"""A larger translator to train on: python -m train.grow NAME DIR --encoder-layers 6 --ff-dim 1536.

NAME is a Transformer translator of the manifest, or the folder that a training wrote. What is
written computes what NAME does, up to rounding (see `engine/growth.py`), and goes on with
`python -m train.transformer_translator --init DIR`.
"""

import argparse
from pathlib import Path

import torch

from seq_models.folder import write_folder
from seq_models.models import build
from train.engine.growth import grow
from train.engine.opening import open_model
from train.engine.recipe import Recipe
from train.engine.script import count, told_in_a_sentence

SIZES = ("encoder_layers", "decoder_layers", "ff_dim")


def write_grown(name: str, folder: Path, sizes: dict[str, int]) -> int:
    """Write the model `name` with some larger sizes to a folder: the number of its parameters.

    Raises ValueError for a model that is no Transformer translator, or sizes that are smaller.
    """
    small = open_model(name)
    if small.config["architecture"] != "transformer_translator":
        raise ValueError(f"{name} is no Transformer translator")
    config = {**small.config, "arguments": small.config["arguments"] | sizes}
    torch.manual_seed(Recipe.seed)
    model = build(config)
    grow(model, dict(small.model.named_parameters()))
    write_folder(folder, config, model, small.tokenizer)
    return sum(values.numel() for values in model.parameters())


def main() -> None:
    """Read the arguments, write the folder."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("name", help="a model of weights/manifest.json, or a folder")
    arguments.add_argument("folder", type=Path, metavar="DIR", help="where to write")
    for size in SIZES:
        arguments.add_argument(f"--{size.replace('_', '-')}", type=count)
    given = arguments.parse_args()
    sizes = {size: getattr(given, size) for size in SIZES if getattr(given, size) is not None}
    with told_in_a_sentence():
        parameters = write_grown(given.name, given.folder, sizes)
    print(f"{given.folder}: {parameters:,} parameters")


if __name__ == "__main__":
    main()
