"""The real page in a process of its own, as a person starts it."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
PATIENCE = 120  # seconds


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Served(NamedTuple):
    """A page that runs."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path  # what it prints: a file, since a full pipe would stop it


@contextmanager
def heeding_interrupts() -> Iterator[None]:
    """What is started inside ends at Ctrl-C, even where this process itself was told to ignore it.

    A shell tells so whatever it starts in the background, and a child inherits that. Main thread.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def served(folder: Path = ROOT, **environment: str) -> Iterator[Served]:
    """The page of a folder, once it answers; killed at the end if still there."""
    port = free_port()
    log = Path(tempfile.mkdtemp()) / "log"
    with heeding_interrupts():
        process = subprocess.Popen(
            [sys.executable, "app.py"],
            cwd=folder,
            env=os.environ | {"GRADIO_SERVER_PORT": str(port)} | environment,
            stdout=log.open("wb"),
            stderr=subprocess.STDOUT,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address, process, log)
        yield Served(address, process, log)
    finally:
        process.kill()
        process.wait()


def wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Return when the page answers. Raises RuntimeError if it ends or takes too long."""
    for _ in range(PATIENCE * 20):
        if process.poll() is not None:
            raise RuntimeError(f"The page ended:\n{log.read_text(encoding='utf-8')}")
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"{address} did not answer in {PATIENCE} seconds")


def resident(process: int) -> int:
    """The bytes that a process and those that it began hold in memory."""
    pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    return pages * 4_096 + sum(map(resident, children(process)))


def children(process: int) -> Iterator[int]:
    """The processes that a process began."""
    for thread in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(FileNotFoundError, ProcessLookupError):  # the thread is over meanwhile
            yield from map(int, thread.read_text(encoding="ascii").split())
