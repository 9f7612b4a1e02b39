"""Where models run: on a graphics processor, NVIDIA's or Apple's, if there is one; else the CPU."""

import torch


def best_device() -> torch.device:
    """The fastest device of this machine. Everything that has to choose one asks here."""
    if torch.cuda.is_available():
        return torch.device("cuda")
    if torch.backends.mps.is_available():
        return torch.device("mps")
    return torch.device("cpu")
