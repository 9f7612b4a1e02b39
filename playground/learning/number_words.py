"""Numbers in words: "quatre-vingt-onze mille" is 91000. French counts in twenties now and then.

Spelling before the reform of 1990: hyphens below a hundred, except around "et".
"""

import random
import re
from collections.abc import Callable

from playground.learning.task import Pair, Task

FRENCH = (
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
    "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
)  # fmt: skip
FRENCH_TENS = ("", "", "vingt", "trente", "quarante", "cinquante", "soixante", "soixante",
               "quatre-vingt", "quatre-vingt")  # fmt: skip
ENGLISH = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
ENGLISH_TENS = (
    "-", "-", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
)  # fmt: skip
DIGITS = 6  # of the largest number


def french(number: int) -> str:
    """A whole number below a million in French words."""
    thousands, rest = divmod(number, 1000)
    if not thousands:
        return french_hundreds(rest, last=True)
    count = "" if thousands == 1 else french_hundreds(thousands, last=False) + " "
    return f"{count}mille" + (f" {french_hundreds(rest, last=True)}" if rest else "")


def french_hundreds(number: int, last: bool) -> str:
    """Below a thousand. last: no word follows, so "cents" and "quatre-vingts" keep their s."""
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return french_tens(rest, last)
    cent = "cent" if hundreds == 1 else f"{FRENCH[hundreds]} cent"
    if not rest:
        return cent + "s" * (hundreds > 1 and last)
    return f"{cent} {french_tens(rest, last)}"


def french_tens(number: int, last: bool) -> str:
    """Below a hundred."""
    if number < 20:
        return FRENCH[number]
    tens, ones = divmod(number, 10)
    if tens in (7, 9):
        ones += 10
    if number == 80:
        return "quatre-vingts" if last else "quatre-vingt"
    if not ones:
        return FRENCH_TENS[tens]
    joint = " et " if ones in (1, 11) and tens < 8 else "-"
    return FRENCH_TENS[tens] + joint + FRENCH[ones]


def english(number: int) -> str:
    """A whole number below a million in English words."""
    thousands, rest = divmod(number, 1000)
    if not thousands:
        return english_hundreds(rest)
    joint = "" if not rest else " and " if rest < 100 else " "
    return f"{english_hundreds(thousands)} thousand" + (
        joint + english_hundreds(rest) if rest else ""
    )


def english_hundreds(number: int) -> str:
    """Below a thousand."""
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return english_tens(rest)
    return f"{ENGLISH[hundreds]} hundred" + (f" and {english_tens(rest)}" if rest else "")


def english_tens(number: int) -> str:
    """Below a hundred."""
    if number < 20:
        return ENGLISH[number]
    tens, ones = divmod(number, 10)
    return ENGLISH_TENS[tens] + (f"-{ENGLISH[ones]}" if ones else "")


def number_of(text: str, spell: Callable[[int], str]) -> str:
    """The digits of number words; "" unless a number is spelled so, hyphens aside."""
    small, large = KNOWN[spell]
    words = plain(text)
    if words in small:
        return str(small[words])
    found = THOUSAND.search(words)
    if not found or words[: found.end()] not in large:
        return ""
    rest = words[found.end() :].removeprefix(" and" if spell is english else "").strip()
    number = 1000 * large[words[: found.end()]] + (small.get(rest, 0) if rest else 0)
    return str(number) if plain(spell(number)) == words else ""


def plain(text: str) -> str:
    """Number words with spaces alone between them."""
    return " ".join(text.lower().replace("-", " ").split())


THOUSAND = re.compile(r"\b(?:mille|thousand)\b")
KNOWN: dict[Callable[[int], str], tuple[dict[str, int], dict[str, int]]] = {
    spell: (
        {plain(spell(n)): n for n in range(1000)},
        {plain(spell(1000 * n)): n for n in range(1, 1000)},
    )
    for spell in (french, english)
}
"""The numbers below a thousand by their words, and the thousands by theirs."""


def words_of(text: str, spell: Callable[[int], str]) -> str:
    """The words of digits; "" if there are others or too many."""
    digits = text.strip()
    return spell(int(digits)) if digits.isdecimal() and len(digits) <= DIGITS else ""


def drawing(spell: Callable[[int], str], back: bool) -> Callable[[random.Random], Pair]:
    """Draws numbers, as many of one digit as of six. back: from digits to words."""

    def draw(random_numbers: random.Random) -> Pair:
        digits = random_numbers.randint(1, DIGITS)
        number = random_numbers.randrange(10 ** (digits - 1) if digits > 1 else 0, 10**digits)
        words = spell(number)
        return (str(number), words) if back else (words, str(number))

    return draw


TASK = Task(
    name="numbers",
    question="Which number is it, in digits?",
    draw=drawing(french, back=False),
    answer=lambda text: number_of(text, french),
    examples=("quatre-vingt-onze mille", "soixante et onze", "deux cent mille trois", "mille un"),
    probes=("quatre vingt et un", "quarante douze", "mille mille"),
)
ENGLISH_TASK = Task(
    name="english_numbers",
    question="Which number is it, in digits?",
    draw=drawing(english, back=False),
    answer=lambda text: number_of(text, english),
    examples=("ninety-one thousand", "seventy-one", "two hundred thousand and three"),
    probes=("forty twelve", "a hundred"),
)
BACK_TASK = Task(
    name="numbers_back",
    question="How is the number said in French?",
    draw=drawing(french, back=True),
    answer=lambda text: words_of(text, french),
    examples=("91000", "71", "200003"),
    probes=("007", "1234567"),
)
