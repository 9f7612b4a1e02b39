"""A live training as its page and its watchers see it, in one process and without a browser."""

import asyncio
import io
import json
import time
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
import torch

from playground.learning.course import Training, copied, whole
from playground.learning.lane import Lane, Ticket
from playground.learning.train import explain as explaining
from playground.learning.train import streaming
from playground.learning.train.controls import name_in
from playground.learning.train.explain import advance, askable, explain, live, plans
from playground.learning.train.streaming import Update, panel_value, stream, watch
from tests.playground.learning.small import plan

CHOSEN: dict[str, Any] = {
    "task": "backwards", "model": "attention", "examples": "same", "rival": "nobody",
    "width": "16", "layers": 1, "heads": 1, "rate": "recommended", "batch": 8, "steps": 4,
    "seed": 1, "positions": True, "pairs": "",
}  # fmt: skip


def lane() -> Lane:
    return Lane(patience=1_000.0)


def at_once() -> None:
    """Give way to nobody."""


def updates_of(track: Lane, ends: Callable[[Ticket, Update], bool]) -> list[Update]:
    """What a page is told of its training, until `ends` says so, or the stream ends."""

    async def told() -> list[Update]:
        found, ticket = [], track.enter()
        async for update in stream({"text": "window", **CHOSEN}, ticket, track):
            found.append(update)
            if ends(ticket, update):
                break
        return found

    return asyncio.run(told())


def test_a_stream_trains_to_the_end_and_then_there_is_something_to_keep() -> None:
    updates = updates_of(lane(), lambda _, update: update.archive is not None)
    assert updates[-1].done == updates[-1].steps == 4
    assert "trained" in updates[-1].status
    shown = [update.figures for update in updates if update.figures]
    assert "window" in shown[-1]["live-film"].sentence


def test_a_page_that_was_not_heard_of_is_told_so() -> None:
    track = lane()

    def silent(_: Ticket, __: Update) -> bool:
        track.patience = -1_000.0
        return False

    assert "was not heard of" in updates_of(track, silent)[-1].status


def test_slow_motion_begins_with_one_step() -> None:
    track, steps = lane(), []

    async def told() -> None:
        ticket = track.enter()
        ticket.asked["slow"] = True
        async for update in stream({"text": "window", **CHOSEN, "steps": 100}, ticket, track):
            steps.append(update.done)
            if update.done:
                break

    asyncio.run(told())
    assert steps[-1] == 1


def test_what_is_taken_away_is_what_stands_there_when_it_pauses(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(CHOSEN, "steps", 1_000)
    kept: list[int] = []

    def pauses(ticket: Ticket, update: Update) -> bool:
        if update.archive is not None:
            kept.append(update.done)
            ticket.playing = len(kept) == 1
            ticket.single = False
        elif update.done > 0:
            ticket.playing = False
        return len(kept) == 2

    last = updates_of(lane(), pauses)[-1]
    assert kept == sorted(set(kept))
    assert last.archive is not None
    with zipfile.ZipFile(io.BytesIO(last.archive)) as archive:
        assert f": {kept[-1]} steps of" in archive.read("training.ipynb").decode()


def test_who_went_on_in_vain_may_still_take_away_what_stands_there() -> None:
    """It pauses, wants to go on while another has the place, and pauses again."""
    track = Lane(places=1, patience=1_000.0)
    archives: list[int] = []

    async def told() -> None:
        ticket = track.enter()
        async for update in stream({"text": "window", **CHOSEN}, ticket, track):
            if update.archive is not None:
                archives.append(update.done)
                if len(archives) == 2:
                    break
                other = track.enter()
                track.turn(other)  # it has the place now
                ticket.playing = True
            elif update.done > 0 or archives:
                ticket.playing = False

    asyncio.run(asyncio.wait_for(told(), 60))
    assert archives[0] == archives[1]


@pytest.mark.parametrize("text", ["", " \n", "\u3164", "\ufe0f", "\x00a", "\ud800"])
def test_what_holds_nothing_to_read_is_not_asked(text: str) -> None:
    assert not askable(text)
    assert askable("a")


@pytest.mark.parametrize(
    "typed", ["ab12cd34", " AB12CD34 ", "/?tab=learning&view=train&train.watched=%22ab12cd34%22"]
)
def test_a_run_is_named_by_its_name_or_its_link(typed: str) -> None:
    assert name_in(typed) == "ab12cd34"
    assert name_in("another") == "another"


def test_who_watches_a_run_that_stands_still_is_asked_whether_they_are_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(streaming, "NEWS", 0.3)

    async def looks() -> None:
        track = lane()
        async for value in watch(track.enter().key, "page", track):
            assert value is None
            return

    asyncio.run(asyncio.wait_for(looks(), 60))


def test_who_goes_is_told_nothing() -> None:
    track = lane()

    def goes(ticket: Ticket, _: Update) -> bool:
        track.leave(ticket)
        return False

    assert "heard" not in updates_of(track, goes)[-1].status


def test_a_panel_says_what_computed_its_figures() -> None:
    value = json.loads(panel_value({}, lambda _: {}, {"text": "a", "steps": 4}, "trace = 1"))
    assert value["call"] == {"endpoint": "train", "arguments": ["a", 4]}
    assert value["cell"] == "trace = 1"


def test_pause_and_go_on_equals_not_pausing() -> None:
    straight = whole(plan(steps=5), 12)
    track = lane()
    ticket = track.enter()
    ticket.asked["text"] = "window"
    states = live([plan(steps=5)], ticket, track, at_once)
    ticket.playing = False
    assert next(states).trainings[0].steps_done == 0
    ticket.single = True
    assert next(states).trainings[0].steps_done == 1
    assert next(states).trainings[0].steps_done == 1
    ticket.asked.update(text="learning", stage=1)
    assert next(states).trace is not None
    ticket.playing = True
    while not (now := next(states)).done:
        pass
    last = copied(now.trainings[0].model)
    assert all(torch.equal(last[name], value) for name, value in straight.states[-1].items())


def test_a_race_makes_the_same_steps_on_both_sides() -> None:
    track = lane()
    ticket = track.enter()
    racing = [Training(plan(kind=kind)) for kind in ("summary", "attention")]
    ticket.playing, ticket.single = False, True
    advance(racing, ticket, at_once)
    assert [one.steps_done for one in racing] == [1, 1]
    assert not ticket.single


def test_every_step_gives_way_first_and_that_time_is_not_the_persons(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now, made = [0.0], []
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    ticket, training = lane().enter(), Training(plan(steps=3))

    def give_way() -> None:
        made.append(training.steps_done)
        now[0] += 0.125

    took = advance([training], ticket, give_way)
    assert made == [0, 1, 2]
    assert took == 0.0


def test_a_vanished_page_ends_the_training() -> None:
    now = [0.0]
    track = Lane(patience=4.0, grace=0.0, clock=lambda: now[0])
    ticket = track.enter()
    ticket.asked["text"] = "window"
    states = live([plan(steps=3_000)], ticket, track, at_once)
    next(states)
    for _ in range(9):
        now[0] += 0.5
        next(states, None)
    assert list(states) == []
    assert len(track) == 0


def test_fifty_watchers_see_what_is_published_and_the_end() -> None:
    async def class_room() -> list[list[Any]]:
        track = lane()
        ticket = track.enter()

        async def one(number: int) -> list[Any]:
            return [value async for value in watch(ticket.key, str(number), track)]

        watchers = [asyncio.create_task(one(number)) for number in range(50)]
        for value in ("first", "last"):
            track.publish(ticket, value)
            await asyncio.sleep(0.7)
        track.leave(ticket)
        return await asyncio.gather(*watchers)

    for seen in asyncio.run(class_room()):
        assert seen == ["first", "last"]


@pytest.mark.parametrize("other", [True, False])
def test_a_page_watches_one_run_the_one_it_asked_for_last(other: bool) -> None:
    async def two() -> list[list[Any]]:
        track = lane()
        first, second = track.enter(), track.enter()
        track.publish(first, "first")
        track.publish(second, "second")

        async def one(key: str, page: str) -> list[Any]:
            return [value async for value in watch(key, page, track)]

        looks = [asyncio.create_task(one(first.key, page)) for page in ("a", "b")]
        await asyncio.sleep(0.5)
        looks.append(asyncio.create_task(one(second.key if other else "", "a")))
        await asyncio.sleep(0.5)
        assert looks[0].done()  # no longer told of the first
        assert not looks[1].done()
        for ticket in (first, second):
            track.leave(ticket)
        return await asyncio.gather(*looks)

    assert asyncio.run(two()) == [["first"], ["first"], ["second"] if other else []]


def test_a_run_that_is_not_there_is_told_in_a_sentence() -> None:
    async def look() -> None:
        async for _ in watch("nothing", "page", lane()):
            pass

    with pytest.raises(ValueError, match="no run of that name"):
        asyncio.run(look())


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"model": "attention", "rival": "one_head"}, "Only a Transformer has heads"),
        ({"model": "transformer", "rival": "one_head", "heads": 1}, "It has one head as it is"),
        ({"model": "summary", "rival": "summary"}, "of the same kind"),
    ],
)
def test_a_race_against_nobody_is_told(asked: dict[str, Any], why: str) -> None:
    trace = explain("window", **asked)
    assert len(trace.models) == 1
    assert len(trace.notes) == 1
    assert why in trace.notes[0]
    assert not explain("window", **asked | {"rival": "nobody"}).notes


def test_a_plan_tells_every_parameter_once() -> None:
    for kind in ("summary", "attention", "transformer"):
        for model in explain("window", model=kind, width="16").models:
            assert sum(model.parameters) == model.total > 1_000


def test_in_a_race_with_one_head_only_the_heads_differ() -> None:
    first, second = plans(**CHOSEN | {"model": "transformer", "rival": "one_head", "heads": 4})
    assert (first.heads, second.heads) == (4, 1)
    assert (first.seed, first.batch, first.steps) == (second.seed, second.batch, second.steps)


def test_own_pairs_are_wanted_where_they_are_chosen() -> None:
    with pytest.raises(ValueError, match="no pairs of your own"):
        explain("a", examples="own")
    pairs = "\n".join(f"w{n}\tv{n}" for n in range(30))
    assert explain("a", examples="own", pairs=pairs).task == "own"


@pytest.mark.parametrize("others", [0, 1])
def test_slow_motion_costs_its_time_only_where_others_wait(
    others: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streaming, "SLOW", 0.5)
    monkeypatch.setattr(explaining, "advance", lambda *asked: 0.0 * advance(*asked))
    monkeypatch.setitem(CHOSEN, "steps", 1_000)
    track = Lane(places=1, patience=1_000.0)
    used = []

    def slowly(ticket: Ticket, _: Update) -> bool:
        if not used and others:
            track.enter()
        ticket.asked["slow"] = True
        used.append(ticket.used)
        return len(used) == 5

    updates_of(track, slowly)
    paid = used[-1] - used[1]  # for some steps, which take no time of their own here
    assert paid >= 1.0 if others else paid == 0
