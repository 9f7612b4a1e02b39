"""How long until a person gets an answer: python -m benchmarks.start [--runs N].

Starts the page again and again and asks it for a translation, with a Hub that refuses the
connection and with one that accepts it and never says a word, in turn. The last line is JSON:
the median seconds of each, from the start of the process to the first answer.
"""

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gradio_client import Client

ROOT = Path(__file__).parent.parent


@contextmanager
def hub(hangs: bool) -> Iterator[str]:
    """The address of a Hub that hangs, or of one that is not there."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        if hangs:
            listener.listen(100)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


def first_answer(hangs: bool) -> float:
    """Seconds from the start of the process to the first answered request."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with hub(hangs) as endpoint, tempfile.TemporaryDirectory() as cache:
        settings = {"GRADIO_SERVER_PORT": str(port), "HF_ENDPOINT": endpoint, "HF_HOME": cache}
        started = time.monotonic()
        page = subprocess.Popen(
            [sys.executable, "app.py"],
            cwd=ROOT,
            env=os.environ | settings | {"SEQ_MODELS_HUB": "someone"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(address)
            Client(address, verbose=False).predict("Il pleut.", api_name="/attend")
            return time.monotonic() - started
        finally:
            page.terminate()
            page.wait()


def wait_for(address: str) -> None:
    """Return when the page answers."""
    while True:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except OSError:
            time.sleep(0.05)
        else:
            return


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("--runs", type=int, default=5)
    runs = arguments.parse_args().runs
    seconds: dict[str, list[float]] = {"refused": [], "hanging": []}
    for run in range(runs):
        for kind, found in seconds.items():
            found.append(first_answer(hangs=kind == "hanging"))
            print(f"run {run + 1}, Hub {kind}: {found[-1]:.2f} s", flush=True)
    print(json.dumps({kind: round(statistics.median(s), 2) for kind, s in seconds.items()}))


if __name__ == "__main__":
    main()
