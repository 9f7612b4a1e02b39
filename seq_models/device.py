"""Where models run: on a graphics processor, NVIDIA's or Apple's, if there is one; else the CPU."""

import os

import torch


def best_device() -> torch.device:
    """The fastest device of this machine. Everything that has to choose one asks here."""
    if gpus_are_lent():
        return torch.device("cpu")
    if torch.cuda.is_available():
        return torch.device("cuda")
    if torch.backends.mps.is_available():
        return torch.device("mps")
    return torch.device("cpu")


def gpus_are_lent() -> bool:
    """Whether this is ZeroGPU, where CUDA pretends to be there, and is for single calls alone."""
    return os.environ.get("SPACES_ZERO_GPU", "").lower() in ("1", "t", "true")
