"""How soon does a model learn a task? Seconds and steps to 50, 90 and 99 % of unseen examples.

    python -m benchmarks.learning [--record]

Time is the CPU time of this process, one thread, without what examining the model takes. The last
line is JSON: seconds to 99 % with attention, and what a model without it reaches on *backwards* in
ten times that time. `--record` writes the recorded trainings of the page instead.
"""

import argparse
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import torch

from playground.learning.asking import answered, placed
from playground.learning.course import Course, whole
from playground.learning.lengths import stretches
from playground.learning.plan import KINDS, Plan
from playground.learning.recommended import FASTEST, RECORDED_WITH, Fast
from playground.learning.recorded import path_of, write
from playground.learning.shared import KEPT
from playground.learning.training import batches, learn, untrained

MARKS = (0.5, 0.9, 0.99)
EVERY = 20  # steps between two examinations
SOME = 100  # steps that tell how fast a model is
TIMES = 10  # how much longer a model without attention may try
EACH = 1_000  # more lengths than there are: each for itself
POINTS = 0.5  # attention on the right place, from which on it counts as found


@dataclass
class Learnt:
    """How a training went."""

    marks: dict[float, tuple[float, int]] = field(default_factory=dict)  # seconds, steps
    found: tuple[float, int] | None = None  # when attention first pointed where it should
    seconds: float = 0.0
    steps: int = 0
    exact: float = 0.0  # at the end
    by_length: dict[int, float] = field(default_factory=dict)  # exact, letters of the source


def plan_of(task: str, kind: str, fast: Fast) -> Plan:
    """The plan of some settings."""
    return Plan(task=task, kind=kind, heads=4, positions=True, seed=1, **fast._asdict())


def train(plan: Plan) -> Learnt:
    """Train by a plan, and examine the model now and then."""
    told, course = Learnt(), Course.of(plan)
    model = untrained(plan, course.tokenizer.vocab_size)
    pairs = course.task.unseen
    losses = learn(model, batches(course.task, course.tokenizer, plan), plan)
    while told.steps < plan.steps:
        started = time.process_time()
        for _, _ in zip(range(EVERY), losses, strict=False):
            told.steps += 1
        told.seconds += time.process_time() - started
        found = answered(model, course.tokenizer, pairs)
        told.exact = sum(said == right for _, said, right in found) / len(found)
        told.by_length = {one.longest: one.share for one in stretches(found, EACH)}
        here = round(told.seconds, 1), told.steps
        for mark in MARKS:
            if told.exact >= mark:
                told.marks.setdefault(mark, here)
        share = placed(model, course.tokenizer, course.task, pairs[:20])
        if share is not None and share > POINTS and told.found is None:
            told.found = here
    return told


def line(task: str, kind: str, told: Learnt) -> str:
    """One training as a row of a table."""
    marks = [told.marks.get(mark) for mark in MARKS]
    cells = ["never" if mark is None else f"{mark[0]} s, {mark[1]} steps" for mark in marks]
    found = "" if told.found is None else f"{told.found[0]} s, {told.found[1]} steps"
    end = f"{told.exact:.1%} after {told.seconds:.0f} s"
    return f"| {task} | {KINDS[kind]} | {' | '.join(cells)} | {found} | {end} |"


def patient(task: str, fast: Fast, most: float) -> Fast:
    """The settings of a model without attention, with as many steps as `most` seconds have."""
    first = train(plan_of(task, "summary", fast._replace(steps=SOME)))
    return fast._replace(steps=round(most / first.seconds * first.steps))


def seconds(told: Mapping[tuple[str, str], Learnt], task: str) -> float | None:
    """Seconds to the last mark with attention; None if it was never reached."""
    mark = told[task, "attention"].marks.get(MARKS[-1])
    return None if mark is None else mark[0]


def record() -> None:
    """Write every recorded training."""
    for (task, kind), fast in RECORDED_WITH.items():
        course = whole(plan_of(task, kind, fast), KEPT)
        write(course, path_of(task, kind))
        print(f"{task}, {kind}: {course.moments[-1].exact:.1%}", flush=True)


def measure() -> None:
    """Train everything, and print a table and the last line."""
    print("| task | model | 50 % | 90 % | 99 % | attention points right | at the end |")
    print("|---|---|---|---|---|---|---|")
    told: dict[tuple[str, str], Learnt] = {}
    for (task, kind), fast in sorted(FASTEST.items(), key=lambda one: one[0][1] == "summary"):
        if kind == "summary" and task != "backwards":
            continue
        if kind == "summary":
            fast = patient(task, fast, TIMES * (seconds(told, task) or 8.0))
        told[task, kind] = train(plan_of(task, kind, fast))
        print(line(task, kind, told[task, kind]), flush=True)
    print("Without attention, by letters:", told["backwards", "summary"].by_length)
    print(json.dumps({
        **{f"{task}_s": seconds(told, task) for task in ("backwards", "numbers", "dates")},
        "backwards_without_attention_exact": round(told["backwards", "summary"].exact, 4),
    }))  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, or record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--record", action="store_true", help="write the page's recordings")
    torch.set_num_threads(1)
    record() if parser.parse_args(arguments).record else measure()


if __name__ == "__main__":
    main()
