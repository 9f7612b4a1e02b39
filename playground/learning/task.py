"""A task is what a model shall learn: how to make examples, how to check, and the question."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from zlib import crc32

Pair = tuple[str, str]  # what is read, and what shall be written
UNSEEN = 200  # examples kept back, that no training sees
EVERY = 4


@dataclass(frozen=True, kw_only=True)
class Task:
    """One task; its examples never end, unless it has a list of `pairs`."""

    name: str
    question: str  # in words
    draw: Callable[[random.Random], Pair]  # one example
    answer: Callable[[str], str]  # the right answer to a text, "" where there is none
    examples: tuple[str, ...]  # texts to try, the first one on opening
    probes: tuple[str, ...] = ()  # odd ones, unlike what was trained on
    letters: bool = True  # a token is a letter; otherwise a word
    pairs: tuple[Pair, ...] = ()  # all examples there are
    place: Callable[[int, int], int] | None = None
    """Where to look for each letter (its place, the length) of the answer, where that is known."""

    @cached_property
    def unseen(self) -> list[Pair]:
        """The examples kept back: the same ones always, each source once.

        Of those without end only every fourth may be: else all numbers of one digit would be.
        """
        random_numbers = random.Random(f"unseen {self.name}")
        wanted = min(UNSEEN, max(2, len(self.pairs) // 8)) if self.pairs else UNSEEN
        found: dict[str, str] = {}
        while len(found) < wanted:
            source, target = self.draw(random_numbers)
            if self.pairs or crc32(source.encode()) % EVERY == 0:
                found[source] = target
        return list(found.items())

    def sample(self, count: int) -> list[Pair]:
        """Examples to take a vocabulary and frequencies from; all pairs of a list."""
        random_numbers = random.Random(f"sample {self.name}")
        return list(self.pairs) or [self.draw(random_numbers) for _ in range(count)]


def from_list(pairs: tuple[Pair, ...]) -> Callable[[random.Random], Pair]:
    """Draws one of some pairs."""
    return lambda random_numbers: random_numbers.choice(pairs)
