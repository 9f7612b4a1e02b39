"""Bounded time, and reasons in one line. The pulling itself is tested with the shelf it is for."""

import threading

import pytest

from seq_models.hub import reason, within
from seq_models.manifest import DamagedWeights

PATIENCE = 60.0  # seconds for what must happen, on a machine that is busy with other things


def test_work_in_time_gives_its_result_or_its_error() -> None:
    assert within(10, lambda: "done") == "done"
    with pytest.raises(ZeroDivisionError):
        within(10, lambda: 1 / 0)


def test_late_work_is_left_behind() -> None:
    end = threading.Event()
    ended = threading.Event()

    def work() -> None:
        end.wait(PATIENCE)
        ended.set()

    with pytest.raises(TimeoutError, match=r"within 0\.1 seconds"):
        within(0.1, work)
    assert not ended.is_set()
    end.set()
    assert ended.wait(PATIENCE)


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
