"""Many people at once: threads that take turns so often that whatever they share is mixed up."""

import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Answer = TypeVar("Answer")
PEOPLE = 8
TURN = 1e-5  # seconds; Python's own are 500 times as long


def together(calls: Sequence[Callable[[], Answer]]) -> list[Answer]:
    """The answer to each call, of eight at a time."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(TURN)
    try:
        with ThreadPoolExecutor(PEOPLE) as threads:
            return list(threads.map(lambda call: call(), calls))
    finally:
        sys.setswitchinterval(before)
