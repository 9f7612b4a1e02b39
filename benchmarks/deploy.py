"""The page on Ray Serve, on this machine: python -m benchmarks.deploy --people 8 --seconds 20.

Starts one replica of the page, and of the models first one and then two. Each time people change
something, wait for the answer and change something again at once, always to what nobody asked
before. Prints requests a second and how long they took; the last line is JSON. On two cores the
page, the models, Serve's proxy and the people share what there is: what is shown is what an answer
costs, and only with more cores than that what two replicas of the models bring.

    requests, errors            how many
    per_second                  answers
    p50_ms, p95_ms              of all answers, in milliseconds
    core_seconds                that 1,000 answers cost, by what they were spent on

With --out FILE it writes what `deploy.simulate` draws from: the seconds that a replica of the
models takes when it is asked for one thing at a time, and the core seconds of page and proxy for a
change.
"""

import argparse
import asyncio
import json
import os
import platform
import random
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import ray
from ray import serve

from app import TABS
from benchmarks.load import ENGLISH, FRENCH, Person, Times, percentile
from benchmarks.page import ROOT, free_port
from benchmarks.visitor import client, opened, views
from deploy.app import application
from deploy.asking import Replicas
from deploy.sticky import COOKIE
from playground.page.answer import first_values

ALONE = 150  # answers that are asked for one at a time
WORDS = {"next_word": " ".join(ENGLISH).split()}
FRENCH_WORDS = " ".join(FRENCH).replace("?", "").replace(".", "").split()
TITLES = {"page": "ServeReplica:default:Page", "models": "ServeReplica:default:Models",
          "proxy": "ProxyActor"}  # fmt: skip
TICK = os.sysconf("SC_CLK_TCK")


@contextmanager
def cluster() -> Iterator[str]:
    """Ray and its proxy on this machine, in processes that end with this one: its address."""
    port = free_port()
    told = {
        "RAY_USAGE_STATS_ENABLED": "0",
        "RAY_raylet_start_wait_time_s": "120",  # a busy machine is no fault
        "PYTHONPATH": str(ROOT),
    }
    with mock.patch.dict(os.environ, told):
        ray.init(address="local", num_cpus=1, include_dashboard=False, log_to_driver=False)
        try:
            serve.start(http_options={"host": "127.0.0.1", "port": port})
            yield f"http://127.0.0.1:{port}"
        finally:
            serve.shutdown()
            ray.shutdown()


def deployed(pages: int, models: int) -> None:
    """Bring the page up with so many replicas, or change their number."""
    serve.run(application({"pages": str(pages), "models": str(models), "cores": "0"}))


def processes(title: str) -> list[int]:
    """Those of the cluster that Ray gave this title: children of its daemon, our child."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if (folder / "cmdline").read_text("utf-8").startswith(f"ray::{title}") and parent(
                parent(int(folder.name))
            ) == os.getpid():
                found.append(int(folder.name))
        except OSError:  # it has just ended
            continue
    return found


def parent(process: int) -> int:
    """The process that started this one."""
    return int(numbers(process)[1])


def core_seconds(title: str) -> float:
    """What the processes of a title have used of the cores so far."""
    used = [numbers(each) for each in processes(title)]
    return sum(int(each[11]) + int(each[12]) for each in used) / TICK


def numbers(process: int) -> list[str]:
    """What Linux tells of a process after its name. https://man7.org/linux/man-pages/man5/proc.5.html"""
    return Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()


class Writer(Person):
    """Somebody who never asks what was asked before."""

    def change(self) -> None:
        """Write some words."""
        super().change()
        self.visitor.type(self.tab, text(self.drawn, self.tab))


def text(drawn: random.Random, tab: str) -> str:
    """Words in an order that hardly comes twice."""
    return " ".join(drawn.choices(WORDS.get(tab, FRENCH_WORDS), k=drawn.randint(3, 9)))


class Start:
    """Where people wait until all are there, and what had been used until then."""

    def __init__(self, people: int) -> None:
        self.since = 0.0
        self.used: dict[str, float] = {}
        self._gate = asyncio.Barrier(people)

    async def all(self) -> None:
        """Wait until all are there; then the time begins."""
        if await self._gate.wait() == 0:
            self.used = {what: core_seconds(title) for what, title in TITLES.items()}
            self.since = time.perf_counter()
        await self._gate.wait()


async def come(address: str, number: int, seconds: float, there: Start, times: Times) -> None:
    """Open the page with a cookie of one's own; when all are there, ask for so many seconds."""
    async with client(address, {"Cookie": f"{COOKIE}={number}"}) as speaking:
        visitor, config = await opened(speaking)
        names = [f"{tab}/{view}" for tab in visitor.tabs() for view in views(config, tab)]
        person = Writer(number, visitor, names)
        await person.ask(Times())
        await there.all()
        while time.perf_counter() < there.since + seconds:
            await person.ask(times)


async def crowd(address: str, people: int, seconds: float, first: int) -> tuple[Times, Start]:
    """How long answers took people who ask without a pause. first: the number of the first one."""
    times, there = Times(), Start(people)
    everybody = (come(address, first + n, seconds, there, times) for n in range(people))
    await asyncio.gather(*everybody)
    return times, there


def measured(address: str, people: int, seconds: float, models: int) -> dict[str, Any]:
    """What is told of one number of replicas of the models."""
    deployed(1, models)
    times, start = asyncio.run(crowd(address, people, seconds, 1_000 * models))
    lasted = time.perf_counter() - start.since
    used = {what: core_seconds(title) - start.used[what] for what, title in TITLES.items()}
    answers = len(times.all)
    if not answers:
        raise SystemExit("Nobody was answered; please give more --seconds.")
    told = {
        "models": models,
        "requests": answers,
        "errors": sum(map(len, times.faults.values())),
        "per_second": round(answers / lasted, 2),
        "p50_ms": round(1_000 * statistics.median(times.all), 1),
        "p95_ms": percentile(times.all, 0.95),
        "core_seconds": {what: round(1_000 * each / answers, 1) for what, each in used.items()},
    }
    print(told, flush=True)
    return told


def alone() -> list[float]:
    """The seconds of answers that are asked for one at a time, of each instrument as many."""
    drawn, asking = random.Random(0), Replicas(serve.get_deployment_handle("Models", "default"))
    every = [(tab, one) for tab in TABS for one in tab.instruments]
    found = []
    for number in range(ALONE):
        tab, instrument = every[number % len(every)]
        values = first_values([*tab.inputs, *instrument.settings])
        if tab.name != "learning":
            values[tab.inputs[0].name] = text(drawn, tab.name.replace("-", "_"))
        since = time.perf_counter()
        asking.told(instrument, values)
        found.append(round(time.perf_counter() - since, 4))
    return found


def main() -> None:
    """Start, measure with one and with two, tell."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("--people", type=int, default=8)
    arguments.add_argument("--seconds", type=float, default=20.0)
    arguments.add_argument("--out", type=Path)
    given = arguments.parse_args()
    busy = os.getloadavg()[0]  # processes that others ran, before there was one of ours
    with cluster() as address:
        deployed(1, 1)
        asked_alone = alone()
        told = [measured(address, given.people, given.seconds, models) for models in (1, 2)]
    spent = told[0]["core_seconds"]
    provenance = {
        "command": "python -m benchmarks.deploy",
        "people": given.people,
        "cores": os.cpu_count(),
        "processor": platform.processor() or platform.machine(),
        "python": platform.python_version(),
        "ray": ray.__version__,
        "others": round(busy, 1),
        "day": time.strftime("%Y-%m-%d"),
    }
    if given.out:
        content = {
            "provenance": provenance,
            "page_seconds": round((spent["page"] + spent["proxy"]) / 1_000, 5),
            "core_seconds": spent,
            "model_seconds": asked_alone,
        }
        given.out.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    print(json.dumps({"runs": told, "alone_ms": round(1_000 * statistics.fmean(asked_alone), 1),
                      **provenance}))  # fmt: skip


if __name__ == "__main__":
    main()
