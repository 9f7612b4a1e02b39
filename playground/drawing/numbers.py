"""Numbers as people write them: percent with three digits, a real minus, sums as on paper."""

from collections.abc import Sequence
from decimal import Decimal

MOST = 8  # numbers of a sum that are written out
MANY = 1e6  # times; more of them no digit tells


def percent(probability: float) -> str:
    """A probability (0..1) for people: at most three significant digits."""
    value = 100 * float(probability)
    if value == 0:
        return "0 %"
    if value < 0.01:
        return "< 0.01 %"
    return f"{value:.3g} %" if value < 99.95 else "100 %"


def minus(number: str) -> str:
    """A number's text with the minus sign of print."""
    return number.replace("-", "−")


def written(number: float) -> str:
    """A whole number with commas, any other with six digits at most; never as 2e+09."""
    if float(number).is_integer():
        return minus(f"{int(number):,}")
    return minus(f"{number:,.6f}".rstrip("0").rstrip("."))


def brief(number: float, digits: int = 3) -> str:
    """A number with some significant digits, as people write it: 0.000039 or 12,300."""
    return minus(f"{Decimal(f'{float(number):.{digits}g}'):,f}")


def rounded(number: float, digits: int) -> str:
    """A number with so many decimals; never a zero below zero."""
    return minus(f"{round(float(number), digits) + 0.0:.{digits}f}")


def multiple(many: float) -> str:
    """How many times, with as many digits as tell it from once: "1.0033"; "" for hardly more."""
    if many >= MANY:
        return "over a million"
    return next((told for told in (brief(many, n) for n in (3, 6)) if told != "1"), "")


def change(number: float, digits: int = 1) -> str:
    """A number with its sign, and 0 without one: "+1.2", "−0.3", "0.0"."""
    sign = "+" * (round(float(number), digits) > 0)
    return sign + rounded(number, digits)


def whole_percent(probability: float) -> str:
    """A probability (0..1) in a narrow cell; none that is not 0 or 1 reads as if it were."""
    value = 100 * float(probability)
    if 0 < value < 0.5:
        return "< 1 %"
    return "> 99 %" if 99.5 <= value < 100 else f"{value:.0f} %"


def shorten(word: str, most: int = 18) -> str:
    """A word that fits beside a figure."""
    return word if len(word) <= most else word[: most - 1] + "…"


def added(numbers: Sequence[float], digits: int) -> str:
    """Numbers with plus signs between them; of many only the first."""
    texts = [signed(number, digits) for number in numbers[:MOST]]
    return " + ".join(texts) + (" + …" if len(numbers) > MOST else "")


def signed(number: float, digits: int) -> str:
    """A number; a negative one in brackets, so that it can be added."""
    text = minus(f"{number:.{digits}f}")
    return f"({text})" if text.startswith("−") else text
