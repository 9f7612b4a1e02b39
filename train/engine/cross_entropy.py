"""The cross entropy of many tokens, worked out a few rows at a time.

    loss = sum over t of -(1 - s) log P[wanted[t]] - s mean over v of log P[v],  s the smoothing

A vocabulary's log-probabilities of a whole batch are its largest tensor: 3,000 tokens by 8,000
pieces by four bytes, read and written many times. A few rows of it stay in the processor's cache,
and the gradient, which is P minus what is wanted, is had on the way.
C. Szegedy et al., 2016, section 7, https://arxiv.org/abs/1512.00567 (smoothing)
"""

from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor

from seq_models import PAD

ROWS = 64  # tokens at once, on a processor


def in_rows(logits: Tensor) -> Iterator[slice]:
    """A few rows of logits (N, V) after the others: all at once where there is no such cache."""
    rows = ROWS if logits.device.type == "cpu" else max(1, len(logits))
    return (slice(first, first + rows) for first in range(0, len(logits), rows))


def cross_entropy(logits: Tensor, wanted: Tensor, smoothing: float = 0.0) -> Tensor:
    """The sum of the losses (nats) of logits (N, V) at tokens (N,), those of `PAD` left out.

    It is `nn.functional.cross_entropy` with `reduction="sum"`, computed in single precision
    whatever the logits' is.
    """
    if not logits.requires_grad:
        return _worked_out(logits, wanted, smoothing, None)
    loss: Tensor = _CrossEntropy.apply(logits, wanted, smoothing)  # type: ignore[no-untyped-call]
    return loss


class _CrossEntropy(torch.autograd.Function):
    """The loss and its gradient, both found while going forward."""

    @staticmethod
    def forward(context: Any, logits: Tensor, wanted: Tensor, smoothing: float) -> Tensor:
        gradient = torch.empty_like(logits)
        loss = _worked_out(logits, wanted, smoothing, gradient)
        context.save_for_backward(gradient)
        return loss

    @staticmethod
    def backward(context: Any, *grads: Tensor) -> tuple[Tensor, None, None]:
        (gradient,) = context.saved_tensors
        return gradient * grads[0].to(gradient.dtype), None, None


def _worked_out(
    logits: Tensor, wanted: Tensor, smoothing: float, gradient: Tensor | None
) -> Tensor:
    """The loss; the gradient (N, V) is written into `gradient`, if there is one."""
    total = logits.new_zeros((), dtype=torch.float32)
    vocabulary = logits.size(1)
    for rows in in_rows(logits):
        scores, index = logits[rows].float(), wanted[rows, None]  # (R, V), (R, 1)
        real = (index != PAD).float()
        scores = scores - scores.amax(dim=1, keepdim=True)
        chosen, mean = scores.gather(1, index), scores.mean(dim=1, keepdim=True)
        chances = scores.exp_()
        weight = chances.sum(dim=1, keepdim=True)
        told = (1 - smoothing) * chosen + smoothing * mean
        total += ((weight.log() - told) * real).sum()
        if gradient is not None:
            chances.mul_(real / weight).sub_(real * (smoothing / vocabulary))
            chances.scatter_add_(1, index, (smoothing - 1) * real)
            gradient[rows] = chances
    return total
