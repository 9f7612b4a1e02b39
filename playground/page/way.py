"""What computes in the background gives way to whoever waits for an answer."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 0.25  # seconds that one step in the background waits at most: it goes on, if slowly


class Way:
    """How many wait for an answer now."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._changed = threading.Condition()
        self._waiting = 0

    @contextmanager
    def taken(self) -> Iterator[None]:
        """While an answer is computed."""
        with self._changed:
            self._waiting += 1
        try:
            yield
        finally:
            with self._changed:
                self._waiting -= 1
                self._changed.notify_all()

    def give(self) -> None:
        """Wait until nobody waits for an answer, but not for long."""
        with self._changed:
            self._changed.wait_for(lambda: not self._waiting, self._patience)


WAY = Way()
"""The one of this process."""
