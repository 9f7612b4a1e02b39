"""What a French word is in English, by what dictionaries agree on.

A dictionary from French into English may be small where those into German, Spanish or Finnish are
large, and those from there into English again. Each language that leads from a word to an English
one votes for it, with the weight of the best way there; a way through a word of n choices weighs
1/√n. A dictionary straight from one to the other votes as well.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from train.lexicon.dictionary import Entry, read_dictionary

FRENCH, ENGLISH = "fra", "eng"  # as the names of dictionaries have them
STRAIGHT = 1.5  # times what a way through another language weighs
LATER = 0.25  # a sense weighs 1 / (1 + LATER × how many stand before it)
ARTICLE = re.compile(r"(?:to|an?|the) (?=\w)")


class Word(NamedTuple):
    """A word in one part of speech."""

    word: str
    part: str  # one of `dictionary.PARTS`


class Link(NamedTuple):
    """One word that another may be, in another language."""

    word: str
    part: str  # of speech; "" if it is not told, so any
    weight: float  # 0..1


Links = dict[str, list[Link]]
Votes = dict[str, dict[str, float]]
"""Of each English word the weight of the vote of each language."""


class Lexicon(NamedTuple):
    """What dictionaries tell of French words."""

    votes: dict[Word, Votes]
    genders: dict[str, str]  # of a noun: "masculine" or "feminine", as most of them say


def read_lexicon(folder: Path) -> Lexicon:
    """What the dictionaries in `folder` tell, each in a file named PUBLISHER-FROM-TO.index.

    Raises ValueError for a folder without one from French, or with one that cannot be read.
    """
    shelf = Shelf(folder)
    if not shelf.languages:
        raise ValueError(f"{folder} has no dictionary from French, such as freedict-fra-eng.index")
    votes: dict[Word, Votes] = {word: {} for word in shelf.words}
    for language in shelf.languages:
        onward = None if language == ENGLISH else shelf.links(language, ENGLISH)
        for french, links in shelf.links(FRENCH, language).items():
            for part in shelf.parts.get(french, ()):
                for english, weight in ways(links, part, onward):
                    said = votes[Word(french, part)].setdefault(english, {})
                    said[language] = max(weight, said.get(language, 0.0))
    return Lexicon(votes, shelf.genders)


def ways(links: list[Link], part: str, onward: Links | None) -> Iterator[tuple[str, float]]:
    """The English words that a French one leads to, each with a way's weight.

    links: from French to another language. onward: those from there into English; None if the
    other language is English.
    """
    for there in links:
        if there.part not in ("", part):
            continue
        if onward is None:
            yield ARTICLE.sub("", there.word), STRAIGHT * there.weight
            continue
        choices = onward.get(there.word.casefold(), [])
        for english in choices:
            if english.part in ("", part):
                weight = there.weight * english.weight / math.sqrt(len(choices))
                yield ARTICLE.sub("", english.word), weight


class Shelf:
    """The dictionaries of a folder; those from French are read, and what they say of its words."""

    def __init__(self, folder: Path) -> None:
        self.files: dict[tuple[str, ...], list[Path]] = defaultdict(list)
        for file in sorted(folder.glob("*-*-*.index")):
            self.files[tuple(file.stem.split("-")[-2:])].append(file)
        self.languages = sorted(to for start, to in self.files if start == FRENCH)
        self.read = {to: [*self.entries(FRENCH, to)] for to in self.languages}  # from French
        self.parts: dict[str, set[str]] = defaultdict(set)
        said: dict[str, Counter[str]] = defaultdict(Counter)
        for language in self.languages:
            for each in self.read[language]:
                self.parts[each.word] |= {each.part} - {""}
                said[each.word].update({each.gender} - {""})
        self.genders = {
            word: genders.most_common(1)[0][0] for word, genders in said.items() if genders
        }

    @property
    def words(self) -> Iterator[Word]:
        """Every French word in every part of speech that is told of it."""
        return (Word(word, part) for word, parts in self.parts.items() for part in sorted(parts))

    def entries(self, start: str, to: str) -> Iterator[Entry]:
        """Those of all dictionaries from one language to another."""
        for file in self.files.get((start, to), ()):
            yield from read_dictionary(file)

    def links(self, start: str, to: str) -> Links:
        """What words are in another language, by the dictionaries of both directions.

        The key is in small letters, but for French, where "Nice" is not "nice".
        """
        found: Links = defaultdict(list)
        key = str if start == FRENCH else str.casefold
        for each in self.read[to] if start == FRENCH else self.entries(start, to):
            for place, sense in enumerate(each.senses):
                weight = 1 / math.sqrt(len(sense)) / (1 + LATER * place)
                found[key(each.word)] += [Link(word, each.part, weight) for word in sense]
        for each in self.entries(to, start):
            for sense in each.senses:
                weight = 1 / math.sqrt(len(sense))
                for word in sense:
                    found[key(word)].append(Link(each.word, each.part, weight))
        return dict(found)
