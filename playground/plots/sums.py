"""Sums as they are written on paper: what both tabs' formulas are filled in with."""

from collections.abc import Sequence

from playground.plots.figure import minus

MOST = 8  # numbers of a sum that are written out


def added(numbers: Sequence[float], digits: int) -> str:
    """Numbers with plus signs between them; of many only the first."""
    told = [signed(number, digits) for number in numbers[:MOST]]
    return " + ".join(told) + (" + …" if len(numbers) > MOST else "")


def signed(number: float, digits: int) -> str:
    """A number; a negative one in brackets, so that it can be added."""
    told = minus(f"{number:.{digits}f}")
    return f"({told})" if told.startswith("−") else told
