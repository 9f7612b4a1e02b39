"""What a French word is in English, if dictionaries and texts agree on it; the nouns among them."""

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from train.fetching.mild import mild
from train.lexicon.agreed import Lexicon, Votes, Word
from train.lexicon.english import inflected, is_plural, may_be
from train.lexicon.evidence import Evidence, chosen
from train.lexicon.french import (
    REFLEXIVE,
    Beginnings,
    Conjugation,
    agreeing,
    always_plural,
    plural,
)

KNOWN = 3  # lines of English that an English word stands in
VOICES = 2  # dictionaries that have to agree
FRENCH = re.compile(r"(?:s'|se )?[^\W\d_]{3,}(?:-[^\W\d_]+)*")
ENGLISH = re.compile(r"[A-Za-z][a-z]*(?:-[a-z]+)*(?: [a-z-]+)?")
PARTICLES = {"up", "out", "off", "down", "away", "back", "in", "on", "over", "around", "together"}


class Noun(NamedTuple):
    """A noun that both languages count."""

    french: str
    english: str
    english_plural: str
    masculine: bool
    share: float = 1.0  # how often it is drawn, beside others


def meaning(word: Word, forms: Collection[str], votes: Votes, evidence: Evidence) -> str | None:
    """What a word is in English, if that is sure enough; None for a word that is no use."""
    voices = {language for said in votes.values() for language in said}
    if not forms or len(voices) < VOICES or not FRENCH.fullmatch(word.word):
        return None
    if word.part != "verb" and REFLEXIVE.match(word.word):
        return None
    usable = {
        english: said for english, said in votes.items() if fits(english, word.part, evidence)
    }
    return chosen(word.word, word.part, forms, usable, evidence)


def fits(english: str, part: str, evidence: Evidence) -> bool:
    """Whether an English word is a plain one of its part of speech, and used."""
    more = english.split()[1:]
    plain = ENGLISH.fullmatch(english) is not None and evidence.known(english, KNOWN)
    return (
        plain
        and may_be(english, part)
        and (part == "noun" or not more or (part == "verb" and more[0] in PARTICLES))
    )


def forms_of(word: Word, verb: Conjugation | None) -> set[str]:
    """The forms of a word that texts have; none of a verb that has no conjugation."""
    if word.part == "verb":
        return {form for tense in (verb or {}).values() for form in tense if form}
    if word.part == "noun":
        return {word.word, plural(word.word)}
    if word.part == "adjective":
        both = (True, False)
        return {agreeing(word.word, he, several) for he in both for several in both}
    return {word.word}


def nouns(lexicon: Lexicon, evidence: Evidence, ear: Beginnings) -> Iterator[Noun]:
    """The nouns that are sure enough, in the same order always: mild, with a gender and a plural.

    ear: knows how they begin, or they are left out.
    """
    for word, votes in sorted(lexicon.votes.items()):
        gender = lexicon.genders.get(word.word)
        if word.part != "noun" or gender is None or not word.word.islower() or "-" in word.word:
            continue
        if always_plural(word.word):
            continue
        english = meaning(word, forms_of(word, None), votes, evidence)
        if english is None or not (mild(word.word, "fr") and mild(english, "en")):
            continue
        many = inflected(english, "NNS")
        if ear.known(word.word) and many and many != english and not is_plural(english):
            yield Noun(word.word, english, many, gender == "masculine")
