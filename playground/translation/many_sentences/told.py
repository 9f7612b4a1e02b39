"""How a long translation goes, and how good it is, in sentences."""

from collections.abc import Mapping
from typing import Any


def scored(scores: Mapping[str, Any]) -> str:
    """Corpus BLEU and chrF, with what makes them comparable."""
    return (
        f"On {lines(scores['lines'])}: BLEU {scores['bleu']:.1f} ({scores['bleu_signature']}), "
        f"chrF {scores['chrf']:.1f} ({scores['chrf_signature']})."
    )


def going(done: int, count: int, seconds: float) -> str:
    """How far it is, and how long it will take (seconds), as people say it."""
    if done == count:
        return f"All {count:,} lines are translated." if count > 1 else "1 line is translated."
    return f"{done:,} of {lines(count)}" + (f"; {left(seconds)} left." if done else ".")


def lines(count: int) -> str:
    """How many lines."""
    return "1 line" if count == 1 else f"{count:,} lines"


def left(seconds: float) -> str:
    """A time to wait."""
    if seconds < 90:
        return f"about {max(1, round(seconds))} s"
    return f"about {round(seconds / 60)} minutes"
