"""One word of a game, and the game as the browser keeps it: the passage and all guesses so far."""

import json
from dataclasses import asdict, dataclass
from typing import Any

Guesses = list[list[str]]  # for each word; the last word's are those that are made now


@dataclass(frozen=True)
class Turn:
    """One hidden word of a game."""

    position: int  # from 0
    count: int  # hidden words of the game
    text: str  # as typed, up to the hidden word
    choices: list[str]  # the right one and four wrong ones, in an order that tells nothing
    tries: list[str]  # the guesses so far
    found: bool  # whether the last of them is right
    answer: str  # "" until it is found

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer."""
        return asdict(self)


def parsed(game: str, passage: str) -> Guesses:
    """The guesses that a browser kept for this passage; a new game's, if it kept none."""
    try:
        found, guesses = json.loads(game)
    except (ValueError, TypeError, RecursionError):
        return [[]]
    sound = found == passage and isinstance(guesses, list) and guesses
    return guesses if sound and all(isinstance(one, list) for one in guesses) else [[]]


def to_json(passage: str, guesses: Guesses) -> str:
    """What the browser keeps."""
    return json.dumps([passage, guesses], ensure_ascii=False)


def numbered(guesses: Guesses) -> str:
    """Which guess comes next: of which word, and after how many others."""
    return f"{len(guesses) - 1}.{len(guesses[-1])}"


def newly(guesses: Guesses, tried: str) -> str:
    """The guess that `tried` tells, "" if it is none, or one that was counted before.

    It names the word and the number of the guess before the guess itself, so that the same one,
    coming twice, counts once.
    """
    number, _, word = tried.partition(":")
    return word.strip() if number == numbered(guesses) else ""
