"""Sentences that a class may see: what names sex, drugs, slurs, weapons or cruelty is left out.

The words are listed for each language, in `left_out/`, since a word of one may be another of the
other: *retard* is French for a delay. A star stands for any ending; without one a word is that very
word, so that *viol* leaves *violet* alone.
"""

import re
from functools import cache
from pathlib import Path

LISTS = Path(__file__).parent / "left_out"
LISTED = ("en", "fr")
"""The languages that have a list."""


def mild(text: str, language: str) -> bool:
    """Whether no word of a text is on its language's list. language: "en" or "fr"."""
    return pattern(language).search(text) is None


@cache
def pattern(language: str) -> re.Pattern[str]:
    """What finds a listed word of a language."""
    words = (LISTS / f"{language}.txt").read_text(encoding="utf-8").split()
    ends = (re.escape(word.rstrip("*")) + r"\w*" * word.endswith("*") for word in words)
    return re.compile(rf"\b(?:{'|'.join(ends)})\b", re.IGNORECASE)
