"""Settings are checked where the package is called: whole, or finite, each in its range."""

from numbers import Integral, Real


def whole(what: str, value: object, least: int, most: int | None = None) -> int:
    """The value, a whole number of at least `least`. Raises ValueError, in a sentence."""
    right = isinstance(value, Integral) and not isinstance(value, bool)
    if right and least <= value and (most is None or value <= most):  # type: ignore[operator]
        number: int = int(value)  # type: ignore[call-overload]
        return number
    to = "" if most is None else f" and at most {most}"
    raise ValueError(f"{what} is {shown(value)}; it must be a whole number of at least {least}{to}")


def finite(what: str, value: object, least: float, most: float) -> float:
    """The value, a number from `least` to `most`. Raises ValueError, in a sentence."""
    right = isinstance(value, Real) and not isinstance(value, bool)
    if right and least <= value <= most:  # type: ignore[operator]
        return float(value)  # type: ignore[arg-type]
    raise ValueError(f"{what} is {shown(value)}; it must be a number from {least:g} to {most:g}")


def shown(value: object) -> str:
    """A value, short enough for a sentence."""
    text = repr(value) if not isinstance(value, int) or abs(value) < 10**20 else "too large"
    return text if len(text) <= 40 else text[:39] + "…"
