"""How long until a person gets an answer: python -m benchmarks.start [--runs N].

Starts the page again and again and asks it for a translation, with a Hub that refuses the
connection and with one that accepts it and never says a word, in turn. The last line is JSON:
the median seconds of each, from the start of the process to the first answer, and the median of
the CPU's seconds until every model is loaded.
"""

import argparse
import json
import resource
import socket
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

from gradio_client import Client

from benchmarks.page import served


@contextmanager
def hub(hangs: bool) -> Iterator[str]:
    """The address of a Hub that hangs, or of one that is not there."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        if hangs:
            listener.listen(100)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


def first_answer(hangs: bool) -> tuple[float, float]:
    """Seconds from the start of the process to the first answer; the CPU's seconds, all models in.

    The second counts the whole life of the process, in which it loads every model and ends.
    """
    before = cpu_seconds()
    with hub(hangs) as endpoint, tempfile.TemporaryDirectory() as cache:
        started = time.monotonic()
        with served(HF_ENDPOINT=endpoint, HF_HOME=cache, SEQ_MODELS_HUB="someone") as page:
            client = Client(page.address, verbose=False)
            client.predict("Il pleut.", api_name="/attend")
            waited = time.monotonic() - started
            client.predict(api_name="/models")
    return waited, cpu_seconds() - before


def cpu_seconds() -> float:
    """The CPU time, in seconds, of all processes that were started here and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("--runs", type=int, default=5)
    runs = arguments.parse_args().runs
    seconds: dict[str, list[float]] = {"refused": [], "hanging": []}
    cpu: list[float] = []
    for run in range(runs):
        for kind, found in seconds.items():
            waited, used = first_answer(hangs=kind == "hanging")
            found.append(waited)
            cpu.append(used)
            print(f"run {run + 1}, Hub {kind}: {waited:.2f} s, CPU {used:.2f} s", flush=True)
    medians = {kind: round(statistics.median(s), 2) for kind, s in seconds.items()}
    print(json.dumps({**medians, "cpu": round(statistics.median(cpu), 2)}))


if __name__ == "__main__":
    main()
