"""Phrases that are no sentences, out of usual words: "dans notre petite cuisine", "des yeux bleus".

A phrase is a noun with what stands before it and, some of the time, an adjective; or where that is,
or whose. Both sides are put together by the same rule, so they say the same, and nothing of it is
left out.
"""

import random
from collections.abc import Callable, Sequence
from typing import NamedTuple

from seq_models.repair import capitalised
from train.engine.lines import Pair
from train.lexicon.english import with_article
from train.lexicon.french import Beginnings, agreeing, contracted, fitting, plural
from train.lexicon.meaning import Noun
from train.lexicon.tables import BEFORE_NOUN, ONE, PEOPLE, SENTENCES, SEVERAL, SOFT, WHERE

DESCRIBED = 0.5  # of the nouns have an adjective
AHEAD = 0.5  # of those, before them
SEVERAL_OF_THEM = 0.5  # of the nouns are plurals
INDEFINITE = 0.15  # of those, have no other word than "des" before them
BY_THE_BOOK = 0.7  # of those with an adjective ahead have "de", as grammars want it
WITH_A_MARK = 0.15  # of the phrases have a capital and a full stop, as people type them too
IN_A_SENTENCE = 1 / 3  # of the phrases that may stand in one


class Adjective(NamedTuple):
    """An adjective that stands behind its noun."""

    french: str
    english: str


class Phrases:
    """Puts phrases together at random."""

    def __init__(
        self,
        nouns: Sequence[Noun],
        adjectives: Sequence[Adjective],
        ear: Beginnings,
        chance: random.Random,
    ) -> None:
        self.nouns, self.adjectives, self.ear, self.chance = nouns, adjectives, ear, chance
        self.shares = [noun.share for noun in nouns]

    def noun(self) -> Noun:
        """A noun, the more usual the more often."""
        (found,) = self.chance.choices(self.nouns, self.shares)
        return found

    def pair(self) -> Pair:
        """A phrase of some kind; but for one that says where, it may stand in a short sentence."""
        kinds: tuple[Callable[[], Pair], ...] = (
            self.thing, self.thing, self.where, self.where, self.whose, self.somewhere
        )  # fmt: skip
        kind = self.chance.choice(kinds)
        french, english = kind()
        if self.chance.random() < WITH_A_MARK:
            return f"{capitalised(french)}.", f"{capitalised(english)}."
        if kind == self.where or self.chance.random() > IN_A_SENTENCE:
            return french, english
        frame, english_frame = self.chance.choice(SENTENCES)
        return frame.format(phrase=french), english_frame.format(phrase=english)

    def thing(self) -> Pair:
        """A noun with its article or another word before it, and perhaps an adjective."""
        noun, several = self.noun(), self.chance.random() < SEVERAL_OF_THEM
        french, english = self.described(noun, several)
        if several:
            return self.several(noun, french, english)
        he, she, before = self.chance.choice(ONE)
        french = self.ear.joined(
            fitting(he, she, noun.masculine, self.ear.soft(french.split()[0])), *french.split()
        )
        return french, with_article(english) if before == "a" else f"{before} {english}"

    def several(self, noun: Noun, french: str, english: str) -> Pair:
        """A plural with what stands before it; with nothing else, "des" or "de" in French."""
        if self.chance.random() < INDEFINITE:
            ahead = not french.startswith(plural(noun.french))
            some = "de" if ahead and self.chance.random() < BY_THE_BOOK else "des"
            return self.ear.joined(some, *french.split()), english
        he, she, before = self.chance.choice(SEVERAL)
        determiner = he if noun.masculine else she
        return self.ear.joined(*determiner.split(), *french.split()), f"{before} {english}"

    def described(self, noun: Noun, several: bool) -> Pair:
        """A noun, in the singular or in the plural, perhaps with an adjective."""
        french = plural(noun.french) if several else noun.french
        english = noun.english_plural if several else noun.english
        if self.chance.random() > DESCRIBED:
            return french, english
        if self.chance.random() < AHEAD:
            adjective, meaning = self.chance.choice(list(BEFORE_NOUN.items()))
            agreed = agreeing(adjective, noun.masculine, several)
            if noun.masculine and not several and self.ear.soft(french):
                agreed = SOFT.get(adjective, agreed)
            return f"{agreed} {french}", f"{meaning} {english}"
        described = self.chance.choice(self.adjectives)
        agreed = agreeing(described.french, noun.masculine, several)
        return f"{french} {agreed}", f"{described.english} {english}"

    def where(self) -> Pair:
        """Where, or with what: "sous la table"."""
        before, english_before = self.chance.choice(WHERE)
        french, english = self.thing()
        return contracted(before, french, self.ear), f"{english_before} {english}"

    def somewhere(self) -> Pair:
        """A thing and where it is."""
        (french, english), (place, english_place) = self.thing(), self.where()
        return f"{french} {place}", f"{english} {english_place}"

    def whose(self) -> Pair:
        """A thing and whose it is: "le livre de mon frère" is "my brother's book"."""
        noun, several = self.noun(), self.chance.random() < SEVERAL_OF_THEM
        french, english = self.described(noun, several)
        person, english_person = self.chance.choice(PEOPLE)
        article = "les" if several else "le" if noun.masculine else "la"
        owner = f"{english_person}'" if english_person.endswith("s") else f"{english_person}'s"
        own = self.ear.joined(article, *french.split())
        return f"{own} {contracted('de', person, self.ear)}", f"{owner} {english}"
