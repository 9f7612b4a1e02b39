"""A sentence with something more at its end: what stands last must be said, too.

What a translator leaves out stands mostly at the end ("Il est parti ce matin.": "He left."), which
the pairs of people who translated freely teach it.
"""

import random
import re

from train.pairs.frames import Pair, tail

SENTENCE = re.compile(
    r"(?P<words>[^\W\d_][^,;:.?!…()«»\"]+?)(?P<space>[ \u202f\xa0]?)(?P<mark>[.?!])"
)
TIMED = re.compile(
    r"(?i)\b(?:aujourd.hui|hier|demain|matin|soir|nuit|jours?|semaines?|\w+di|dimanche)s?\b"
)
FEWEST, MOST = 3, 9  # words


def tailed(source: str, target: str, chance: random.Random) -> Pair | None:
    """The pair with one thing more said at its end; None for one that has no place for it.

    That is a pair of one plain sentence each, whose time is left open.
    """
    french, english = SENTENCE.fullmatch(source), SENTENCE.fullmatch(target)
    if not french or not english or french["mark"] != english["mark"] or TIMED.search(source):
        return None
    if not FEWEST <= len(source.split()) <= MOST:
        return None
    more, english_more = tail(chance)
    return (
        joined(french["words"], more) + french["space"] + french["mark"],
        joined(english["words"], english_more) + english["mark"],
    )


def joined(words: str, more: str) -> str:
    """A comma stands at the word before it."""
    return words + more if more.startswith(",") else f"{words} {more}"
