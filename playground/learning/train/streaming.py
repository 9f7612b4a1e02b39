"""A live training as a stream of what its page shows, and the same for those who watch it."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

from playground.instrument import Shown
from playground.learning.keeping import packed
from playground.learning.lane import LANE, Lane, Ticket
from playground.learning.shared import TEXT
from playground.learning.train.explain import Live, explain, live, plans
from playground.learning.train.figures import live as figures

IDLE = 0.3  # seconds between two looks at a training that waits or pauses
SLOW = 1.0  # seconds between two steps in slow motion
UNTOLD = ("text", "meant")  # of explain's arguments: what is no part of a plan


@dataclass(frozen=True)
class Update:
    """What changes on the page."""

    done: int  # steps
    steps: int
    status: str
    figures: dict[str, Shown] | None = None
    archive: bytes | None = None  # a ZIP file, once there is a trained model to keep


async def stream(
    values: dict[str, Any],
    ticket: Ticket,
    lane: Lane = LANE,
    give_way: Callable[[], None] = lambda: None,
) -> AsyncIterator[Update]:
    """Train as chosen, and tell of it until the page is gone. Raises ValueError as `explain`.

    give_way: waits while others are served first.
    """
    try:
        parts = explain(**values)
        ticket.asked.setdefault("text", parts.text)
        chosen = plans(**{name: value for name, value in values.items() if name not in UNTOLD})
        states, was = live(chosen, ticket, lane, give_way), ""
        while not ticket.gone:
            now = await asyncio.to_thread(next, states, None)
            if now is None:
                return
            status = told(now, ticket, lane)
            kept = now.trace is not None and not ticket.wants
            if now.trace is not None or status != was:
                archive = packed(now.trainings[0]) if kept or ticket.done else None
                was = status
                shown = figures(now.trace) if now.trace is not None else None
                first = now.trainings[0]
                yield Update(first.steps_done, first.course.plan.steps, status, shown, archive)
            slow = SLOW if ticket.asked.get("slow") else 0.0
            if slow and ticket.playing:
                ticket.single = True
            await asyncio.sleep(IDLE if now.waits or not ticket.wants else slow)
    finally:
        lane.leave(ticket)


def told(now: Live, ticket: Ticket, lane: Lane) -> str:
    """Where a training is, in a sentence."""
    first = now.trainings[0]
    step = f"Step {first.steps_done:,} of {first.course.plan.steps:,}"
    if now.waits:
        return (
            f"{step}. Number {now.waits} in the queue: it is your turn in "
            f"about {lane.wait(ticket):.0f} seconds."
        )
    if now.done:
        return f"{step}: trained. Pick a stage, ask it something, take it away."
    if ticket.done:
        return f"{step}: the {lane.seconds:.0f} seconds that one may train are over."
    return f"{step}{'.' if ticket.wants else ', paused.'}"


async def watch(key: str, lane: Lane = LANE) -> AsyncIterator[Any]:
    """What a run publishes, as it does, until it ends. Raises ValueError where there is none."""
    ticket, seen = lane.find(key.strip().lower()), 0
    if ticket is None:
        raise ValueError("There is no run of that name now; please ask for its name again.")
    while not ticket.gone:
        number, value = ticket.published
        if number != seen:
            seen = number
            yield value
        await asyncio.sleep(IDLE)


def panel_value(shown: dict[str, Shown], told: Callable[[Shown], dict[str, Any]]) -> str:
    """Figures as a panel reads them; its endpoint gives the plan."""
    texts = {name: told(one) for name, one in shown.items()}
    call = {"endpoint": "train", "arguments": [TEXT.default]}
    return json.dumps({"figures": texts, "cell": "", "call": call})
