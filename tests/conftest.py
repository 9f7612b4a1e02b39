"""Every test, and every example that hypothesis tries, begins with the same random numbers."""

from collections.abc import Iterator

import hypothesis
import pytest
import torch

from benchmarks.page import served
from tests.browser import browser, page  # noqa: F401


class TorchRandom:
    """torch's random numbers, in the shape in which hypothesis seeds and restores them."""

    def seed(self, number: int) -> None:
        torch.manual_seed(number)

    def getstate(self) -> torch.Tensor:
        return torch.get_rng_state()

    def setstate(self, state: torch.Tensor) -> None:
        torch.set_rng_state(state)


TORCH_RANDOM = TorchRandom()  # hypothesis itself keeps only a weak reference
hypothesis.register_random(TORCH_RANDOM)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Seed torch."""
    torch.manual_seed(0)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What asks the real page needs the process that serves it."""
    for item in items:
        if (
            "address" in getattr(item, "fixturenames", ())
            and item.get_closest_marker("browser") is None
        ):
            item.add_marker(pytest.mark.processes)


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of the real page, one process for all tests that only look at it."""
    with served() as there:
        yield there.address
