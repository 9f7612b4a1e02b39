"""Dropout whose random numbers are drawn four at a time: the same layer, sooner done on a CPU.

    y = x * keep / (1 - p),  keep 1 with probability 1 - p

A generator's 64 random bits decide over four numbers instead of one.
N. Srivastava et al., 2014, section 4, https://jmlr.org/papers/v15/srivastava14a.html
"""

import torch
from torch import Tensor, nn

LEVELS = 1 << 16  # what 16 bits can be
LOWEST = -(1 << 63)  # of a whole number of 64 bits


class QuickDropout(nn.Dropout):
    """`nn.Dropout`, its `p` rounded to 1/65,536."""

    def forward(self, x: Tensor) -> Tensor:
        """x with a share `p` of its numbers set to 0 and the others grown, in training."""
        dropped = round(self.p * LEVELS)
        if not self.training or dropped == 0:
            return x
        words = torch.empty(-(-x.numel() // 4), dtype=torch.int64, device=x.device)
        bits = words.random_(LOWEST, None).view(torch.int16)[: x.numel()].view(x.shape)
        keep = (bits >= dropped - LEVELS // 2).to(x.dtype)
        return x * keep.mul_(LEVELS / (LEVELS - dropped))


def quicken(model: nn.Module) -> None:
    """Put a `QuickDropout` in the place of every `nn.Dropout` in the model."""
    for module in list(model.modules()):
        for name, child in module.named_children():
            if type(child) is nn.Dropout:
                setattr(module, name, QuickDropout(child.p))
