"""A program that trains keeps the memory that it has had, and asks the system for none anew.

A step needs the same blocks of memory as the step before. The C library hands large ones back to
the system, which clears them before it gives them again: a third of a step's time is lost so. The
settings that forbid it are read when a program starts; so it starts itself anew with them.
https://www.gnu.org/software/libc/manual/html_node/Memory-Allocation-Tunables.html
"""

import os
import sys

import torch

SETTINGS = {
    "MALLOC_MMAP_MAX_": "0",
    "MALLOC_TRIM_THRESHOLD_": "100000000000",
    "MALLOC_TOP_PAD_": "268435456",
}


def keep_memory() -> None:
    """Start this program anew with `SETTINGS`, unless one is set already or a GPU does the work."""
    if (
        not torch.cuda.is_available()
        and sys.platform == "linux"
        and SETTINGS.keys().isdisjoint(os.environ)
    ):
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], os.environ | SETTINGS)
