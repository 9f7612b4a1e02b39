"""The one training loop: every model, on a CPU, on a GPU, or on several processes.

A step is determined by its number alone: the learning rate, the batch and the random numbers of
dropout all follow from (seed, step). So a checkpoint is the parameters, the optimizer's moments
and the step; a training that was killed goes on from it exactly as if it had never stopped.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path

import torch
from accelerate import Accelerator
from torch import Tensor, nn
from tqdm import tqdm

from seq_models.training import update
from train.engine.batches import Batch, Batches
from train.engine.device import has_half, training_device
from train.engine.dropout import quicken
from train.engine.recipe import Recipe
from train.engine.shards import together
from train.engine.state import Average, load_state, save_state

Loss = Callable[[nn.Module, tuple[Tensor, ...]], Tensor]
"""(model, fields) -> the sum of the losses (nats) of all predicted tokens."""
Watch = Callable[[int, nn.Module], None]
"""Shown the steps that are done and the model: before the first step, and after each."""


def train(
    model: nn.Module,
    batches: Batches,
    loss: Loss,
    recipe: Recipe,
    checkpoint: Path,
    resume: bool,
    origin: str = "",
    watch: Watch | None = None,
) -> tuple[nn.Module, bool]:
    """Train `model` in place and return it, on the CPU, and whether this is the main process.

    checkpoint: a file, written atomically every `save_every` steps. With `resume`, training goes on
    from it (from the start if there is none yet); one of another origin is refused.
    watch: sees the model in the main process; what it saw last before a kill, once more.
    """
    device = training_device()
    mixed = "bf16" if has_half(device) else "no"
    accelerator = Accelerator(mixed_precision=mixed, cpu=device.type == "cpu")
    is_main = accelerator.is_main_process
    optimizer = torch.optim.AdamW(
        model.parameters(),
        betas=(0.9, recipe.beta2),
        weight_decay=recipe.weight_decay,
        fused=True,
    )
    quicken(model)
    wrapped, optimizer = accelerator.prepare(model, optimizer)
    plain = accelerator.unwrap_model(wrapped)
    average = Average()
    goes_on = resume and there(checkpoint)
    first = load_state(checkpoint, plain, optimizer, recipe, average, origin) if goes_on else 0
    if is_main:
        print(f"{described(plain, batches)}, {places(accelerator)}, from step {first}", flush=True)
    progress = Progress(recipe.steps, first, quiet=not is_main)
    wrapped.train()
    watching = watch if is_main else None
    if watching:
        watching(first, plain)
    for step, rows in zip(range(first, recipe.steps), schedule(batches, first), strict=False):
        prepare(optimizer, recipe, step, accelerator.process_index)
        parts = batches.parts(rows, recipe.accumulate)
        losses = losses_of(accelerator, wrapped, loss, parts, progress)
        update(wrapped, losses, optimizer, recipe.clip, accelerator.backward)
        progress.step(parts[0].targets)
        if is_main and recipe.averages(step + 1):
            average.add(plain)
        if is_main and (step + 1) % recipe.save_every == 0:
            save_state(checkpoint, plain, optimizer, recipe, step + 1, average, origin)
        if watching:
            watching(step + 1, plain)
    progress.close()
    accelerator.wait_for_everyone()
    plain = plain.cpu().eval()
    if is_main and average.count > 1:
        average.put_into(plain)
    accelerator.end_training()
    return plain, is_main


def there(checkpoint: Path) -> bool:
    """Whether there is a checkpoint. Raises ValueError if only some of the processes see it."""
    seen = together(checkpoint.exists())
    if any(seen) != all(seen):
        raise ValueError(f"{checkpoint} is not there for every process; all machines must share it")
    return all(seen)


def described(model: nn.Module, batches: Batches) -> str:
    """How much is trained on how much."""
    parameters = sum(parameter.numel() for parameter in model.parameters())
    examples = f"{len(batches):,} examples, {batches.padding():.1%} padding"
    return f"{parameters:,} parameters, {examples}"


def places(accelerator: Accelerator) -> str:
    """Where the training runs."""
    world = accelerator.num_processes
    return f"device {accelerator.device}, {world} process{'es' * (world > 1)}"


def prepare(optimizer: torch.optim.Optimizer, recipe: Recipe, step: int, rank: int) -> None:
    """Set the learning rate and the random numbers of a step."""
    torch.manual_seed((recipe.seed * 1_000_003 + step) * 1_009 + rank)
    for group in optimizer.param_groups:
        group["lr"] = recipe.rate(step)


def schedule(batches: Batches, first: int) -> Iterator[list[int]]:
    """The rows of the batch of every step from `first` on, without end."""
    epoch = step = 0
    while True:
        for rows in batches.epoch(epoch):
            if step >= first:
                yield rows
            step += 1
        epoch += 1


def losses_of(
    accelerator: Accelerator,
    model: nn.Module,
    loss: Loss,
    parts: list[Batch],
    progress: "Progress",
) -> Iterator[Tensor]:
    """The loss of each part, as its share of the mean over all tokens of the whole batch.

    Processes average their gradients: multiplying by their number makes that a sum. They exchange
    them once, at the last part.
    """
    for number, part in enumerate(parts, start=1):
        with nullcontext() if number == len(parts) else accelerator.no_sync(model):
            fields = tuple(field.to(accelerator.device) for field in part.fields)
            value = loss(model, fields) * accelerator.num_processes / part.targets
            progress.add(value.detach())
            yield value


class Progress:
    """A progress bar with the loss, tokens a second and the time left."""

    EVERY = 20  # steps between two readings of the loss

    def __init__(self, steps: int, first: int, quiet: bool) -> None:
        self.bar = tqdm(total=steps, initial=first, unit="step", disable=quiet, mininterval=2.0)
        self.loss: list[Tensor] = []
        self.targets = 0
        self.steps = 0
        self.since = time.monotonic()

    def add(self, loss: Tensor) -> None:
        """Count a part of the present step's loss."""
        self.loss.append(loss)

    def step(self, targets: int) -> None:
        """A step is done, with so many predicted tokens."""
        self.targets += targets
        self.steps += 1
        self.bar.update()
        if self.steps == self.EVERY:
            now = time.monotonic()
            mean = torch.stack(self.loss).sum().item() / self.steps
            speed = self.targets / (now - self.since)
            self.bar.set_postfix_str(f"loss {mean:.3f}, {speed:,.0f} tokens/s")
            self.loss, self.targets, self.steps, self.since = [], 0, 0, now

    def close(self) -> None:
        self.bar.close()
