"""What every training script shares: its flags, and the folder that it writes.

    --data DIR    holds train, as .txt or .tsv, plain or .gz
    --out DIR     where config.json, model.safetensors and tokenizer.json go
    --steps N     instead of the recipe's number of steps
    --quick       the whole path in seconds: a tiny model, a few lines, a few steps
    --resume      go on from where a killed training stopped

The checkpoint that --resume reads stands beside --out, in OUT.training.safetensors.
"""

import argparse
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import safetensors.torch
import torch
from torch import nn

from seq_models.models import build
from seq_models.tokenizer import Tokenizer
from train.data import Batches, Example
from train.loop import Loss, Recipe, train, write_json

QUICK_LINES = 200
QUICK_VOCABULARY = 300


@dataclass(frozen=True)
class Flags:
    """The flags that a person gave."""

    data: Path
    out: Path
    steps: int | None
    quick: bool
    resume: bool


def parser(description: str | None) -> argparse.ArgumentParser:
    """The flags of every script; a script may add its own."""
    flags = argparse.ArgumentParser(description=(description or "").partition("\n")[0])
    flags.add_argument("--data", type=Path, required=True, help="folder with train")
    flags.add_argument("--out", type=Path, required=True, help="folder to write the model to")
    flags.add_argument("--steps", type=int, help="instead of the recipe's number of steps")
    flags.add_argument("--quick", action="store_true", help="the whole path in seconds")
    flags.add_argument("--resume", action="store_true", help="go on after a kill")
    return flags


def flags_of(arguments: argparse.Namespace) -> Flags:
    """The shared flags out of all the arguments."""
    a = arguments
    return Flags(a.data, a.out, a.steps, a.quick, a.resume)


def run(
    flags: Flags,
    config: dict[str, Any],
    tokenizer: Tokenizer,
    examples: Sequence[Example],
    loss: Loss,
    recipe: Recipe,
) -> None:
    """Train the model that `config` describes and write its folder."""
    if flags.quick:
        recipe = replace(recipe, steps=30, warmup=5, tokens=256, save_every=2)
    if flags.steps is not None:
        recipe = replace(recipe, steps=flags.steps)
    torch.manual_seed(recipe.seed)
    model = build(config)
    checkpoint = flags.out.with_name(flags.out.name + ".training.safetensors")
    batches = Batches(examples, recipe.tokens, recipe.seed)
    model, is_main = train(model, batches, loss, recipe, checkpoint, flags.resume)
    if is_main:
        training = {**asdict(recipe), "examples": len(examples), "padding": batches.padding()}
        write_folder(flags.out, {**config, "training": training}, model, tokenizer)


def write_folder(out: Path, config: dict[str, Any], model: nn.Module, tokenizer: Tokenizer) -> None:
    """Lay out a model as a Hub repository: config, half-precision parameters, tokenizer."""
    out.mkdir(parents=True, exist_ok=True)
    write_json(out / "config.json", config)
    parameters = {n: p.detach().half().contiguous() for n, p in model.named_parameters()}
    safetensors.torch.save_file(parameters, out / "model.safetensors", metadata={"format": "pt"})
    tokenizer.save(out / "tokenizer.json")
    print(f"{out}: {(out / 'model.safetensors').stat().st_size:,} bytes of parameters", flush=True)
