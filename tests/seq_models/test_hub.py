"""Bounded time, and reasons in one line. The pulling itself is tested with the shelf it is for."""

import threading
import time

import pytest

from seq_models.hub import reason, within
from seq_models.manifest import DamagedWeights


def test_work_in_time_gives_its_result_or_its_error() -> None:
    assert within(10, lambda: "done") == "done"
    with pytest.raises(ZeroDivisionError):
        within(10, lambda: 1 / 0)


def test_late_work_is_left_behind() -> None:
    never = threading.Event()
    since = time.monotonic()
    with pytest.raises(TimeoutError, match=r"within 0\.1 seconds"):
        within(0.1, never.wait)
    assert time.monotonic() - since < 5
    never.set()


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (ValueError("first line\n\nsecond"), "ValueError: first line"),
        (KeyError(), "KeyError"),
        (TimeoutError("not there"), "not there"),
        (DamagedWeights("this file"), "this file"),
    ],
)
def test_every_error_is_told_in_one_line(error: Exception, line: str) -> None:
    assert reason(error) == line
