"""A sentence as people type it: in capitals, without accents, with a slip of the finger.

Y. Belinkov and Y. Bisk, 2018, section 4, https://arxiv.org/abs/1711.02173 (what noise does)
"""

import random
import re
from collections.abc import Callable

from seq_models.repair import unaccented

FIRST_LETTER = re.compile(r"(?<![\w'’-])(?:(?:[cdjlmnst]|qu)['’])?[^\W\d_]", re.IGNORECASE)
MARKS = " .!?…"
SHORTEST = 5  # letters of a word that gets a typing error

Way = Callable[[str], str]


def capitals(text: str) -> str:
    """Every letter a capital."""
    return text.upper()


def small(text: str) -> str:
    """No letter a capital."""
    return text.lower()


def titled(text: str) -> str:
    """A capital at the beginning of each word, as titles have it: "L'Été À Lyon"."""
    return FIRST_LETTER.sub(lambda found: begun(found[0]), text)


def begun(start: str) -> str:
    """The last letter of a word's start a capital, and the first: "l'é" is "L'É"."""
    return start[0].upper() + start[1:-1] + start[1:][-1:].upper()


def unmarked(text: str) -> str:
    """No mark at the end."""
    return text.rstrip(MARKS)


def hasty(text: str) -> str:
    """Small letters without accents or a mark at the end, as in a search box."""
    return unmarked(unaccented(small(text)))


WAYS: tuple[Way, ...] = (capitals, unaccented, small)
"""The three in which `everyday.tsv` is tried as well."""


def insistent(text: str, chance: random.Random) -> str:
    """The mark at the end two or three times."""
    mark = text[-1:] if text[-1:] in "!?." else "!"
    return text.rstrip(MARKS) + " " * (mark in "!?") + mark * chance.choice((2, 3))


def mistyped(text: str, chance: random.Random) -> str:
    """One long word with two letters changed over, one left out, or one typed twice.

    A text without a long word stays as it is.
    """
    words = text.split(" ")
    long = [n for n, word in enumerate(words) if len(word) >= SHORTEST and word.isalpha()]
    if not long:
        return text
    place = chance.choice(long)
    word = words[place]
    at = chance.randrange(1, len(word) - 1)
    words[place] = chance.choice(
        (
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
        )
    )
    return " ".join(words)


def typed(text: str, chance: random.Random) -> str:
    """The text in one way drawn at random."""
    ways: tuple[Way, ...] = (
        capitals,
        unaccented,
        small,
        unmarked,
        hasty,
        lambda text: insistent(text, chance),
        lambda text: mistyped(text, chance),
    )
    return chance.choice(ways)(text)
