"""Your own pairs: a line each, what is read and what shall be written with a tab between them."""

import re

from playground.learning.task import Pair, Task, from_list

FEWEST, MOST = 20, 500  # pairs
LONGEST = 40  # characters of either side
BETWEEN = re.compile(r"\t+| *(?:->|=>|→|=|;) *| {2,}")


def pairs(text: str) -> tuple[Pair, ...]:
    """The pairs of a text; a later line replaces an earlier one with the same first part.

    Between the two parts may stand a tab, "->", "=", ";" or two spaces.
    Raises ValueError, in a sentence, for another line, and for too few pairs or too many.
    """
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        parts = [part.strip() for part in BETWEEN.split(line.strip()) if part.strip()]
        if len(parts) != 2:
            raise ValueError(
                f"Line {number} is no pair; please write both parts with a tab between them."
            )
        if max(map(len, parts)) > LONGEST:
            raise ValueError(f"Line {number} is too long; please give at most {LONGEST} letters.")
        found[parts[0]] = parts[1]
    if not FEWEST <= len(found) <= MOST:
        raise ValueError(f"There are {len(found)} pairs; please give {FEWEST} to {MOST}.")
    return tuple(found.items())


def task(text: str) -> Task:
    """The task that some pairs are. Raises ValueError as `pairs` does."""
    known = pairs(text)
    answers = dict(known)
    return Task(
        name="own",
        question="What would your pairs make of it?",
        draw=from_list(known),
        answer=lambda typed: answers.get(typed.strip(), ""),
        examples=tuple(source for source, _ in known[:3]),
        pairs=known,
    )
