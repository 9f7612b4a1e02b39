"""Settings that learn soon; train/RESULTS.md says which of them were measured.

python -m benchmarks.learning
"""

from typing import NamedTuple


class Fast(NamedTuple):
    """Sizes and settings of a training."""

    width: int
    layers: int
    rate: float  # learning rate
    batch: int
    steps: int


FASTEST = {
    ("backwards", "summary"): Fast(64, 1, 0.005, 64, 600),
    ("backwards", "attention"): Fast(64, 1, 0.01, 64, 300),
    ("backwards", "transformer"): Fast(64, 2, 0.004, 64, 500),
    ("numbers", "summary"): Fast(64, 1, 0.005, 32, 500),
    ("numbers", "attention"): Fast(64, 1, 0.01, 16, 900),
    ("numbers", "transformer"): Fast(64, 2, 0.004, 16, 1_500),
    ("dates", "summary"): Fast(64, 1, 0.005, 32, 500),
    ("dates", "attention"): Fast(64, 1, 0.01, 32, 300),
    ("dates", "transformer"): Fast(64, 1, 0.005, 32, 900),
    ("phrases", "summary"): Fast(64, 1, 0.01, 32, 300),
    ("phrases", "attention"): Fast(64, 1, 0.01, 32, 300),
    ("phrases", "transformer"): Fast(64, 1, 0.005, 32, 300),
}
"""By task and kind of model."""
LIKE = {"english_numbers": "numbers", "numbers_back": "numbers", "own": "phrases"}
"""Tasks that were not measured, and the one that is most like each."""


def fastest(task: str, kind: str) -> Fast:
    """The settings that learn a task soonest with a kind of model."""
    return FASTEST[LIKE.get(task, task), kind]


RECORDED_WITH = {
    ("backwards", "summary"): Fast(32, 1, 0.005, 64, 500),
    ("backwards", "attention"): Fast(32, 1, 0.01, 64, 500),
    ("backwards", "transformer"): Fast(24, 2, 0.006, 64, 700),
    ("numbers", "summary"): Fast(32, 1, 0.01, 16, 1_400),
    ("numbers", "attention"): Fast(32, 1, 0.01, 16, 1_400),
    ("numbers", "transformer"): Fast(24, 2, 0.006, 16, 1_800),
    ("dates", "summary"): Fast(32, 1, 0.01, 32, 400),
    ("dates", "attention"): Fast(32, 1, 0.01, 32, 400),
    ("dates", "transformer"): Fast(32, 1, 0.005, 32, 900),
    ("phrases", "summary"): Fast(32, 1, 0.01, 32, 400),
    ("phrases", "attention"): Fast(32, 1, 0.01, 32, 400),
    ("phrases", "transformer"): Fast(32, 1, 0.005, 32, 300),
}
"""What the page's recorded trainings were made with: small, so that their states are."""
