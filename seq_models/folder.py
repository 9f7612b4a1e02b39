"""A model's folder (config.json, tokenizer.json, model.safetensors) and the model out of it.

The bytes that were checked are the bytes that are used: each file is read once. Nothing is
unpickled, and no parameter keeps the random value that it was built with.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import safetensors.torch
import tokenizers
import torch
from torch import Tensor, nn

from seq_models.device import best_device
from seq_models.manifest import DamagedWeights, verified
from seq_models.models import build
from seq_models.tokenizer import Tokenizer

CONFIG, TOKENIZER, PARAMETERS = FILES = ("config.json", "tokenizer.json", "model.safetensors")
SHOWN = 3  # how many parameters an error names

Source = Literal["hub", "cache", "bundled"]


@dataclass(frozen=True)
class Loaded:
    """A trained model, ready to use and shared by all threads: nobody changes it."""

    name: str
    model: nn.Module  # in evaluation mode, single precision, without gradients
    tokenizer: Tokenizer
    config: dict[str, Any]
    source: Source  # hub: downloaded by this process; cache: by an earlier one
    revision: str | None  # the Hub's commit, None for a bundled copy
    sha256: str  # of model.safetensors
    parameters: int  # trained numbers, shared ones once
    device: str


def load_folder(
    name: str, folder: Path, hashes: Mapping[str, str], source: Source, revision: str | None
) -> Loaded:
    """The model in `folder`, whose files must have these SHA-256 `hashes`, file name to hash.

    Raises DamagedWeights, naming the file, if one is not what it must be.
    """
    content = {file: verified(folder / file, hashes.get(file)) for file in FILES}
    try:
        config = json.loads(content[CONFIG])
        tokenizer = Tokenizer(tokenizers.Tokenizer.from_buffer(content[TOKENIZER]))
        if tokenizer.vocab_size != config["arguments"]["vocab_size"]:
            raise ValueError(f"{tokenizer.vocab_size} tokens in {TOKENIZER}, not as in {CONFIG}")
        model = build(config)
        fill(model, safetensors.torch.load(content[PARAMETERS]))
    except Exception as error:  # every kind, the libraries' own among them: the files don't fit
        raise DamagedWeights(f"{folder} has no working model: {error}") from error
    device = best_device()
    return Loaded(
        name=name,
        model=model.to(device).eval().requires_grad_(False),
        tokenizer=tokenizer,
        config=config,
        source=source,
        revision=revision,
        sha256=hashes[PARAMETERS],
        parameters=sum(parameter.numel() for parameter in model.parameters()),
        device=str(device),
    )


def fill(model: nn.Module, saved: Mapping[str, Tensor]) -> None:
    """Copy saved parameters into the model. Raises ValueError unless names and shapes are equal."""
    parameters = dict(model.named_parameters())
    wrong = [f"{name} is missing" for name in parameters.keys() - saved.keys()]
    wrong += [f"{name} is not in the model" for name in saved.keys() - parameters.keys()]
    wrong += [
        f"{name} has shape {tuple(saved[name].shape)}, not {tuple(parameter.shape)}"
        for name, parameter in parameters.items()
        if name in saved and saved[name].shape != parameter.shape
    ]
    if wrong:
        more = f" and {len(wrong) - SHOWN} more" * (len(wrong) > SHOWN)
        raise ValueError(f"{PARAMETERS}: " + ", ".join(sorted(wrong)[:SHOWN]) + more)
    with torch.no_grad():
        for name, parameter in parameters.items():
            parameter.copy_(saved[name])
