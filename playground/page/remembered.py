"""What was answered is remembered for a while: a class asks the same thing in the same minute.

An answer follows from what was asked alone, so whoever asks the same gets the same; of several who
ask it at one moment only the first has it computed, and the others wait for that.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sized
from concurrent.futures import Future
from typing import Generic, TypeVar

MOST = 16 * 2**20  # characters of all answers that are remembered
HUGE = 2  # one of so many parts of that is not remembered

T = TypeVar("T", bound=Sized)


class Remembered(Generic[T]):
    """What keys have been answered with, the latest ones up to `most` in length together."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._size = 0
        self._kept: OrderedDict[str, T] = OrderedDict()
        self._pending: dict[str, Future[T]] = {}
        self._lock = threading.Lock()

    def get(self, key: str, compute: Callable[[], T]) -> T:
        """The answer for a key, computed if it is not there. Threads may ask at the same moment.

        Raises what `compute` raises, to all who wait for it; nothing of that is remembered.
        """
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            waited = self._pending.get(key)
            mine: Future[T] = Future()
            if waited is None:
                self._pending[key] = mine
        if waited is not None:
            return waited.result()
        try:
            answer = compute()
        except BaseException as error:
            mine.set_exception(error)
            raise
        else:
            self._keep(key, answer)
            mine.set_result(answer)
            return answer
        finally:
            with self._lock:
                del self._pending[key]

    def _keep(self, key: str, answer: T) -> None:
        """Remember an answer; the longest unasked ones go. One that is huge takes no place."""
        if len(key) + len(answer) > self._most / HUGE:
            return
        with self._lock:
            self._kept[key] = answer
            self._size += len(key) + len(answer)
            while self._size > self._most:
                old, gone = self._kept.popitem(last=False)
                self._size -= len(old) + len(gone)
