"""Rare nouns in lines that people wrote, through a usual noun that stands in for them.

A translator from English cannot say "owl" in French if no pair has it. But it can translate "The
dog hooted all night.", and a dictionary says what an owl is: so the dog stands in for the owl,
and in the French line the owl takes its place again. Whoever stands in is of the same gender and
begins alike to the ear, so that all that agrees with it agrees with the rare noun.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from train.lexicon.english import goes_with_a_noun, with_article
from train.lexicon.french import Beginnings, plural
from train.lexicon.meaning import Noun

USUAL = {
    (True, False): (("chien", "dog"), ("livre", "book")),
    (True, True): (("oiseau", "bird"), ("arbre", "tree")),
    (False, False): (("fille", "girl"), ("chaise", "chair")),
    (False, True): (("école", "school"), ("orange", "orange")),
}
"""Who stands in: for a masculine or a feminine, one that begins with a vowel to the ear or not."""

DETERMINERS = (
    "a", "an", "any", "each", "every", "few", "five", "four", "his", "its", "many", "my", "no",
    "our", "several", "some", "the", "their", "these", "this", "those", "three", "two", "your",
)  # fmt: skip
NAMED = re.compile(rf"\b(?:(?:{'|'.join(DETERMINERS)}) )+([a-z]+)\b(?= ([a-z]+)|)", re.IGNORECASE)
"""A word that something tells to be a noun, and the one behind it if only a blank is between."""


class Draft(NamedTuple):
    """A line in which a usual noun stands in for a rare one."""

    line: str  # as a person wrote it
    standing: str  # with the usual noun
    usual: str  # the French of it, in the number of the line
    rare: str  # what takes its place


class StandIns:
    """Finds the lines that have one of some nouns, and puts usual ones in their place."""

    def __init__(self, nouns: Iterable[Noun], ear: Beginnings) -> None:
        self.forms: dict[str, tuple[Noun, bool]] = {}  # an English form: its noun, whether several
        said: dict[str, set[str]] = defaultdict(set)
        for noun in nouns:
            for form, several in ((noun.english, False), (noun.english_plural, True)):
                self.forms[form] = (noun, several)
                said[form].add(noun.french)
        for form, french in said.items():
            if len(french) > 1:  # which of them it is, nobody can tell
                del self.forms[form]
        self.ear = ear

    def rare(self, line: str) -> tuple[str, Noun, bool] | None:
        """The noun of a line: as it stands there, itself, whether several; None if not just one.

        None either where another noun is behind it, as in "an owl feather".
        """
        found = [(word, after) for word, after in NAMED.findall(line) if word in self.forms]
        if len(found) != 1 or len(re.findall(rf"\b{found[0][0]}\b", line)) != 1:
            return None
        word, after = found[0]
        if after and goes_with_a_noun(after):
            return None
        return word, *self.forms[word]

    def drafts(self, line: str) -> Iterator[Draft]:
        """The line with each of those who may stand in for its rare noun; none without one."""
        found = self.rare(line)
        if found is None:
            return
        there, noun, several = found
        for french, english in USUAL[noun.masculine, self.ear.soft(noun.french)]:
            usual = f"{english}s" if several else english
            both = (plural(french), plural(noun.french)) if several else (french, noun.french)
            standing = in_place_of(there, usual, line)
            if standing.count(usual) == 1:
                yield Draft(line, standing, *both)


def in_place_of(there: str, word: str, line: str) -> str:
    """The line with another word in a word's place, behind the "a" or "an" that it takes."""
    article, _ = with_article(word).split()
    line = re.sub(rf"\ban? {there}\b", f"{article} {word}", line)
    line = re.sub(rf"\bAn? {there}\b", f"{article.capitalize()} {word}", line)
    return re.sub(rf"\b{there}\b", word, line)


def exchanged(draft: Draft, french: str) -> str | None:
    """The French line with the rare noun again; None if the usual one is not just once there."""
    pattern = re.compile(rf"(?<![\w-]){re.escape(draft.usual)}(?![\w-])")
    if len(pattern.findall(french)) != 1:
        return None
    return pattern.sub(draft.rare, french)


def shared_out(lines: Mapping[str, Noun], most: int) -> list[str]:
    """Lines with their noun: of each noun as many as `most`, the first ones."""
    taken: dict[str, int] = defaultdict(int)
    kept = []
    for line, noun in lines.items():
        if taken[noun.french] < most:
            taken[noun.french] += 1
            kept.append(line)
    return kept
