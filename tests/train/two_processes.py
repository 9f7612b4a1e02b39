"""One process's part of a training over several: python -m tests.train.two_processes OUT.

It trains the tiny language model of `test_loop` through `train.loop.train` and writes the gradient
of each step and the trained parameters to OUT. Full precision, so that a sum in another order
stays within 1e-5; nothing else differs from a real training.
"""

import sys
from pathlib import Path
from typing import Any

import safetensors.torch
from accelerate import Accelerator
from torch import Tensor, nn

from seq_models.training import update
from tests.train import test_loop
from train import loop


def main(out: Path) -> None:
    """Train and write."""
    written: dict[str, Tensor] = {}

    def spy(model: nn.Module, *rest: Any) -> None:
        update(model, *rest)
        step = len(written) // len(list(model.parameters()))
        for name, parameter in model.named_parameters():
            assert parameter.grad is not None
            written[f"{step}/{name.removeprefix('module.')}"] = parameter.grad.clone()

    patched: Any = loop
    patched.update = spy
    patched.Accelerator = lambda **_: Accelerator(mixed_precision="no", cpu=True)
    model, is_main = loop.train(
        test_loop.network(dropout=0.0),
        test_loop.batches(),
        test_loop.loss,
        test_loop.SHARED,
        out.with_suffix(".checkpoint"),
        resume=False,
    )
    if is_main:
        written |= {f"end/{name}": p.detach().clone() for name, p in model.named_parameters()}
        safetensors.torch.save_file(written, out)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
