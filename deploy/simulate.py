"""How many replicas do so many people need? python -m deploy.simulate

A discrete-event simulation of people at the page. Each thinks for 3 to 8 seconds and changes
something; the change takes its turn at the page's replica that the person stays with, then at the
less busy of two replicas of the models drawn at random, as Serve's router chooses; with the answer
the person thinks again. How long a turn takes is drawn from what `python -m benchmarks.deploy
--out deploy/measured.json` measured. Prints the smallest numbers of replicas with which 95 of 100
answers take less than half a second, or than `--within` says.

More than 10,000 people are simulated as one of several cells of at most 10,000, each with its own
replicas: no single cluster of Serve was asked for more here.

Mitzenmacher (2001), The power of two choices in randomized load balancing,
https://doi.org/10.1109/71.963420
"""

import argparse
import heapq
import json
import math
import random
import sys
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

MEASURED = Path(__file__).parent / "measured.json"
PEOPLE = (1_000, 10_000, 1_000_000)
CELL = 10_000  # people of one cluster
THINKING = 3.0, 8.0  # seconds between an answer and the next change
WANTED = 0.5  # seconds that 95 of 100 answers may take
SHARE = 0.95
SECONDS = 40.0  # that are simulated, the first quarter of them not counted: queues begin empty

SPARE = 1.1, 1.2, 1.3, 1.5, 2.0, 3.0  # replicas of the page, times as many as would be always busy

Draw = Callable[[random.Random], float]


@dataclass(frozen=True)
class Workload:
    """What people and replicas do, each a number of seconds drawn at random."""

    thinking: Draw
    page: Draw  # of a page's replica for one change
    model: Draw  # of a models' replica for one answer


class Replica:
    """Answers one after the other."""

    def __init__(self) -> None:
        self._ends: deque[float] = deque()

    def waiting(self, now: float) -> int:
        """How many are there at this moment, the one that is answered included."""
        while self._ends and self._ends[0] <= now:
            self._ends.popleft()
        return len(self._ends)

    def take(self, now: float, seconds: float) -> float:
        """Take one that needs so many seconds: when it will have its answer."""
        end = (self._ends[-1] if self.waiting(now) else now) + seconds
        self._ends.append(end)
        return end


def simulated(
    people: int, pages: int, models: int, work: Workload, seconds: float = SECONDS, seed: int = 0
) -> list[float]:
    """The seconds that each answer takes, from the change on, in the order of the changes."""
    drawn = random.Random(seed)
    fronts, backs = ([Replica() for _ in range(count)] for count in (pages, models))
    stays = [drawn.choice(fronts) for _ in range(people)]
    begun = [0.0] * people  # the clock, when each changed something last
    events = [(drawn.random() * work.thinking(drawn), person, True) for person in range(people)]
    heapq.heapify(events)
    found: list[float] = []
    while events and events[0][0] < seconds:
        now, person, changes = heapq.heappop(events)
        if changes:
            begun[person] = now
            asked = stays[person].take(now, work.page(drawn))
            heapq.heappush(events, (asked, person, False))
            continue
        one, other = drawn.choice(backs), drawn.choice(backs)
        chosen = one if one.waiting(now) <= other.waiting(now) else other
        end = chosen.take(now, work.model(drawn))
        if begun[person] >= seconds / 4:
            found.append(end - begun[person])
        heapq.heappush(events, (end + work.thinking(drawn), person, True))
    return found


def percentile(seconds: Sequence[float], share: float = SHARE) -> float:
    """The time below which this share (0..1) of the times lies."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def smallest(least: int, enough: Callable[[int], bool]) -> int:
    """The smallest number from `least` on that is enough, where a larger one is, too."""
    most = least
    while not enough(most):
        least, most = most + 1, math.ceil(1.25 * most) + 1
    while least < most:
        middle = (least + most) // 2
        least, most = (least, middle) if enough(middle) else (middle + 1, most)
    return most


def needed(
    people: int, work: Workload, page: float, model: float, within: float = WANTED
) -> tuple[int, int, float]:
    """Replicas of the page and of the models for some people, and the 95th percentile in seconds.

    page, model: the means of what `work` draws, in seconds. within: seconds that 95 of 100 answers
    may take. Of several numbers of the page's replicas the one that leaves fewest in all. Raises
    ValueError, in a sentence, where no number is enough.
    """
    changes = people / (sum(THINKING) / 2)  # a second
    plenty = math.ceil(4 * changes * model) + 1

    def slow(pages: int, models: int) -> float:
        return percentile(simulated(people, pages, models, work))

    found: list[tuple[int, int, float]] = []
    for spare in SPARE:
        pages = math.ceil(spare * changes * page)
        if slow(pages, plenty) < within:
            enough = partial(lambda pages, count: slow(pages, count) < within, pages)
            models = smallest(math.ceil(changes * model), enough)
            found.append((pages, models, slow(pages, models)))
    if not found:
        raise ValueError(
            f"No number of replicas gives {SHARE:.0%} of {people:,} people their answers within "
            f"{within:g} s: a replica alone takes too long. A longer --within may do."
        )
    return min(found, key=lambda one: one[0] + one[1])


def main() -> None:
    """Tell for each number of people; the last line is JSON."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("--measured", type=Path, default=MEASURED)
    arguments.add_argument("--people", type=positive, nargs="+", default=PEOPLE)
    arguments.add_argument("--within", type=float, default=WANTED, metavar="SECONDS")
    given = arguments.parse_args()
    try:
        tell(given.measured, given.people, given.within)
    except KeyError as error:
        sys.exit(f"{given.measured} has no {error}; please measure anew.")
    except (OSError, ValueError) as error:
        sys.exit(str(error))


def positive(text: str) -> int:
    """A whole number from 1. Raises ValueError otherwise."""
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def tell(path: Path, numbers: Sequence[int], within: float) -> None:
    """Simulate some numbers of people with the times in a file, and print a line for each."""
    measured = json.loads(path.read_text(encoding="utf-8"))
    page, models = measured["page_seconds"], measured["model_seconds"]
    mean = sum(models) / len(models)
    work = Workload(
        thinking=lambda drawn: drawn.uniform(*THINKING),
        page=lambda _: page,
        model=lambda drawn: drawn.choice(models),
    )
    told = []
    known: dict[int, tuple[int, int, float]] = {}
    print(f"{'people':>10}{'cells':>7}{'pages':>8}{'models':>8}{'p95 ms':>8}")
    for people in numbers:
        cells = math.ceil(people / CELL)
        cell = math.ceil(people / cells)
        found = known[cell] = known.get(cell) or needed(cell, work, page, mean, within)
        pages, replicas, slow = found[0] * cells, found[1] * cells, 1_000 * found[2]
        print(f"{people:10,}{cells:7}{pages:8,}{replicas:8,}{slow:8.0f}", flush=True)
        told.append({"people": people, "pages": pages, "models": replicas, "p95_ms": round(slow)})
    print(json.dumps({"measured": measured["provenance"], "needed": told}))


if __name__ == "__main__":
    main()
