"""A model's folder (config.json, tokenizer.json, model.safetensors) and the model out of it.

The bytes that were checked are the bytes that are used: each file is read once. Nothing is
unpickled, and no parameter keeps the random value that it was built with.
"""

import json
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import safetensors.torch
import tokenizers
import torch
from torch import Tensor, nn

from seq_models.device import best_device
from seq_models.loaded import KINDS, Loaded, Source
from seq_models.manifest import DamagedWeights, verified
from seq_models.models import build
from seq_models.packed import pack
from seq_models.repair import Spelling
from seq_models.replacing import replacing
from seq_models.stored import read, stored
from seq_models.tokenizer import Tokenizer
from seq_models.unfilled import Unfilled

CONFIG, TOKENIZER, PARAMETERS = FILES = ("config.json", "tokenizer.json", "model.safetensors")
SPELLING = "spelling.json"  # a model has it or not
__all__ = ["CONFIG", "FILES", "PARAMETERS", "SPELLING", "TOKENIZER", "Loaded", "Source"]
__all__ += ["fill", "load_folder", "write_folder"]
SHOWN = 3  # how many parameters an error names


def load_folder(
    name: str, folder: Path, hashes: Mapping[str, str], source: Source, revision: str | None
) -> Loaded:
    """The model in `folder`, whose files must have these SHA-256 `hashes`, file name to hash.

    Raises DamagedWeights, naming the file, if one is not what it must be.
    """
    files = FILES if SPELLING not in hashes else (*FILES, SPELLING)
    content = {file: verified(folder / file, hashes.get(file)) for file in files}
    try:
        spelling = Spelling.from_json(content[SPELLING]) if SPELLING in content else None
        config = json.loads(content[CONFIG])
        tokenizer = Tokenizer(tokenizers.Tokenizer.from_buffer(content[TOKENIZER]))
        if tokenizer.vocab_size != config["arguments"]["vocab_size"]:
            raise ValueError(f"{tokenizer.vocab_size} tokens in {TOKENIZER}, not as in {CONFIG}")
        with torch.inference_mode(False):  # whoever asks first: another may want gradients later
            with Unfilled():
                model = build(config).to(best_device())
            fill(model, read(safetensors.torch.load(content[PARAMETERS])))
            pack(model)
    except Exception as error:  # every kind, the libraries' own among them: the files don't fit
        raise DamagedWeights(f"{folder} has no working model: {error}") from error
    return KINDS[type(model)](
        name=name,
        model=model.eval().requires_grad_(False),
        tokenizer=tokenizer,
        config=config,
        source=source,
        revision=revision,
        sha256=hashes[PARAMETERS],
        parameters=sum(parameter.numel() for parameter in model.parameters()),
        device=str(best_device()),
        spelling=spelling,
    )


def write_folder(
    folder: Path, config: Mapping[str, Any], model: nn.Module, tokenizer: Tokenizer
) -> None:
    """Lay out a model as a Hub repository: config, parameters (see `stored`), tokenizer.

    No file takes its place before all are written: a full disk leaves the model that was there.
    Each gets the mode that the umask gives. Raises OSError where that cannot be done.
    """
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(config, indent=2, ensure_ascii=False) + "\n"
    parameters = stored(dict(model.named_parameters()))
    saved = safetensors.torch.save(parameters, metadata={"format": "pt"})
    with ExitStack() as all_of_them:
        new = {name: all_of_them.enter_context(replacing(folder / name)) for name in FILES}
        new[CONFIG].write_text(text, encoding="utf-8")
        new[PARAMETERS].write_bytes(saved)
        tokenizer.save(new[TOKENIZER])


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
