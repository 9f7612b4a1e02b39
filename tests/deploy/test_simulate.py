"""The simulation agrees with what queueing theory says in closed form."""

import random
import statistics
import sys
from functools import partial
from pathlib import Path

import pytest

from deploy import simulate
from deploy.simulate import Workload, needed, percentile, simulated, smallest

SERVICE = 0.02  # seconds


def exponential(mean: float, drawn: random.Random) -> float:
    return drawn.expovariate(1 / mean)


def no_time(_: random.Random) -> float:
    return 0.0


def always(_: random.Random) -> float:
    return SERVICE


def crowd(load: float, replicas: int, answer: float) -> tuple[int, Workload]:
    """Many people who think long, so that their changes are as good as a Poisson process.

    answer: the seconds that an answer will take, in which nobody changes anything.
    """
    people = 2_000
    thinking = people * SERVICE / (load * replicas) - answer
    return people, Workload(partial(exponential, thinking), no_time, partial(exponential, SERVICE))


def test_one_replica_with_exponential_times_is_as_slow_as_m_m_1() -> None:
    """Mean time in the system: s / (1 - load). Kleinrock (1975), Queueing Systems, section 3.2."""
    law = SERVICE / (1 - 0.7)
    people, work = crowd(0.7, 1, law)
    found = statistics.fmean(simulated(people, 1, 1, work, seconds=3_000.0))
    assert found == pytest.approx(law, rel=0.06)


def test_one_replica_with_equal_times_is_as_slow_as_m_d_1() -> None:
    """Mean wait: load * s / (2 (1 - load)), by Pollaczek and Khinchine."""
    law = SERVICE + 0.7 * SERVICE / (2 * 0.3)
    people, work = crowd(0.7, 1, law)
    equal = Workload(work.thinking, no_time, always)
    found = statistics.fmean(simulated(people, 1, 1, equal, seconds=3_000.0))
    assert found == pytest.approx(law, rel=0.06)


def test_the_less_busy_of_two_is_as_slow_as_in_the_supermarket() -> None:
    """Mean time of many replicas: s * sum of load ** (2 ** i - 2). Mitzenmacher (2001)."""
    law = SERVICE * sum(0.8 ** (2**i - 2) for i in range(1, 12))
    people, work = crowd(0.8, 100, law)
    found = statistics.fmean(simulated(people, 1, 100, work, seconds=60.0))
    assert found == pytest.approx(law, rel=0.06)


def test_a_person_waits_at_the_page_and_at_the_models() -> None:
    quiet = Workload(lambda _: 10.0, always, always)
    assert simulated(1, 1, 1, quiet) == pytest.approx([2 * SERVICE] * 3)


def test_the_numbers_that_it_finds_are_enough_and_one_less_is_not() -> None:
    work = Workload(lambda drawn: drawn.uniform(3.0, 8.0), always, always)
    pages, models, slow = needed(300, work, SERVICE, SERVICE)
    assert slow < 0.5
    fewer = percentile(simulated(300, pages, models - 1, work)) if models > 1 else 1.0
    assert fewer >= 0.5


@pytest.mark.parametrize("wanted", [3, 4, 17, 100])
def test_the_smallest_number_that_is_enough(wanted: int) -> None:
    assert smallest(3, lambda count: count >= wanted) == wanted


@pytest.mark.parametrize(
    ("flags", "told"),
    [
        (["--people", "0"], "invalid positive value: '0'"),
        (["--measured", "nowhere.json"], "nowhere.json"),
        (["--measured", "empty.json"], "has no 'page_seconds'"),
    ],
)
def test_what_cannot_be_simulated_is_told_in_a_sentence(
    flags: list[str],
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty.json").write_text("{}")
    monkeypatch.setattr(sys, "argv", ["simulate", *flags])
    with pytest.raises(SystemExit) as ended:
        simulate.main()
    assert told in capsys.readouterr().err + str(ended.value)
