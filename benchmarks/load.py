"""A class at the page: python -m benchmarks.load --people 100 --seconds 60.

Starts the page and lets people open it at the same moment, each as a browser that was never there.
Then each works on a tab of their own, changes the text or the instrument every 3 to 8 seconds, and
waits for the answer; last, all click at once. Prints each instrument's requests, errors and the
median, 95th and 99th percentile of its times; the last line is JSON.

    people, requests, errors    how many
    trainings, trained          how many of the people trained live meanwhile, and trainings ended
    p50_ms, p95_ms              of all answers while people worked, in milliseconds
    burst_ms                    from the click of all until the last answer
    open_last_s                 from the opening of all until the last page stands, in seconds
    memory_growth               what the server holds after, over what it held once it had answered
"""

import argparse
import asyncio
import json
import random
import statistics
import time
from collections import defaultdict
from dataclasses import dataclass, field

import aiohttp

from benchmarks.page import resident, served
from benchmarks.visitor import Refused, Visitor, client, opened, views

ENGLISH = (
    "Once upon a time there was a", "The weather was so bad that", "My little brother has a",
    "She opened the door and saw", "I would like a cup of", "In the morning the children",
)  # fmt: skip
FRENCH = (
    "Il pleut depuis ce matin.", "Où est la gare ?", "Elle a acheté une voiture rouge hier.",
    "Mon frère joue au football.", "Je ne sais pas où elle habite.", "Nous avons mangé du pain.",
)  # fmt: skip
PAUSE = 3.0, 8.0  # seconds between two changes
SETTLES = 10.0  # seconds until the server has begun what it began
BEAT = 1.0  # seconds between two words of a page that trains
ANOTHER = 0.3  # how often a change is one of the instrument, not of the text


@dataclass
class Times:
    """What was measured: seconds of each answer by instrument, and what went wrong."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    faults: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def all(self) -> list[float]:
        """The seconds of all answers."""
        return [each for times in self.seconds.values() for each in times]


class Person:
    """One of a class: a tab of their own, and what they do there."""

    def __init__(self, number: int, visitor: Visitor, instruments: list[str]) -> None:
        self.drawn = random.Random(number)
        self.visitor = visitor
        self.instruments = instruments
        self.tab = visitor.tabs()[number % len(visitor.tabs())]
        self.view = self.drawn.choice(self._own)

    @property
    def _own(self) -> list[str]:
        return [name for tab, _, name in (i.partition("/") for i in self.instruments)
                if tab == self.tab]  # fmt: skip

    def change(self) -> None:
        """Think of something else."""
        texts = ENGLISH if self.tab == "next_word" else FRENCH
        if self.drawn.random() < ANOTHER:
            self.view = self.drawn.choice(self._own)
        words = self.drawn.choice(texts).split()
        self.visitor.type(self.tab, " ".join(words[: self.drawn.randint(2, len(words))]))
        self.visitor.set(f"{self.tab.replace('_', '-')}-view", self.view)

    async def ask(self, times: Times) -> None:
        """One change, and the wait for its answer."""
        self.change()
        name = f"{self.tab}/{self.view}"
        try:
            times.seconds[name].append(await self.visitor.ask(f"answer_{self.tab}"))
        except (Refused, aiohttp.ClientError, TimeoutError) as error:
            times.faults[name].append(f"{type(error).__name__}: {error}")

    async def work(self, until: float, times: Times) -> None:
        """Change, wait, think, until the time is over."""
        await asyncio.sleep(self.drawn.uniform(0, PAUSE[1]))
        while time.perf_counter() < until:
            await self.ask(times)
            await asyncio.sleep(self.drawn.uniform(*PAUSE))


async def train(visitor: Visitor, until: float) -> int:
    """Train live, over and over until the time is over: how many trainings came to an end."""
    ended = 0
    while time.perf_counter() < until:
        before, told = visitor.value("train-key"), ""
        visitor.set("train-bar", {"told": told})
        training = asyncio.create_task(visitor.ask("run_training"))
        while time.perf_counter() < until and not training.done() and ": trained" not in told:
            await asyncio.wait([training], timeout=BEAT)
            if visitor.value("train-key") != before:
                await visitor.tell("training_heard")
                told = visitor.value("train-bar")["told"]
        ended += ": trained" in told
        training.cancel()  # its page is open on, and begins anew
    visitor.leave()  # as one who closes the page
    return ended


def fetched(address: str) -> list[str]:
    """The addresses of what a browser fetches when it opens the page for the first time."""
    from playwright.sync_api import sync_playwright  # here: benchmarks.deploy needs no browser

    from benchmarks.browsed import launched

    found: list[str] = []
    with sync_playwright() as playwright:
        browser = launched(playwright)
        page = browser.new_page()
        page.on("request", lambda request: found.append(request.url))
        page.goto(address)
        page.wait_for_load_state("networkidle")
        browser.close()
    kinds = (".js", ".css", ".woff2", ".svg", ".json")
    return [each for each in dict.fromkeys(found)
            if each.startswith(address) and each.partition("?")[0].endswith(kinds)]  # fmt: skip


async def arrive(speaking: aiohttp.ClientSession, people: int, files: list[str]) -> list[Person]:
    """Everybody opens the page at the same moment."""
    came = await asyncio.gather(*(opened(speaking, files) for _ in range(people)))
    made = []
    for number, (visitor, config) in enumerate(came):
        names = [f"{tab}/{view}" for tab in visitor.tabs() for view in views(config, tab)]
        made.append(Person(number, visitor, names))
    return made


def percentile(times: list[float], share: float) -> float:
    """The time, in milliseconds, below which this share (0..1) of the times lies."""
    ordered = sorted(times)
    return round(1_000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))], 1)


def table(times: Times) -> str:
    """A line for each instrument."""
    lines = [
        f"{'instrument':32}{'requests':>9}{'errors':>7}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}"
    ]
    for name in sorted(times.seconds.keys() | times.faults.keys()):
        found, wrong = times.seconds[name], times.faults[name]
        shares = [percentile(found, share) for share in (0.5, 0.95, 0.99)] if found else []
        told = "".join(f"{each:9.0f}" for each in shares)
        lines.append(f"{name:32}{len(found) + len(wrong):9}{len(wrong):7}{told}")
        lines += [f"    {each}" for each in dict.fromkeys(wrong)]
    return "\n".join(lines)


async def lesson(
    address: str, people: int, trainings: int, seconds: float, files: list[str], process: int
) -> dict[str, float]:
    """A class comes, works, and clicks all at once: what is told of it.

    trainings: how many of them train live meanwhile.
    """
    times, burst = Times(), Times()
    async with client(address) as speaking:
        since = time.perf_counter()
        everybody = await arrive(speaking, people, files)
        open_last = time.perf_counter() - since
        for _ in range(2):  # the first time makes the server begin all that it needs
            await asyncio.gather(*(person.ask(Times()) for person in everybody))
            await asyncio.sleep(SETTLES)
        before = resident(process)
        until = time.perf_counter() + seconds
        learning = asyncio.gather(*(train(one.visitor, until) for one in everybody[:trainings]))
        everybody = everybody[trainings:]
        await asyncio.gather(*(person.work(until, times) for person in everybody))
        ended = await learning
        since = time.perf_counter()
        await asyncio.gather(*(person.ask(burst) for person in everybody))
        last = time.perf_counter() - since
        after = resident(process)
    print(table(times))
    if not times.all:
        raise SystemExit("Nobody was answered; please give more --seconds.")
    wrong = sum(map(len, [*times.faults.values(), *burst.faults.values()]))
    return {
        "people": people,
        "trainings": trainings,
        "trained": sum(ended),
        "requests": len(times.all) + len(burst.all) + wrong,
        "errors": wrong,
        "p50_ms": round(1_000 * statistics.median(times.all), 1),
        "p95_ms": percentile(times.all, 0.95),
        "burst_ms": round(1_000 * last, 1),
        "open_last_s": round(open_last, 2),
        "memory_growth": round(after / before - 1, 3),
    }


def main() -> None:
    """Start the page, let the class come, tell."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("--people", type=int, default=100)
    arguments.add_argument("--trainings", type=int, default=0, help="people who train live")
    arguments.add_argument("--seconds", type=float, default=60.0)
    given = arguments.parse_args()
    if not 0 <= given.trainings < given.people:
        arguments.error("--trainings are some of --people, and not all: who asks is timed")
    with served() as there:
        files = fetched(there.address)
        told = asyncio.run(
            lesson(
                there.address,
                given.people,
                given.trainings,
                given.seconds,
                files,
                there.process.pid,
            )
        )
    print(json.dumps(told))


if __name__ == "__main__":
    main()
