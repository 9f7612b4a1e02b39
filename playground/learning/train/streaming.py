"""A live training as a stream of what its page shows, and the same for those who watch it."""

import asyncio
import json
import math
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from playground.instrument import Shown
from playground.learning.keeping import packed
from playground.learning.lane import LANE, Lane, Ticket
from playground.learning.train.explain import Live, explain, live, plans
from playground.learning.train.figures import live as figures

IDLE = 0.3  # seconds between two looks at a training that waits or pauses
NEWS = 3.0  # seconds without any, until one who watches is asked whether the page is still there
SLOW = 1.0  # seconds between two steps in slow motion
LOST = "This page was not heard of for some seconds, so its training ended; press Train again."
YOURS = " Pick a stage, ask it something, take it away."  # told to its own page alone
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
        parts = await asyncio.to_thread(lambda: explain(**values))
        ticket.asked.setdefault("text", parts.text)
        chosen = plans(**{name: value for name, value in values.items() if name not in UNTOLD})
        states, was, kept = live(chosen, ticket, lane, give_way), "", -1
        done, steps = 0, 1
        while not ticket.gone:
            slow = SLOW if ticket.asked.get("slow") else 0.0
            ticket.single = ticket.single or bool(slow and ticket.playing)
            now = await asyncio.to_thread(next, states, None)
            if now is None or (ticket.gone and not ticket.lost):
                break
            status = told(now, ticket, lane)
            kept = -1 if ticket.wants else kept  # what was packed is not what will stand then
            if now.trace is not None or status != was:
                done, steps = now.trainings[0].steps_done, now.trainings[0].course.plan.steps
                archive = None
                if not ticket.wants and kept != done:
                    archive = await asyncio.to_thread(packed, now.trainings[0])
                    kept = done
                was = status
                shown = await asyncio.to_thread(figures, now.trace) if now.trace else None
                yield Update(done, steps, status, shown, archive)
            stands = now.waits or not ticket.wants
            await asyncio.sleep(IDLE if stands else slow)
            if slow and not stands and len(lane) > lane.places:
                lane.spend(ticket, slow)  # slow motion costs its time where others wait
        if ticket.lost:
            yield Update(done, steps, LOST)
    finally:
        lane.leave(ticket)


def told(now: Live, ticket: Ticket, lane: Lane) -> str:
    """Where a training is, in a sentence."""
    first = now.trainings[0]
    step = f"Step {first.steps_done:,} of {first.course.plan.steps:,}"
    if now.waits:
        seconds = max(1, math.ceil(lane.wait(ticket)))
        return (
            f"{step}. Number {now.waits} in the queue: before you others may train for "
            f"{seconds} second{'s' * (seconds > 1)}, more while people wait for answers."
        )
    if now.done:
        return f"{step}: trained.{YOURS}"
    if ticket.done:
        return f"{step}: the {lane.seconds:.0f} seconds that one may train are over."
    return f"{step}{'.' if ticket.wants else ', paused.'}"


async def watch(key: str, page: str, lane: Lane = LANE) -> AsyncIterator[Any]:
    """What a run publishes, as it does, until it ends or the page looks at another, or at none.

    Now and then None, of which a page that is gone is noticed to be so.

    key: the run's name; "" for none. page: the name of the page that watches.
    Raises ValueError where there is no run of that name.
    """
    with lane.look(page) as looks:
        ticket, seen, beats = lane.find(key), 0, 0
        if ticket is None and key:
            raise ValueError("There is no run of that name now; please ask for its name again.")
        while ticket is not None and looks() and not ticket.gone:
            number, value = ticket.published
            if number != seen:
                seen, beats = number, 0
                yield value
            elif beats * IDLE >= NEWS:
                beats = 0
                yield None
            await asyncio.sleep(IDLE)
            beats += 1


def panel_value(
    shown: dict[str, Shown],
    told: Callable[[Shown], dict[str, Any]],
    arguments: Mapping[str, Any],
    cell: str,
) -> str:
    """Figures as a panel reads them; their endpoint and their cell give the plan.

    arguments: of `explain`, in its order.
    """
    texts = {name: told(one) for name, one in shown.items()}
    call = {"endpoint": "train", "arguments": list(arguments.values())}
    return json.dumps({"figures": texts, "cell": cell, "call": call})
