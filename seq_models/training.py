"""One step of learning: predict each next token, measure the error, move every parameter a little.

    loss = mean over t of -log P(target[t+1] | target[<=t], source)

Teacher forcing: R. Williams and D. Zipser, 1989, https://doi.org/10.1162/neco.1989.1.2.270
"""

from collections.abc import Callable, Iterable

from torch import Tensor, nn
from torch.optim import Optimizer


def train_step(
    model: nn.Module,
    src: Tensor,
    trg: Tensor,
    criterion: Callable[[Tensor, Tensor], Tensor],
    optimizer: Optimizer,
) -> float:
    """Learn from one batch, src (B, S) and trg (B, T), and return its loss (nats a token).

    The decoder reads trg[:, :-1] and is asked for trg[:, 1:]; criterion compares logits (N, V)
    with tokens (N,). The gradient's norm is clipped to 1 before the step, see `update`.
    """
    model.train()
    loss = sequence_loss(model, src, trg, criterion)
    update(model, [loss], optimizer)
    return loss.item()


def sequence_loss(
    model: Callable[[Tensor, Tensor], Tensor],
    src: Tensor,
    trg: Tensor,
    criterion: Callable[[Tensor, Tensor], Tensor],
) -> Tensor:
    """The criterion on what the model says after each token of trg (B, T) but the last."""
    logits = model(src, trg[:, :-1])  # (B, T - 1, V)
    return criterion(logits.flatten(0, 1), trg[:, 1:].flatten())


def update(
    model: nn.Module,
    losses: Iterable[Tensor],
    optimizer: Optimizer,
    clip: float = 1.0,
    backward: Callable[[Tensor], None] = Tensor.backward,
) -> None:
    """Move every parameter against the gradient of the sum of `losses`, its norm clipped to `clip`.

    The losses may come one at a time, so that only one part of a batch is in memory.
    """
    optimizer.zero_grad()
    for loss in losses:
        backward(loss)
    nn.utils.clip_grad_norm_(model.parameters(), clip)
    optimizer.step()
