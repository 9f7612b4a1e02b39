"""As many processes compute as there are cores, once two questions meet.

Threads of one Python process share one interpreter: a class on one process waits for one core while
the others idle. Who is alone needs no more than that process, and pays for none; so workers are
begun only when something is asked while something else is computed, and until one is ready the
page's own process goes on computing. An answer follows from its question alone, so a question whose
worker died is asked again of another, and a new one is begun for the dead. A question of which
several die is told so, and asked no more.

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

from playground.page.answer import BROKEN
from playground.page.backend import Told
from playground.page.questions import TOLD, Asking, Question, Said
from playground.page.way import WAY

ROOT = Path(__file__).parents[2]
READY = "ready"
DEATHS = 3  # of workers that one question may bring about
PATIENCE = 60.0  # seconds that a question whose worker died waits for another

log = logging.getLogger(__name__)


class DiedError(RuntimeError):
    """A worker is gone."""


class Worker:
    """A process that computes. Raises DiedError if it is gone before it is ready."""

    def __init__(self) -> None:
        path = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "playground.worker"],  # -P: the current folder is not ours
            env=os.environ | {"PYTHONPATH": os.pathsep.join(path)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,  # Ctrl-C is the page's; its end closes the worker's input
        )
        while self._line() != READY:  # what a library prints while it is loaded
            pass

    def answer(self, question: Question) -> Said:
        """What it says. Raises DiedError if it is gone, or not to be understood."""
        try:
            print(json.dumps(question), file=self._pipe(self.process.stdin), flush=True)
            answer, refusal = json.loads(self._line())
            told = question.kind == TOLD and not refusal
            return (Told(**answer) if told else answer), refusal
        except (OSError, TypeError, ValueError) as error:
            raise DiedError(f"a worker cannot be spoken with: {error}") from error

    def end(self) -> None:
        """Whatever it is doing."""
        self.process.kill()
        self.process.wait()

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
        self._alive = self._here = 0
        self._begun = False

    def asked(self, question: Question) -> Said:
        """What a worker says, the next one if it dies; computed here while there is none."""
        try:
            json.dumps(question, default=repr)
        except RecursionError:  # lists in lists in lists, which nobody types: no worker is asked
            return None, BROKEN
        with WAY.taken():
            return self._asked(question)

    def _asked(self, question: Question) -> Said:
        for deaths in range(DEATHS):
            worker = self._taken() if deaths == 0 else self._next()
            if worker is None and deaths:
                break  # whatever killed a worker is not tried on the page's own process
            if worker is None:
                return self._computed(question)
            try:
                said = worker.answer(question)
            except DiedError as error:
                log.warning("%s; another one is begun", error)
                self._replace(worker)
                continue
            except BaseException:  # of whatever kind: a worker that is not given back is missed
                self._replace(worker)
                raise
            with self._changed:
                self._free.append(worker)
                self._changed.notify()
            return said
        log.error("no worker outlives %s %s", question.kind, question.name)
        return None, BROKEN

    def _computed(self, question: Question) -> Said:
        """Answered by this process, which `_taken` has counted."""
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

    def _next(self) -> Worker | None:
        """A free worker, waited for as long as a new one takes to begin."""
        with self._changed:
            self._changed.wait_for(lambda: self._free, PATIENCE)
            return self._free.pop() if self._free else None

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

    def _replace(self, worker: Worker) -> None:
        """One is dead, or as good as that."""
        worker.end()
        with self._changed:
            self._alive -= 1
            self._begin()
            self._changed.notify_all()
