"""As many processes compute as there are cores, once two people ask at the same moment.

Threads of one Python process share one interpreter: a class on one process waits for one core while
the others idle. Who is alone needs no more than that process, and pays for none; so workers are
begun only when somebody asks while something else is computed, and until one is ready the page's
own process goes on computing. An answer follows from its question alone, so a question whose
worker died is asked again of another, and a new one takes the place of the dead.

A worker is `python -m playground.worker`. Questions and answers are one line of JSON each.
"""

import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO

from playground.page.backend import Told
from playground.page.questions import TOLD, Asking, Question, Said

ROOT = Path(__file__).parents[2]
READY = "ready"
DEATHS = 10  # of workers; whoever comes after them is answered by those left, or here

log = logging.getLogger(__name__)


class DiedError(RuntimeError):
    """A worker is gone."""


class Worker:
    """A process that computes. Raises DiedError if it is gone before it is ready."""

    def __init__(self) -> None:
        path = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "playground.worker"],
            env=os.environ | {"PYTHONPATH": os.pathsep.join(path)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        if self._line() != READY:
            raise DiedError("a worker did not become ready")

    def answer(self, question: Question) -> Said:
        """What it says. Raises DiedError if it is gone, TypeError for what is no JSON."""
        asked = json.dumps(question)
        try:
            print(asked, file=self._pipe(self.process.stdin), flush=True)
        except OSError as error:
            raise DiedError(f"a worker takes no questions: {error}") from error
        answer, refusal = json.loads(self._line())
        told = question.kind == TOLD and not refusal
        return (Told(**answer) if told else answer), refusal

    def _line(self) -> str:
        line = self._pipe(self.process.stdout).readline()
        if not line.endswith("\n"):
            raise DiedError(f"a worker is gone, exit code {self.process.wait()}")
        return line.rstrip("\n")

    def _pipe(self, pipe: IO[str] | None) -> IO[str]:
        assert pipe is not None
        return pipe


class Workers(Asking):
    """A backend (`playground.page.backend`) of some processes.

    count: how many; with fewer than two this process computes alone. start: makes a worker.
    """

    def __init__(self, count: int, start: Callable[[], Worker] = Worker) -> None:
        self._count, self._start = count if count > 1 else 0, start
        self._changed = threading.Condition()
        self._free: list[Worker] = []
        self._alive = self._here = self._deaths = 0
        self._begun = False

    def asked(self, question: Question) -> Said:
        """What a worker says, the next one if it dies; computed here while there is none."""
        while (worker := self._taken()) is not None:
            try:
                said = worker.answer(question)
            except DiedError as error:
                log.warning("%s; another one takes its place", error)
                self._replaced()
                continue
            with self._changed:
                self._free.append(worker)
                self._changed.notify()
            return said
        try:
            return question.answer()
        finally:
            with self._changed:
                self._here -= 1

    def _taken(self) -> Worker | None:
        """A free worker, waited for; None where this process is to compute, and is counted so."""
        with self._changed:
            self._changed.wait_for(lambda: self._free or not self._alive)
            if self._free:
                return self._free.pop()
            self._here += 1
            if self._here > 1 and not self._begun:
                self._begun = True
                for _ in range(self._count):
                    self._begin()
            return None

    def _begin(self) -> None:
        threading.Thread(target=self._add, daemon=True).start()

    def _add(self) -> None:
        """Start one more; it takes some seconds."""
        try:
            worker = self._start()
        except (DiedError, OSError) as error:
            log.warning("no worker could be begun: %s", error)
            return
        with self._changed:
            self._alive += 1
            self._free.append(worker)
            self._changed.notify()

    def _replaced(self) -> None:
        """One is dead."""
        with self._changed:
            self._alive -= 1
            self._deaths += 1
            if self._deaths <= DEATHS:
                self._begin()
            self._changed.notify_all()
