"""The real page in a process of its own, as a person starts it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
PATIENCE = 120  # seconds


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served(**environment: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The page's address and process, once it answers; killed at the end if still there."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "app.py"],
        cwd=ROOT,
        env=os.environ | {"GRADIO_SERVER_PORT": str(port)} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address, process)
        yield address, process
    finally:
        process.kill()
        process.wait()


def wait_for(address: str, process: subprocess.Popen[str]) -> None:
    """Return when the page answers. Raises AssertionError if it ends or takes too long."""
    for _ in range(PATIENCE * 10):
        assert process.poll() is None, process.communicate()[0]
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"{address} did not answer in {PATIENCE} seconds")
