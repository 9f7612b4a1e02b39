"""How a long translation goes, and how good it is, in sentences."""

from collections.abc import Mapping
from typing import Any

from playground.drawing.sentences import counted


def scored(scores: Mapping[str, Any]) -> str:
    """Corpus BLEU and chrF, with what makes them comparable."""
    lines = counted(scores["lines"], "line")
    return (
        f"On {lines}: BLEU {scores['bleu']:.1f} ({scores['bleu_signature']}), "
        f"chrF {scores['chrf']:.1f} ({scores['chrf_signature']})."
    )


def going(done: int, count: int, seconds: float) -> str:
    """How far it is, and how long it will take (seconds), as people say it."""
    if done == count:
        return f"All {count:,} lines are translated." if count > 1 else "1 line is translated."
    return f"{done:,} of {counted(count, 'line')}" + (f"; {left(seconds)} left." if done else ".")


def left(seconds: float) -> str:
    """A time to wait."""
    if seconds < 90:
        return f"about {max(1, round(seconds))} s"
    return f"about {round(seconds / 60)} minutes"
