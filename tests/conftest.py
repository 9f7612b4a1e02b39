"""Every test, and every example that hypothesis tries, begins with the same random numbers."""

import os
import subprocess
from collections.abc import Iterator
from multiprocessing.process import BaseProcess
from typing import Any

import hypothesis
import pytest

from benchmarks.page import Served, served
from tests.browser import browser, page  # noqa: F401

os.environ.setdefault("OMP_NUM_THREADS", "1")  # two workers share the cores; before torch is there

WORKERS = 2
NEEDS = {"browser": "browser", "address": "processes"}
"""A marker of every test that asks for a fixture."""


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Two for a folder or the whole, for files the one that is here already."""
    return 0 if any(".py" in asked for asked in config.args) else WORKERS


class TorchRandom:
    """torch's random numbers, in the shape in which hypothesis seeds and restores them."""

    def seed(self, number: int) -> None:
        import torch  # here, so that who only deals the tests out starts sooner

        torch.manual_seed(number)

    def getstate(self) -> Any:
        import torch

        return torch.get_rng_state()

    def setstate(self, state: Any) -> None:
        import torch

        torch.set_rng_state(state)


TORCH_RANDOM = TorchRandom()  # hypothesis itself keeps only a weak reference
hypothesis.register_random(TORCH_RANDOM)
BUSY: dict[str, Any] = {  # a busy machine is no fault
    "deadline": None,
    "suppress_health_check": [hypothesis.HealthCheck.too_slow],
}
hypothesis.settings.register_profile("same", derandomize=True, **BUSY)
hypothesis.settings.register_profile("others", max_examples=1_000, **BUSY)
hypothesis.settings.load_profile("same")  # `--hypothesis-profile others` tries other examples


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser, or the process that serves the page."""
    for item in items:
        for fixture, marker in NEEDS.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(marker)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Seed torch, and let only a test start processes that is marked so."""
    TORCH_RANDOM.seed(0)
    marked = {mark.name for mark in item.iter_markers()} & {"browser", "processes"}
    with pytest.MonkeyPatch.context() as patch:
        if not marked:
            patch.setattr(subprocess.Popen, "__init__", refuse)
            patch.setattr(BaseProcess, "start", refuse)
        return (yield)


def refuse(*_: Any, **__: Any) -> None:
    """Start nothing."""
    pytest.fail("a test that starts a process is marked `processes`")


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of the real page, one process for all tests that only look at it."""
    with served() as there:
        yield there.address


@pytest.fixture(scope="module")
def own() -> Iterator[Served]:
    """A page that no other file of tests asks, and whose log no other writes to."""
    with served() as there:
        yield there
