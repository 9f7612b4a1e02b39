"""Is longer harder? The right answers among short examples and among long ones.

share of a stretch = its examples answered without a fault / its examples
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

STRETCHES = 4

Answered = tuple[str, str, str]  # what is read, what the model writes, what is right


@dataclass(frozen=True)
class Stretch:
    """The examples of nearly one length, at least one."""

    shortest: int  # letters of what is read
    longest: int
    right: int  # examples answered without a fault
    examples: int
    share: float  # 0..1, right / examples

    @property
    def middle(self) -> float:
        """Letters."""
        return (self.shortest + self.longest) / 2


def stretches(answered: Sequence[Answered], most: int = STRETCHES) -> list[Stretch]:
    """From the shortest examples to the longest, in at most so many stretches of equal width."""
    lengths = [len(source) for source, _, _ in answered]
    least, wide = min(lengths), math.ceil((max(lengths) - min(lengths) + 1) / most)
    places: dict[int, list[bool]] = {}
    for length, (_, said, right) in zip(lengths, answered, strict=True):
        places.setdefault((length - least) // wide, []).append(said == right)
    found = []
    for place, oks in sorted(places.items()):
        first, good = least + place * wide, sum(oks)
        last = min(first + wide - 1, max(lengths))
        found.append(Stretch(first, last, good, len(oks), good / len(oks)))
    return found
