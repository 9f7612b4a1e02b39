"""Phrases that are no sentences, out of usual words: "dans notre petite cuisine", "des yeux bleus".

A phrase is a noun with what stands before it and, some of the time, an adjective; or where that is,
or whose. Both sides are put together by the same rule, so they say the same, and nothing of it is
left out.
"""

import random
from collections.abc import Callable, Sequence
from typing import NamedTuple

from train.engine.lines import Pair
from train.lexicon.english import with_article
from train.lexicon.french import Beginnings, feminine, plural
from train.pairs.frames import rows

BEFORE = dict(
    rows("""
petit	small
grand	big
joli	pretty
jeune	young
bon	good
mauvais	bad
vieux	old
beau	beautiful
nouveau	new
""")
)
"""Adjectives that stand before their noun."""

ELSEWHERE = {
    "ancien", "autre", "certain", "cher", "dernier", "divers", "double", "gros", "haut", "long",
    "même", "pauvre", "premier", "prochain", "propre", "second", "seul", "simple", "tel", "vrai",
}  # fmt: skip
"""Adjectives that stand before their noun as well, or mean something else there."""

SOFT = {"vieux": "vieil", "beau": "bel", "nouveau": "nouvel"}  # of one masculine, before a vowel
ONE = rows("""
le	la	the
le	la	the
un	une	a
un	une	a
ce	cette	this
mon	ma	my
ton	ta	your
notre	notre	our
votre	votre	your
leur	leur	their
chaque	chaque	every
""")
"""What stands before one thing, masculine, feminine, English."""

SEVERAL = (
    ["des", ""],
    ["des", ""],
    *rows("""
les	the
les	the
plusieurs	several
ces	these
mes	my
tes	your
nos	our
vos	your
leurs	their
deux	two
trois	three
quatre	four
cinq	five
dix	ten
vingt	twenty
quelques	some
tous les	all the
beaucoup de	a lot of
peu de	few
trop de	too many
"""),
)
"""What stands before several."""

WHERE = rows("""
dans	in
sur	on
sous	under
derrière	behind
devant	in front of
près de	near
à côté de	next to
loin de	far from
autour de	around
au-dessus de	above
au milieu de	in the middle of
avec	with
sans	without
contre	against
pour	for
à cause de	because of
""")
"""Prepositions: French, English."""

PEOPLE = rows("""
mon frère	my brother
ma sœur	my sister
ton père	your father
ta mère	your mother
notre oncle	our uncle
ma tante	my aunt
ma grand-mère	my grandmother
mon grand-père	my grandfather
mes parents	my parents
le voisin	the neighbor
la voisine	the neighbor
mon ami	my friend
mon amie	my friend
tes amis	your friends
le professeur	the teacher
mon professeur	my teacher
la directrice	the principal
le médecin	the doctor
les enfants	the children
le boulanger	the baker
ma cousine	my cousin
leur fils	their son
leur fille	their daughter
""")
"""Whose something is."""

SENTENCES = rows("""
Regarde {phrase} !	Look at {phrase}!
J'ai oublié {phrase}.	I forgot {phrase}.
J'ai dessiné {phrase}.	I drew {phrase}.
Je cherche {phrase}.	I'm looking for {phrase}.
Elle a trouvé {phrase}.	She found {phrase}.
Il veut {phrase}.	He wants {phrase}.
Tu vois {phrase} ?	Do you see {phrase}?
Nous avons {phrase}.	We have {phrase}.
""")
"""Sentences that any thing may stand in."""

HALF = 0.5  # how often there is an adjective; of those, how often before; how often it is several
THIRD = 1 / 3  # of the things, in a sentence


class Noun(NamedTuple):
    """A noun that both languages count."""

    french: str
    english: str
    english_plural: str
    masculine: bool
    share: float  # how often it is drawn, beside others


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
        """A phrase of some kind; a thing stands in a short sentence now and then."""
        kinds: tuple[Callable[[], Pair], ...] = (
            self.thing, self.thing, self.where, self.where, self.whose, self.somewhere
        )  # fmt: skip
        kind = self.chance.choice(kinds)
        french, english = kind()
        if kind == self.where or self.chance.random() > THIRD:
            return french, english
        frame, english_frame = self.chance.choice(SENTENCES)
        return frame.format(phrase=french), english_frame.format(phrase=english)

    def thing(self) -> Pair:
        """A noun with its article or another word before it, half of the time with an adjective."""
        noun, several = self.noun(), self.chance.random() < HALF
        french, english = self.described(noun, several)
        if several:
            before, english_before = self.chance.choice(SEVERAL)
            many = self.ear.joined(*before.split(), *french.split())
            return many, f"{english_before} {english}".strip()
        he, she, english_before = self.chance.choice(ONE)
        soft = self.ear.soft(french.split()[0])
        if noun.masculine:
            before = "cet" if he == "ce" and soft else he
        else:
            before = he if he in ("mon", "ton") and soft else she
        one = with_article(english) if english_before == "a" else f"{english_before} {english}"
        return self.ear.joined(before, *french.split()), one

    def described(self, noun: Noun, several: bool) -> Pair:
        """A noun, in the singular or in the plural, half of the time with an adjective."""
        french = plural(noun.french) if several else noun.french
        english = noun.english_plural if several else noun.english
        if self.chance.random() < HALF:
            return french, english
        if self.chance.random() < HALF:
            adjective, meaning = self.chance.choice(list(BEFORE.items()))
            agreed = self.agreeing(adjective, noun, several)
            if noun.masculine and not several and self.ear.soft(french.split()[0]):
                agreed = SOFT.get(adjective, agreed)
            return f"{agreed} {french}", f"{meaning} {english}"
        described = self.chance.choice(self.adjectives)
        agreed = self.agreeing(described.french, noun, several)
        return f"{french} {agreed}", f"{described.english} {english}"

    def agreeing(self, adjective: str, noun: Noun, several: bool) -> str:
        """The form of an adjective that goes with a noun."""
        form = adjective if noun.masculine else feminine(adjective)
        return plural(form) if several else form

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
        noun, several = self.noun(), self.chance.random() < HALF
        french, english = self.described(noun, several)
        person, english_person = self.chance.choice(PEOPLE)
        article = "les" if several else "le" if noun.masculine else "la"
        owner = f"{english_person}'" if english_person.endswith("s") else f"{english_person}'s"
        own = self.ear.joined(article, *french.split())
        return f"{own} {contracted('de', person, self.ear)}", f"{owner} {english}"


def contracted(before: str, phrase: str, ear: Beginnings) -> str:
    """A preposition before a phrase: "de le" is "du", "de les" is "des", "de des" is "de"."""
    first, *others = phrase.split()
    *start, last = before.split()
    if last == "sans" and first == "des":
        return ear.joined(before, *others)
    if last == "de" and first in ("le", "les", "des"):
        last = {"le": "du", "les": "des", "des": "de"}[first]
        return ear.joined(*start, last, *others)
    return ear.joined(*start, last, first, *others)
