"""The one training loop: every model, on a CPU in bf16, on a GPU, or on several processes.

A step is determined by its number alone: the learning rate, the batch and the random numbers of
dropout all follow from (seed, step). So a checkpoint is the parameters, the optimizer's moments
and the step; a training that was killed goes on from it exactly as if it had never stopped.
"""

import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import safetensors
import safetensors.torch
import torch
from accelerate import Accelerator
from torch import Tensor, nn
from tqdm import tqdm

from seq_models.training import update
from train.data import Batch, Batches

Loss = Callable[[nn.Module, tuple[Tensor, ...]], Tensor]
"""(model, fields) -> the sum of the losses (nats) of all predicted tokens."""


@dataclass(frozen=True)
class Recipe:
    """The settings of one training."""

    steps: int
    warmup: int  # steps until the learning rate reaches its peak
    peak: float  # learning rate
    tokens: int  # a batch's size in each field, padding included
    weight_decay: float = 0.01
    beta2: float = 0.98
    clip: float = 1.0  # largest norm of a gradient
    seed: int = 1
    save_every: int = 200  # steps

    def rate(self, step: int) -> float:
        """The learning rate at a step: linear warm-up, then linear decay to zero."""
        rising = (step + 1) / self.warmup
        falling = (self.steps - step) / max(1, self.steps - self.warmup)
        return self.peak * min(rising, falling)


def train(
    model: nn.Module, batches: Batches, loss: Loss, recipe: Recipe, checkpoint: Path, resume: bool
) -> tuple[nn.Module, bool]:
    """Train `model` in place and return it, on the CPU, and whether this is the main process.

    checkpoint: a file, written atomically every `save_every` steps. With `resume`, training goes on
    from it (from the start if there is none yet).
    """
    accelerator = Accelerator(mixed_precision="bf16", cpu=not torch.cuda.is_available())
    rank, world = accelerator.process_index, accelerator.num_processes
    optimizer = torch.optim.AdamW(
        model.parameters(), betas=(0.9, recipe.beta2), weight_decay=recipe.weight_decay
    )
    wrapped, optimizer = accelerator.prepare(model, optimizer)
    first = 0
    if resume and checkpoint.exists():
        first = load_state(checkpoint, accelerator.unwrap_model(wrapped), optimizer, recipe)
    if accelerator.is_main_process:
        print(
            f"{sum(p.numel() for p in model.parameters()):,} parameters, "
            f"{len(batches.examples):,} examples, {batches.padding():.1%} padding, "
            f"device {accelerator.device}, {world} process{'es' * (world > 1)}, from step {first}",
            flush=True,
        )
    progress = Progress(recipe.steps, first, quiet=not accelerator.is_main_process)
    wrapped.train()
    steps = range(first, recipe.steps)
    for step, batch in zip(steps, schedule(batches, first, rank, world), strict=False):
        torch.manual_seed((recipe.seed * 1_000_003 + step) * 1_009 + rank)
        for group in optimizer.param_groups:
            group["lr"] = recipe.rate(step)
        fields = tuple(field.to(accelerator.device) for field in batch.fields)
        total = loss(wrapped, fields)
        # Processes average their gradients: `world` makes that the mean over all tokens.
        update(wrapped, total * world / batch.targets, optimizer, recipe.clip, accelerator.backward)
        progress.step(total.detach() * world / batch.targets, batch.targets)
        if accelerator.is_main_process and (step + 1) % recipe.save_every == 0:
            save_state(checkpoint, accelerator.unwrap_model(wrapped), optimizer, recipe, step + 1)
    progress.close()
    accelerator.wait_for_everyone()
    model = accelerator.unwrap_model(wrapped).cpu().eval()
    is_main = accelerator.is_main_process
    accelerator.end_training()
    return model, is_main


def schedule(batches: Batches, first: int, rank: int, world: int) -> Iterator[Batch]:
    """This process's share of the batch of every step from `first` on, without end."""
    epoch = step = 0
    while True:
        for rows in batches.epoch(epoch):
            if step >= first:
                yield batches.collate(rows, rank, world)
            step += 1
        epoch += 1


def save_state(
    path: Path, model: nn.Module, optimizer: torch.optim.Optimizer, recipe: Recipe, step: int
) -> None:
    """Write all that training needs to go on, so that a kill at any moment leaves a whole file."""
    tensors = {f"model.{name}": p.detach() for name, p in model.named_parameters()}
    for index, moments in optimizer.state_dict()["state"].items():
        tensors |= {f"optimizer.{index}.{name}": value for name, value in moments.items()}
    tensors = {name: tensor.cpu().contiguous() for name, tensor in tensors.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    metadata = {"step": str(step), "recipe": json.dumps(asdict(recipe))}
    unfinished = path.with_suffix(".unfinished")
    safetensors.torch.save_file(tensors, unfinished, metadata=metadata)
    with open(unfinished, "rb") as file:
        os.fsync(file.fileno())
    os.replace(unfinished, path)


def load_state(
    path: Path, model: nn.Module, optimizer: torch.optim.Optimizer, recipe: Recipe
) -> int:
    """Put a checkpoint back and return its step.

    Raises ValueError if it is of another model or another recipe.
    """
    with safetensors.safe_open(path, framework="pt") as file:
        step = int(file.metadata()["step"])
        if json.loads(file.metadata()["recipe"]) != asdict(recipe):
            raise ValueError(f"{path} was made with another recipe; train without --resume")
        names = file.keys()  # a safe_open is no dictionary
        tensors = {name: file.get_tensor(name) for name in names}
    parameters = dict(model.named_parameters())
    shapes = {name: parameter.shape for name, parameter in parameters.items()}
    saved = {n.removeprefix("model."): t for n, t in tensors.items() if n.startswith("model.")}
    if shapes != {name: tensor.shape for name, tensor in saved.items()}:
        raise ValueError(f"{path} is a checkpoint of another model; train without --resume")
    with torch.no_grad():
        for name, parameter in parameters.items():
            parameter.copy_(saved[name])
    state = optimizer.state_dict()
    state["state"] = {}
    for name, tensor in tensors.items():
        kind, _, rest = name.partition(".")
        if kind == "optimizer":
            index, moment = rest.split(".")
            state["state"].setdefault(int(index), {})[moment] = tensor
    optimizer.load_state_dict(state)
    return step


class Progress:
    """A progress bar with the loss, tokens a second and the time left."""

    EVERY = 20  # steps between two readings of the loss

    def __init__(self, steps: int, first: int, quiet: bool) -> None:
        self.bar = tqdm(total=steps, initial=first, unit="step", disable=quiet, mininterval=2.0)
        self.loss: list[Tensor] = []
        self.targets = 0
        self.since = time.monotonic()

    def step(self, loss: Tensor, targets: int) -> None:
        self.loss.append(loss)
        self.targets += targets
        self.bar.update()
        if len(self.loss) == self.EVERY:
            now = time.monotonic()
            mean = torch.stack(self.loss).mean().item()
            speed = self.targets / (now - self.since)
            self.bar.set_postfix_str(f"loss {mean:.3f}, {speed:,.0f} tokens/s")
            self.loss, self.targets, self.since = [], 0, now

    def close(self) -> None:
        self.bar.close()


def write_json(path: Path, value: object) -> None:
    """Write readable JSON."""
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
