"""Parameters between those before a training and those after it: python -m train.mix.

    mixed = (1 - share) before + share after

A training from good parameters gains something and forgets something; on the straight line between
the two, a model may keep most of what either knows.

    python -m train.mix transformer-translator OUT MIXED --share 0.3

M. Wortsman et al., 2022, section 3, https://arxiv.org/abs/2109.01903
"""

import argparse
from pathlib import Path

import torch

from seq_models.folder import write_folder
from seq_models.models import build
from train.engine.opening import open_model
from train.engine.recipe import trainings
from train.engine.script import share, told_in_a_sentence


def main() -> None:
    """Read the arguments, write the folder."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("before", help="a model of weights/manifest.json, or a folder")
    arguments.add_argument("after", help="the folder that a training from it wrote")
    arguments.add_argument("folder", type=Path, metavar="DIR", help="where to write")
    arguments.add_argument("--share", type=share, required=True, help="of what came after, 0..1")
    given = arguments.parse_args()
    with told_in_a_sentence():
        mix(given.before, given.after, given.folder, given.share)


def mix(before: str, after: str, folder: Path, share: float) -> None:
    """Write the model between two.

    Raises ValueError for two that are not of the same kind, or if the second was not trained from
    the first: what lies between two trainings that began elsewhere is no model.
    """
    old, new = open_model(before), open_model(after)
    known, found = dict(old.model.named_parameters()), dict(new.model.named_parameters())
    if {name: one.shape for name, one in known.items()} != {
        name: one.shape for name, one in found.items()
    }:
        raise ValueError(f"{before} and {after} have other parameters: nothing lies between them")
    if old.tokenizer.pieces != new.tokenizer.pieces:
        raise ValueError(f"{before} and {after} have other vocabularies: nothing lies between them")
    begun, done = trainings(old.config), trainings(new.config)
    if done[: len(begun)] != begun:
        raise ValueError(f"{after} was not trained from {before}: nothing lies between them")
    if len(done) == len(begun):
        raise ValueError(f"{after} was trained no further than {before}: nothing lies between them")
    mixed = {"mixed": share, "trainings_mixed": len(done) - len(begun)}
    config = {**new.config, "training": {**(new.config.get("training") or {}), **mixed}}
    model = build(config)
    with torch.no_grad():
        for name, values in model.named_parameters():
            values.copy_(known[name].float().lerp(found[name].float(), share))
    write_folder(folder, config, model, new.tokenizer)


if __name__ == "__main__":
    main()
