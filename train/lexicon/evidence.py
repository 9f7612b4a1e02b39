"""What a corpus says of dictionaries' words: how often they are used, and beside which."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable

from seq_models.repair import unaccented
from train.engine.lines import Pair
from train.lexicon.agreed import Votes
from train.lexicon.english import heads

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
MOST = 60  # pairs of a word that are looked at
TOGETHER = 2.5  # what it counts, in votes, if all pairs of a French word have the English one
USUAL = 44  # lines; a word of more is preferred to one of less: 2 or more to 1, at the utmost 4
STEEP = 0.2
ALONE = 0.5  # what a single language's votes are worth
ENOUGH, ENOUGH_ALIKE = 1.3, 0.6  # votes, for words of other letters and for those of the same


class Evidence:
    """Counts of a corpus' words, in small letters."""

    def __init__(self, pairs: Iterable[Pair], lines: Iterable[str]) -> None:
        """pairs: French and English. lines: more English."""
        self.french: Counter[str] = Counter()
        self.english: Counter[str] = Counter()
        self.beside: dict[str, list[frozenset[str]]] = defaultdict(list)
        for french, english in pairs:
            there = frozenset(words(english))
            for word in words(french):
                self.french[word] += 1
                if len(self.beside[word]) < MOST:
                    self.beside[word].append(there)
        self.lines = 0
        for line in lines:
            self.english.update(words(line))
            self.lines += 1

    def known(self, english: str, least: int) -> bool:
        """Whether each of some words stands in that many lines."""
        return all(self.english[word] >= least for word in words(english))

    def usual(self, english: str) -> float:
        """How usual some words are: 1 if the rarest of them stands in USUAL lines."""
        rarest = min((self.english[word] for word in words(english)), default=0)
        return float(min(2.0, max(0.25, (rarest / USUAL) ** STEEP)))

    def together(self, forms: Collection[str], english: Collection[str]) -> float:
        """How much oftener than by chance an English word stands beside a French one: 0..1."""
        pairs = [pair for form in forms for pair in self.beside.get(form, ())]
        if not pairs:
            return 0.0
        share = sum(not pair.isdisjoint(english) for pair in pairs) / len(pairs)
        chance = sum(self.english[word] for word in english) / max(1, self.lines)
        return max(0.0, share - 2 * chance)


def words(text: str) -> set[str]:
    """The words of a text, in small letters."""
    return set(WORD.findall(text.lower()))


def chosen(
    french: str, part: str, forms: Collection[str], votes: Votes, evidence: Evidence
) -> str | None:
    """The English word that most speaks for, or None if that is not enough.

    forms: the French word's. votes: for the English words that it may be.
    """
    best, most = None, 0.0
    for english, said in votes.items():
        agreed = sum(said.values()) * (ALONE if len(said) == 1 else 1) * evidence.usual(english)
        worth = agreed + TOGETHER * evidence.together(forms, heads(english, part))
        if worth > most:
            best, most = english, worth
    enough = best is not None and most >= (ENOUGH_ALIKE if alike(french, best) else ENOUGH)
    return best if enough else None


def alike(french: str, english: str) -> bool:
    """Whether two words begin with the same letters, most of the longer one: "membrane"."""
    one, other = unaccented(french.lower()), english.lower()
    same = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    return same >= 0.6 * max(len(one), len(other))
