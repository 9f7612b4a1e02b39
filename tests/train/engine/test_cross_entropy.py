"""The cross entropy in a few rows at a time is torch's, and so is its gradient."""

import pytest
import torch
from torch import Tensor, nn

from seq_models import PAD
from train.engine.cross_entropy import ROWS, cross_entropy


def batch(count: int, dtype: torch.dtype = torch.float32) -> tuple[Tensor, Tensor]:
    """Logits (N, 50) that want a gradient, and tokens (N,), some of them padding."""
    generator = torch.Generator().manual_seed(count)
    logits = 5 * torch.randn(count, 50, generator=generator)
    wanted = torch.randint(1, 50, (count,), generator=generator)
    wanted[::3] = PAD
    return logits.to(dtype).requires_grad_(), wanted


def torchs(logits: Tensor, wanted: Tensor, smoothing: float) -> Tensor:
    """The oracle."""
    return nn.functional.cross_entropy(
        logits.float(), wanted, ignore_index=PAD, label_smoothing=smoothing, reduction="sum"
    )


@pytest.mark.parametrize("smoothing", [0.0, 0.1, 1.0])
@pytest.mark.parametrize("count", [1, 2, ROWS, ROWS + 1, 3 * ROWS - 1])
def test_the_loss_and_its_gradient_are_torchs(count: int, smoothing: float) -> None:
    logits, wanted = batch(count)
    ours, theirs = cross_entropy(logits, wanted, smoothing), torchs(logits, wanted, smoothing)
    torch.testing.assert_close(ours, theirs)
    (gradient,) = torch.autograd.grad(ours * 0.3, logits)
    (other,) = torch.autograd.grad(theirs * 0.3, logits)
    torch.testing.assert_close(gradient, other)


def test_logits_in_half_precision_lose_none_in_the_loss() -> None:
    logits, wanted = batch(2 * ROWS, torch.bfloat16)
    torch.testing.assert_close(cross_entropy(logits, wanted, 0.1), torchs(logits, wanted, 0.1))
    assert cross_entropy(logits, wanted, 0.1).dtype == torch.float32


def test_without_a_gradient_the_loss_is_the_same() -> None:
    logits, wanted = batch(ROWS + 5)
    with torch.inference_mode():
        found = cross_entropy(logits.detach(), wanted, 0.1)
    torch.testing.assert_close(found, cross_entropy(logits, wanted, 0.1).detach())


def test_nothing_but_padding_costs_nothing_and_teaches_nothing() -> None:
    logits, wanted = batch(ROWS)
    loss = cross_entropy(logits, torch.full_like(wanted, PAD), 0.1)
    (gradient,) = torch.autograd.grad(loss, logits)
    assert loss == 0
    assert gradient.count_nonzero() == 0
