"""Your own pairs: a line each, what is read and what shall be written with a tab between them."""

import re
import unicodedata

from playground.learning.task import Pair, Task, from_list
from seq_models.normalise import joins, normalise

FEWEST, MOST = 20, 500  # pairs
LONGEST = 40  # characters of either side
TAB = re.compile(r"\t+")  # where there is one, nothing else parts a line
BETWEEN = re.compile(r" *(?:->|=>|→|=|;) *| {2,}")


def decoded(content: bytes) -> str:
    """A file's text. Raises ValueError, in a sentence, if it is not UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(
            "This file is not UTF-8; please save it as UTF-8 and drop it again."
        ) from error


def pairs(text: str) -> tuple[Pair, ...]:
    """The pairs of a text; a later line replaces an earlier one with the same first part.

    They are as a model reads them: a curly apostrophe is a straight one. Between the two parts may
    stand a tab, "->", "=", ";" or two spaces.
    Raises ValueError, in a sentence, for another line, and for too few pairs or too many.
    """
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        between = TAB if TAB.search(line.strip()) else BETWEEN
        parts = [normalise(part).text for part in between.split(line.strip()) if part.strip()]
        if len(parts) != 2:
            raise ValueError(
                f"Line {number} is no pair; please write both parts with a tab between them."
            )
        signed = next((sign for part in parts for sign in part if joins(sign)), "")
        if signed:
            raise ValueError(
                f"Line {number} has a letter with a sign of its own ({unicodedata.name(signed)}), "
                "which these models cannot read; please write it otherwise."
            )
        if max(map(len, parts)) > LONGEST:
            raise ValueError(f"Line {number} is too long; please give at most {LONGEST} letters.")
        found[parts[0]] = parts[1]
    if not FEWEST <= len(found) <= MOST:
        there = "is 1 pair" if len(found) == 1 else f"are {len(found)} pairs"
        raise ValueError(f"There {there}; please give {FEWEST} to {MOST}.")
    return tuple(found.items())


def task(text: str) -> Task:
    """The task that some pairs are. Raises ValueError as `pairs` does."""
    known = pairs(text)
    answers = dict(known)
    return Task(
        name="own",
        question="What would your pairs make of it?",
        draw=from_list(known),
        answer=lambda typed: answers.get(normalise(typed).text, ""),
        examples=tuple(source for source, _ in known[:3]),
        pairs=known,
    )
