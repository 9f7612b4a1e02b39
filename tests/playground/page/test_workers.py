"""Several processes answer what one would, and nothing is lost where one of them dies."""

import io
import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any, cast

import pytest

from app import TABS
from playground.page.answer import BROKEN, first_values
from playground.page.backend import HERE, Told
from playground.page.questions import Question, Said
from playground.page.workers import DEATHS, DiedError, Worker, Workers

TAB = TABS[0]
INSTRUMENT = TAB.instruments[0]
PATIENCE = 60.0  # seconds; far more than a test takes
MANY = 4  # people at the same moment


class StandIn(Worker):
    """A worker without a process; what it answers is a function's."""

    def __init__(self, answer: Callable[[Question], Said]) -> None:
        self._answer = answer

    def answer(self, question: Question) -> Said:
        return self._answer(question)

    def end(self) -> None:
        """There is nothing to end."""


def refuse(_: Question) -> Said:
    return None, "please type a word"


def die(_: Question) -> Said:
    raise DiedError("a worker is gone")


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds; fails if it never does."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


class Crowded:
    """Workers, made by a function, of which several people asked at the same moment.

    None is there before all of those have been answered by this process.
    """

    def __init__(self, make: Callable[[int], Worker], cores: int = 2) -> None:
        """make: given how many there were before."""
        self.begun: list[Worker | None] = []
        self._make, self._come = make, threading.Event()
        self._lock = threading.Lock()
        self.workers = Workers(cores, self._start)
        together = threading.Barrier(MANY)

        def computed(_: Question) -> Said:
            together.wait(PATIENCE)
            return "here", ""

        with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(MANY) as people:
            patch.setattr(Question, "answer", computed)
            asked = people.map(
                lambda _: self.workers.called(INSTRUMENT.explain, "The cat"), range(MANY)
            )
            assert {*asked} == {"here"}
        self._come.set()

    def _start(self) -> Worker:
        assert self._come.wait(PATIENCE)
        with self._lock:
            self.begun.append(None)
            return self._make(len(self.begun) - 1)

    def refuses(self) -> bool:
        """Whether a worker answered that refuses everything."""
        try:
            answer = self.workers.called(INSTRUMENT.explain, "The cat")
        except ValueError:
            return True
        assert answer["tokens"] == ["The", " cat"]
        return False


def test_a_question_of_lists_in_lists_costs_no_worker() -> None:
    nested: list[Any] = []
    for _ in range(5_000):
        nested = [nested]
    crowded = Crowded(lambda _: StandIn(refuse))
    until(crowded.refuses)
    with pytest.raises(ValueError, match=BROKEN):
        crowded.workers.called(INSTRUMENT.explain, nested)
    assert crowded.refuses()
    assert len(crowded.begun) == 2


def test_a_worker_that_fails_in_another_way_is_replaced() -> None:
    def fails(_: Question) -> Said:
        raise MemoryError

    crowded = Crowded(lambda before: StandIn(fails if before < 2 else refuse))
    failed: list[bool] = []

    def refuses() -> bool:
        try:
            return crowded.refuses()
        except MemoryError:
            failed.append(True)
            return False

    until(lambda: len(crowded.begun) == 2)
    until(refuses)
    assert failed


def test_who_is_alone_is_answered_by_this_process() -> None:
    begun: list[int] = []

    def start() -> Worker:
        begun.append(1)
        return StandIn(refuse)

    workers = Workers(2, start)
    for _ in range(3):
        assert workers.called(INSTRUMENT.explain, "The cat")["tokens"] == ["The", " cat"]
    assert not begun


def test_two_at_once_begin_a_worker_for_each_core() -> None:
    crowded = Crowded(lambda _: StandIn(refuse), cores=3)
    until(lambda: len(crowded.begun) == 3)
    until(crowded.refuses)
    assert all(crowded.refuses() for _ in range(5))
    assert len(crowded.begun) == 3


def test_one_core_computes_alone() -> None:
    crowded = Crowded(lambda _: StandIn(refuse), cores=1)
    assert not crowded.refuses()
    assert not crowded.begun


def test_a_question_whose_worker_died_is_asked_of_another() -> None:
    heard: list[Question] = []

    def answer(question: Question) -> Said:
        heard.append(question)
        return die(question) if len(heard) < DEATHS else refuse(question)

    crowded = Crowded(lambda _: StandIn(answer))
    until(crowded.refuses)
    assert heard == [heard[0]] * DEATHS
    until(lambda: len(crowded.begun) == 2 + DEATHS - 1)


def test_a_question_that_kills_whoever_hears_it_is_told_so_and_not_tried_here() -> None:
    crowded = Crowded(lambda _: StandIn(die))
    until(lambda: len(crowded.begun) == 2)
    until(lambda: broken(crowded.workers))
    until(lambda: len(crowded.begun) == 2 + DEATHS)


def broken(workers: Workers) -> bool:
    """Whether a question came to nothing by a fault of the page's own."""
    try:
        workers.called(INSTRUMENT.explain, "The cat")
    except ValueError as error:
        return str(error) == BROKEN
    return False


def test_a_worker_that_is_not_to_be_understood_counts_as_dead(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    worker = StandIn(refuse)
    worker.process = cast(Any, SimpleNamespace(stdin=None))
    monkeypatch.setattr(Worker, "_pipe", lambda *_: io.StringIO())
    monkeypatch.setattr(Worker, "_line", lambda _: "{half")
    for question in (Question("models"), Question("models", "", ({1, 2},))):
        with pytest.raises(DiedError, match="cannot be spoken with"):
            Worker.answer(worker, question)


def test_where_no_worker_can_be_begun_this_process_goes_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def make(_: int) -> Worker:
        raise OSError("no memory")

    crowded = Crowded(make)
    until(lambda: caplog.text.count("no memory") == 2)
    assert not crowded.refuses()


@pytest.mark.processes
def test_a_worker_answers_what_this_process_would_and_ends_when_nobody_asks_any_more() -> None:
    worker = Worker()
    asked: list[tuple[Any, Question]] = []
    for tab in TABS:
        instrument = tab.instruments[0]
        values = first_values([*tab.inputs, *instrument.settings])
        asked.append((HERE.told(instrument, values), Question("told", instrument.room, (), values)))
    asked.append(
        (
            HERE.called(INSTRUMENT.explain, "The café", model="gru"),
            Question("called", f"{INSTRUMENT.room}.explain.explain", ("The café",), {}),
        )
    )
    for expected, question in asked:
        found, refusal = worker.answer(question)
        assert refusal == ""
        assert type(found) is type(expected)
        if isinstance(found, Told):
            assert found.kept == expected.kept
            assert len(found.panel) == pytest.approx(len(expected.panel), rel=0.01)
        else:
            assert found["tokens"] == expected["tokens"]
    _, refusal = worker.answer(Question("called", f"{INSTRUMENT.room}.explain.explain", ("",), {}))
    assert "please type" in refusal
    assert worker.process.stdin is not None
    worker.process.stdin.close()
    assert worker.process.wait(PATIENCE) == 0


@pytest.mark.processes
def test_a_worker_that_is_killed_is_told_of_as_gone() -> None:
    worker = Worker()
    os.kill(worker.process.pid, signal.SIGKILL)
    with pytest.raises(DiedError):
        worker.answer(Question("models"))
