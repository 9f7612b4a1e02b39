"""Which models answer, and where each came from."""

import importlib
import os
from typing import Any

import torch

from seq_models import checkpoint
from seq_models.device import best_device, gpus_are_lent

MOST = 4  # processes; each holds the models once, some 400 MB with all libraries


def start() -> None:
    """Get ready to serve: one thread a request, and look for newer weights meanwhile."""
    torch.set_num_threads(1)  # for one sentence a second thread gains nothing
    checkpoint.pull_in_background()
    # ZeroGPU wants to know what is decorated before the page is launched.
    importlib.import_module("playground.reading.lent")


def open_all() -> None:
    """Open every model. Raises ValueError, in a sentence, if the files of one are damaged."""
    for name in checkpoint.names():
        sound(name)


def processes() -> int:
    """How many processes should compute: one a core, or one where a GPU does the work."""
    if best_device().type != "cpu" or gpus_are_lent():
        return 1
    allowed = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else ()
    return min(MOST, len(allowed) or os.cpu_count() or 1)


def sound(name: str) -> checkpoint.Loaded:
    """A model by its full name. Raises ValueError, in a sentence, if its files are damaged."""
    try:
        return checkpoint.load(name)
    except checkpoint.DamagedWeights as error:
        raise ValueError(f"{error}. Please get a fresh copy of the weights folder.") from error


def describe() -> list[dict[str, Any]]:
    """Every model: name, source (hub, cache or bundled), revision, sha256, parameters, device.

    A damaged one has None in them and an "error".
    """
    return checkpoint.describe()
