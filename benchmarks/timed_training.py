"""Training by the clock: a model learns for so many seconds, however many steps that makes.

The learning rate is the recipe's, with the share of the time that has passed in place of the share
of the steps: whoever is slower comes to the end of the schedule, too.
"""

import itertools
import time
from collections.abc import Callable, Iterator
from typing import Any

import torch
from torch import Tensor, nn

from seq_models import PAD
from seq_models.training import sequence_loss, update
from train.engine.batches import Batches
from train.engine.device import computing
from train.engine.recipe import Recipe
from train.transformer_translator import SMOOTHING


def stream(batches: Batches) -> Iterator[tuple[Tensor, ...]]:
    """Source (B, S) and target (B, S) of every step, epoch after epoch, without end."""
    for epoch in itertools.count():
        for rows in batches.epoch(epoch):
            yield batches.collate(rows).fields


def train_for(
    seconds: float,
    model: nn.Module,
    batches: Batches,
    recipe: Recipe,
    clock: Callable[[], float] = time.monotonic,
) -> dict[str, Any]:
    """Train the model in place until the seconds are over; returns how far it came."""
    device = next(model.parameters()).device
    optimizer = torch.optim.AdamW(
        model.parameters(), betas=(0.9, recipe.beta2), weight_decay=recipe.weight_decay
    )
    criterion = nn.CrossEntropyLoss(ignore_index=PAD, label_smoothing=SMOOTHING)
    model.train()
    steps, tokens, tenths, mean, started = 0, 0, 1, 0.0, clock()
    for src, trg in stream(batches):
        share = (clock() - started) / seconds
        if share >= tenths / 10:
            print(f"{min(share, 1):4.0%}, step {steps:,}, loss {mean:.3f}", flush=True)
            tenths = int(share * 10) + 1
        if share >= 1:
            break
        for group in optimizer.param_groups:
            group["lr"] = recipe.rate(int(share * recipe.steps))
        with computing(device):
            loss = sequence_loss(
                model, src.to(device), trg.to(device), lambda x, y: criterion(x.float(), y)
            )
        update(model, [loss], optimizer, recipe.clip)
        steps, tokens = steps + 1, tokens + int((trg[:, 1:] != PAD).sum())
        mean += (loss.item() - mean) * max(0.01, 1 / steps)  # of the last hundred or so
    model.eval()
    return {"steps": steps, "tokens_per_second": round(tokens / (clock() - started))}
