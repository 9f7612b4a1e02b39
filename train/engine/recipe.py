"""The settings of a training, and how fast it learns at each step."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Recipe:
    """The settings of one training."""

    steps: int
    warmup: int  # steps until the learning rate reaches its peak
    peak: float  # learning rate
    tokens: int  # a batch's size in each field, padding included
    weight_decay: float = 0.01
    beta2: float = 0.98
    clip: float = 1.0  # largest norm of a gradient
    seed: int = 1
    save_every: int = 200  # steps
    average: int = 1  # the result is the mean of this many states, `save_every` steps apart
    accumulate: int = 1  # parts that a process works through one by one in each step

    def rate(self, step: int) -> float:
        """The learning rate at a step: linear warm-up, then linear decay to zero."""
        rising = (step + 1) / self.warmup
        falling = (self.steps - step) / max(1, self.steps - self.warmup)
        return self.peak * min(rising, falling)

    def averages(self, done: int) -> bool:
        """Whether the state after so many steps counts for the mean."""
        missing = self.steps - done
        return missing < self.average * self.save_every and missing % self.save_every == 0


def trainings(config: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What a `config.json` tells of each training, first to last, each from the one before.

    {} is a training before the others that it knows nothing of. [] if it tells of none.
    """
    last = config.get("training")
    if not last:
        return []
    return [*last.get("before", []), {n: value for n, value in last.items() if n != "before"}]
