"""R-Drop: the same batch goes through the model twice, and both answers should be the same.

    loss = mean over both of the cross entropy + a / 4 (KL(P || Q) + KL(Q || P))

Dropout makes two different models of one: what they disagree about, each has by heart rather than
understood. So a model learns longer from the same examples before it only repeats them.
X. Liang et al., 2021, section 2.1, https://arxiv.org/abs/2106.14448 (twice this)
"""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from seq_models import PAD
from seq_models.training import sequence_loss
from train.engine.cross_entropy import in_rows


def recorded(weight: float) -> dict[str, float]:
    """What config.json tells of it."""
    return {"r_drop": weight} if weight else {}


def r_drop_loss(
    model: Callable[[Tensor, Tensor], Tensor],
    source: Tensor,
    target: Tensor,
    loss: Callable[[Tensor, Tensor], Tensor],
    weight: float,
) -> Tensor:
    """The sum of the losses (nats) of a target's tokens, each worked out twice.

    source (B, S), target (B, T). loss: of logits (N, V) at tokens (N,), those of `PAD` left out.
    weight: a, how much disagreement costs; 0 asks once.
    """
    if not weight:
        return sequence_loss(model, source, target, loss)

    def both(logits: Tensor, wanted: Tensor) -> Tensor:
        first, second = logits.chunk(2)
        apart = disagreement(first, second, wanted.chunk(2)[0] != PAD)
        return loss(logits, wanted) / 2 + weight / 4 * apart

    return sequence_loss(model, source.repeat(2, 1), target.repeat(2, 1), both)


def disagreement(first: Tensor, second: Tensor, counts: Tensor) -> Tensor:
    """The sum over tokens of KL(P || Q) + KL(Q || P), in nats.

    first, second: logits (N, V) of P and of Q. counts: (N,), whether a token counts.
    """
    apart: Tensor = _Disagreement.apply(first, second, counts)  # type: ignore[no-untyped-call]
    return apart


class _Disagreement(torch.autograd.Function):
    """The sum and its gradients, found together while going forward, a few rows at a time."""

    @staticmethod
    def forward(context: Any, first: Tensor, second: Tensor, counts: Tensor) -> Tensor:
        gradients = torch.empty_like(first), torch.empty_like(second)
        total = first.new_zeros((), dtype=torch.float32)
        for rows in in_rows(first):
            log_p, log_q = (side[rows].float().log_softmax(dim=1) for side in (first, second))
            p, q, apart = log_p.exp(), log_q.exp(), log_p - log_q  # (R, V)
            real = counts[rows, None].float()
            forth, back = (p * apart).sum(1, True), (q * apart).sum(1, True)  # KL(P||Q), -KL(Q||P)
            total += ((forth - back) * real).sum()
            gradients[0][rows] = (p * (apart - forth) + p - q) * real
            gradients[1][rows] = (q * (back - apart) + q - p) * real
        context.save_for_backward(*gradients)
        return total

    @staticmethod
    def backward(context: Any, *grads: Tensor) -> tuple[Tensor, Tensor, None]:
        first, second = context.saved_tensors
        return first * grads[0], second * grads[0], None
