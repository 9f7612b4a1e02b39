"""What every training script shares: its flags, and the folder that it writes.

    --data DIR    holds train, as .txt or .tsv, plain or .gz
    --provenance FILE  where the data came from, instead of provenance.json in DIR
    --out DIR     where config.json, model.safetensors and tokenizer.json go
    --steps N     instead of the recipe's number of steps
    --warmup N    instead of the recipe's number of steps until the learning rate's peak
    --quick       the whole path in seconds: a tiny model, a few lines, a few steps
    --resume      go on from where a killed training stopped
    --init DIR    start from this model's parameters, with its sizes and its tokenizer
    --peak RATE   instead of the recipe's highest learning rate
    --tokens N    instead of the recipe's batch size, in tokens of each field
    --average N   the result is the mean of the last N states
    --accumulate N  work through each batch in N parts, for a device with little memory

The checkpoint that --resume reads stands beside --out, in OUT.training.safetensors.
"""

import argparse
import json
import math
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import torch
from torch import nn

from seq_models.folder import CONFIG, PARAMETERS, TOKENIZER, Loaded, fill, write_folder
from seq_models.manifest import DamagedWeights, fingerprint
from seq_models.models import build
from seq_models.tokenizer import Tokenizer
from train.engine.batches import Batches
from train.engine.data import Example
from train.engine.device import precision, training_device
from train.engine.film import Film
from train.engine.lines import told
from train.engine.loop import Loss, train
from train.engine.opening import open_folder
from train.engine.provenance import Provenance, provenance_of
from train.engine.recipe import Recipe, trainings
from train.engine.shards import from_main
from train.engine.writing import rehearse

QUICK_LINES = 200
QUICK_VOCABULARY = 300
RECIPE_FLAGS = ("steps", "warmup", "peak", "tokens", "average", "accumulate")


@dataclass(frozen=True)
class Flags:
    """The flags that a person gave."""

    data: Path
    out: Path
    quick: bool
    resume: bool
    init: Loaded | None
    provenance: list[Provenance]
    changes: dict[str, Any]  # of the recipe


@contextmanager
def told_in_a_sentence() -> Iterator[None]:
    """End the program with the sentence of an error that a person can do something about."""
    try:
        yield
    except OSError as error:
        where = f": {error.filename}" if error.filename else ""
        sys.exit(f"{error.strerror}{where}" if error.strerror else str(error))
    except (ValueError, DamagedWeights) as error:
        sys.exit(str(error))


def parser(description: str | None) -> argparse.ArgumentParser:
    """The flags of every script; a script may add its own."""
    flags = argparse.ArgumentParser(description=(description or "").partition("\n")[0])
    flags.add_argument("--data", type=Path, required=True, help="folder with train")
    flags.add_argument(
        "--provenance", type=Path, nargs="+", default=[], help="instead of the one beside the data"
    )
    flags.add_argument("--out", type=Path, required=True, help="folder to write the model to")
    flags.add_argument("--steps", type=count, help="instead of the recipe's number of steps")
    flags.add_argument("--warmup", type=count, help="instead of the recipe's steps to its peak")
    flags.add_argument("--quick", action="store_true", help="the whole path in seconds")
    flags.add_argument("--resume", action="store_true", help="go on after a kill")
    flags.add_argument("--init", type=Path, help="start from the model in this folder")
    flags.add_argument("--peak", type=rate, help="instead of the recipe's learning rate")
    flags.add_argument("--tokens", type=count, help="instead of the recipe's batch size")
    flags.add_argument("--average", type=count, help="take the mean of the last N states")
    flags.add_argument("--accumulate", type=count, help="work through a batch in N parts")
    return flags


def count(text: str) -> int:
    """A flag's whole number above 0. Raises argparse.ArgumentTypeError for anything else."""
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"wanted a whole number above 0, got {text!r}")
    return int(text)


def new_file(text: str) -> Path:
    """A file that can be written. Raises argparse.ArgumentTypeError, before any work, if not."""
    path = Path(text)
    if path.is_dir():
        raise argparse.ArgumentTypeError(f"{text} is a folder; please name a file")
    if not path.parent.is_dir():
        raise argparse.ArgumentTypeError(f"there is no folder {path.parent}")
    return path


def rate(text: str) -> float:
    """A flag's number above 0. Raises ValueError, or argparse.ArgumentTypeError for 0 and less."""
    if not 0 < float(text) < math.inf:
        raise argparse.ArgumentTypeError(f"wanted a number above 0, got {text!r}")
    return float(text)


def amount(text: str) -> float:
    """A flag's number, not below 0. Raises as `finite`, and for less."""
    if finite(text) < 0:
        raise argparse.ArgumentTypeError(f"wanted a number, 0 or more, got {text!r}")
    return float(text)


def finite(text: str) -> float:
    """A flag's number. Raises ValueError, or argparse.ArgumentTypeError for nan and infinity."""
    if not math.isfinite(float(text)):
        raise argparse.ArgumentTypeError(f"wanted a number, got {text!r}")
    return float(text)


def share(text: str) -> float:
    """A flag's share, from 0 to below 1. Raises as `finite`, and for anything beyond."""
    if not 0 <= finite(text) < 1:
        raise argparse.ArgumentTypeError(f"wanted a number from 0 to below 1, got {text!r}")
    return float(text)


def flags_of(arguments: argparse.Namespace) -> Flags:
    """The shared flags out of all the arguments.

    Raises FileNotFoundError if --init names no folder of a model, DamagedWeights if that is broken.
    """
    given = {name: getattr(arguments, name) for name in RECIPE_FLAGS}
    changes = {name: value for name, value in given.items() if value is not None}
    a = arguments
    for file in (CONFIG, PARAMETERS, TOKENIZER) if a.init is not None else ():
        if not (a.init / file).is_file():
            raise FileNotFoundError(f"--init: there is no {file} in {a.init}")
    init = None if a.init is None else open_folder(a.init)
    known = provenance_of(a.data, a.provenance)
    return Flags(a.data, a.out.resolve(), a.quick, a.resume, init, known, changes)


def run(
    flags: Flags,
    config: dict[str, Any],
    tokenizer: Tokenizer,
    examples: Mapping[int, Sequence[Example]],
    loss: Loss,
    recipe: Recipe,
    record: Mapping[str, Any] | None = None,
    filmed: Callable[[Recipe], Film] | None = None,
) -> None:
    """Train the model that `config` describes and write its folder.

    examples: those of each shard of this process.
    record: what config.json tells of the training besides the recipe.
    filmed: what records it, made for the recipe that it has in the end.
    """
    if flags.quick:
        recipe = replace(recipe, steps=30, warmup=5, tokens=256, save_every=2)
    recipe = replace(recipe, **flags.changes)
    recipe = replace(recipe, warmup=min(recipe.warmup, max(1, recipe.steps // 2)))
    config = as_begun(config, flags.init)
    torch.manual_seed(recipe.seed)
    model = build(config)
    if flags.init is not None:
        fill(model, dict(flags.init.model.named_parameters()))
    checkpoint = flags.out.with_name(flags.out.name + ".training.safetensors")
    batches = Batches(examples, recipe.tokens, recipe.seed)
    origin = origin_of({**config, "training": record or {}}, tokenizer, batches, model)
    data: dict[str, Any] = {"examples": len(batches), "padding": batches.padding()}
    data["precision"] = precision(training_device())
    data |= {"provenance": flags.provenance} if flags.provenance else {}
    training = {**asdict(recipe), **data, **(record or {}), "before": trainings_of(flags.init)}
    config = {**config, "training": training}
    from_main(lambda: begin(flags.out, checkpoint, config, model, tokenizer))
    film = filmed(recipe) if filmed else None
    model, is_main = train(model, batches, loss, recipe, checkpoint, flags.resume, origin, film)
    if is_main:
        write_folder(flags.out, config, model, tokenizer)
        if film:
            film.finish(flags.out, PARAMETERS, config)
        print(f"{flags.out}: {(flags.out / PARAMETERS).stat().st_size:,} bytes of parameters")


def as_begun(config: dict[str, Any], init: Loaded | None) -> dict[str, Any]:
    """The config of a model that starts from another one: of its sizes, with its own dropout.

    Raises ValueError if the other is of another kind.
    """
    if init is None:
        return config
    mine, theirs = config["arguments"], init.config["arguments"]
    kinds = [
        f"{one['architecture']} {one['arguments'].get('cell', '')}".strip()
        for one in (config, init.config)
    ]
    if kinds[0] != kinds[1]:
        raise ValueError(f"--init holds a {kinds[1]}; it must be a {kinds[0]}")
    return {**config, "arguments": {**theirs, "dropout": mine["dropout"]}}


def begin(
    out: Path, checkpoint: Path, config: dict[str, Any], model: nn.Module, tokenizer: Tokenizer
) -> None:
    """Say what of the data is left out; fail now for what would fail when the model is written."""
    left_out = told(config["training"].get("left_out", {}))
    if left_out:
        print(f"left out: {left_out}", flush=True)
    rehearse(out, checkpoint, config, model, tokenizer)


def origin_of(
    config: Mapping[str, Any], tokenizer: Tokenizer, batches: Batches, model: nn.Module
) -> str:
    """The SHA-256 of what a training begins from: for any number of processes the same."""
    tensors = [batches.lengths, *(parameter.detach() for parameter in model.parameters())]
    content = [tensor.numpy().tobytes() for tensor in tensors]
    return fingerprint(b"".join([json.dumps([config, tokenizer.pieces]).encode(), *content]))


def trainings_of(init: Loaded | None) -> list[dict[str, Any]]:
    """What the model to start from tells of its trainings, [{}] if it tells nothing."""
    return [] if init is None else trainings(init.config) or [{}]


def tokenizer_for(flags: Flags, train: Callable[[], Tokenizer]) -> Tokenizer:
    """The tokenizer of the model to start from, or one that the first process trains for all."""
    if flags.init is not None:
        return flags.init.tokenizer
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / TOKENIZER

        def trained() -> str:
            train().save(path)
            return path.read_text(encoding="utf-8")

        path.write_text(from_main(trained), encoding="utf-8")
        return Tokenizer.load(path)
