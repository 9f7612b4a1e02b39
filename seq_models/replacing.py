"""A file takes its place when it is whole: a reader, or a kill, finds the old one or the new one.

What is not whole yet stands beside it under a hidden name of its own, so that two writers do not
meet, and what a kill leaves counts as no file of a model.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Where to write what takes the place of `path` if nothing is raised meanwhile.

    It has the mode that the umask gives. Raises OSError where nothing can be written.
    """
    writer = f"{os.getpid()}-{threading.get_ident()}"
    unfinished = path.with_name(f".{path.name}.{writer}.unfinished")
    try:
        yield unfinished
        with open(unfinished, "rb+") as file:
            os.fsync(file.fileno())
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)


def replace_text(path: Path, text: str) -> None:
    """Write a text file in UTF-8 that takes its place when it is whole."""
    with replacing(path) as unfinished:
        unfinished.write_text(text, encoding="utf-8")


def replace_bytes(path: Path, content: bytes) -> None:
    """Write a file that takes its place when it is whole."""
    with replacing(path) as unfinished:
        unfinished.write_bytes(content)
