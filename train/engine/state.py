"""What a training has come to, in one file: a training that was killed goes on from it.

It holds the parameters, the optimizer's moments, the sum of the states that count for the mean, and
the step.
"""

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

import safetensors
import safetensors.torch
import torch
from torch import Tensor, nn

from train.engine.recipe import Recipe

METADATA = ("step", "recipe", "averaged", "origin")


class Average:
    """The sum of some of a training's last states, and how many they are.

    Their mean is often better than the last: P. Izmailov et al., 2018, section 3,
    https://arxiv.org/abs/1803.05407
    """

    def __init__(self) -> None:
        self.sums: dict[str, Tensor] = {}
        self.count = 0

    def add(self, model: nn.Module) -> None:
        """Count the model's present parameters too."""
        with torch.no_grad():
            for name, parameter in model.named_parameters():
                self.sums[name] = self.sums.get(name, 0) + parameter
        self.count += 1

    def put_into(self, model: nn.Module) -> None:
        """Give the model the mean."""
        with torch.no_grad():
            for name, parameter in model.named_parameters():
                parameter.copy_(self.sums[name] / self.count)


def save_state(
    path: Path,
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    recipe: Recipe,
    step: int,
    average: Average,
    origin: str,
) -> None:
    """Write all that training needs to go on, so that a kill at any moment leaves a whole file.

    origin: stands for all that the training began from, see `load_state`.
    """
    tensors = {f"model.{name}": p.detach() for name, p in model.named_parameters()}
    for index, moments in optimizer.state_dict()["state"].items():
        tensors |= {f"optimizer.{index}.{name}": value for name, value in moments.items()}
    tensors |= {f"average.{name}": total for name, total in average.sums.items()}
    tensors = {name: tensor.cpu().contiguous() for name, tensor in tensors.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    metadata = {"step": step, "recipe": asdict(recipe), "averaged": average.count, "origin": origin}
    said = {name: json.dumps(value) for name, value in metadata.items()}
    unfinished = path.with_suffix(".unfinished")
    with open(unfinished, "wb") as file:
        file.write(safetensors.torch.save(tensors, metadata=said))
        os.fsync(file.fileno())
    os.replace(unfinished, path)


def load_state(
    path: Path,
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    recipe: Recipe,
    average: Average,
    origin: str,
) -> int:
    """Put a checkpoint back and return its step.

    Raises ValueError if it is damaged, or of another model, another recipe or another origin.
    """
    metadata, tensors = read_state(path)
    if metadata["recipe"] != asdict(recipe):
        raise ValueError(f"{path} was made with another recipe; train without --resume")
    if metadata["origin"] != origin:
        raise ValueError(
            f"{path} began from other data, parameters or flags; train without --resume"
        )
    saved = under("model", tensors)
    parameters = dict(model.named_parameters())
    shapes = {name: parameter.shape for name, parameter in parameters.items()}
    if shapes != {name: tensor.shape for name, tensor in saved.items()}:
        raise ValueError(f"{path} is a checkpoint of another model; train without --resume")
    device = next(iter(parameters.values())).device
    average.sums = {name: total.to(device) for name, total in under("average", tensors).items()}
    average.count = metadata["averaged"]
    with torch.no_grad():
        for name, parameter in parameters.items():
            parameter.copy_(saved[name])
    state = optimizer.state_dict()
    state["state"] = {}
    for name, tensor in under("optimizer", tensors).items():
        index, moment = name.split(".")
        state["state"].setdefault(int(index), {})[moment] = tensor
    optimizer.load_state_dict(state)
    return int(metadata["step"])


def read_state(path: Path) -> tuple[dict[str, Any], dict[str, Tensor]]:
    """What `save_state` wrote about a training, and its tensors. Raises ValueError for less."""
    try:
        with safetensors.safe_open(path, framework="pt") as file:
            said = file.metadata() or {}
            metadata = {name: json.loads(said[name]) for name in METADATA}
            names = file.keys()  # a safe_open is no dictionary
            return metadata, {name: file.get_tensor(name) for name in names}
    except (safetensors.SafetensorError, OSError, KeyError, ValueError) as error:
        raise ValueError(f"{path} is damaged ({error}); train without --resume") from error


def under(kind: str, tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    """The tensors whose names begin with `kind`, by the rest of their names."""
    start = f"{kind}."
    return {n.removeprefix(start): t for n, t in tensors.items() if n.startswith(start)}
