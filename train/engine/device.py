"""Where a training computes, and in which numbers: bf16 where the processor multiplies in it."""

import torch


def training_device() -> torch.device:
    """The GPU, if there is one that Accelerate trains on in the same way everywhere, or the CPU."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def has_half(device: torch.device) -> bool:
    """Whether a device has instructions for bf16; without them it only acts as if it had.

    On a CPU with AVX2 alone a step took 60 seconds so, instead of 5.5 in float32.
    """
    if device.type == "cuda":
        return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    known = getattr(torch.ops.mkldnn, "_is_mkldnn_bf16_supported", None)  # what PyTorch itself asks
    return bool(known and known())


def computing(device: torch.device) -> torch.autocast:
    """The context in which a model computes there: in bf16, if that is fast."""
    return torch.autocast(device.type, torch.bfloat16, enabled=has_half(device))


def precision(device: torch.device) -> str:
    """What a training there multiplies in: "bf16" or "float32"."""
    return "bf16" if has_half(device) else "float32"
