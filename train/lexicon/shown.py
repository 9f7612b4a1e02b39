"""A word in the frames of its part of speech, in each of its forms."""

import random
from collections.abc import Container, Iterator, Sequence

from seq_models.repair import capitalised
from train.engine.lines import Pair
from train.lexicon.english import inflected, is_plural, with_article
from train.lexicon.frames import (
    INFINITIVE,
    MANNER,
    PASSIVE,
    PERFECT,
    PERSONS,
    QUALITY,
    THING,
    THINGS,
    TOLD,
)
from train.lexicon.french import (
    MOVING,
    REFLEXIVE_ONLY,
    Beginnings,
    Conjugation,
    agreeing,
    always_plural,
    contracted,
    fitting,
    plural,
)

Shown = tuple[str, Pair]
"""The form of the French word in a pair, and the pair."""

SUBJECTS = (
    ("je", "I"),
    ("tu", "you"),
    ("il", "he"),
    ("nous", "we"),
    ("vous", "you"),
    ("ils", "they"),
)
OTHERS = {"il": (("elle", "she"), ("on", "we")), "ils": (("elles", "they"),)}
REFLEXIVE = ("me", "te", "se", "nous", "vous", "se")
STRESSED = ("toi", "nous", "vous")  # after who is told to do it
HAVE = ("ai", "as", "a", "avons", "avez", "ont")
BE = ("suis", "es", "est", "sommes", "êtes", "sont")
WERE = ("étais", "étais", "était", "étions", "étiez", "étaient")


def nouns(word: str, english: str, masculine: bool, ear: Beginnings) -> Iterator[Shown]:
    """A noun in each frame, in the singular and in the plural; of "chou-fleur", no plural.

    Of a word that is always a plural, in either language, nothing.
    """
    if always_plural(word) or is_plural(english):
        return
    many, english_many = plural(word), inflected(english, "NNS")
    if ear.known(word):
        soft, joined = ear.soft(word), ear.joined
        le = "le" if masculine else "la"
        this = fitting("ce", "cette", masculine, soft)
        my = fitting("mon", "ma", masculine, soft)
        slots = {
            "bare": word, "le": joined(le, word), "un": f"{'un' if masculine else 'une'} {word}",
            "ce": f"{this} {word}", "mon": f"{my} {word}", "de": joined("de", word),
            "du": contracted("de", joined(le, word), ear),
            "e": english, "an_e": with_article(english),
        }  # fmt: skip
        slots |= {
            name.capitalize(): capitalised(slots[name]) for name in ("bare", "le", "mon", "ce", "e")
        }
        yield from ((word, filled(frame, slots)) for frame in THING)
    if ear.known(word) and english_many and "-" not in word:
        slots = {"s": many, "de_s": ear.joined("de", many), "es": english_many}
        yield from ((many, filled(frame, slots)) for frame in THINGS)


def adjectives(word: str, english: str) -> Iterator[Shown]:
    """An adjective in each frame, in each of its forms; nothing of "sourd-muet", two in one."""
    if "-" in word:
        return
    forms = (agreeing(word, he, many) for he in (True, False) for many in (False, True))
    for form, frames in zip(forms, QUALITY, strict=True):
        slots = {"x": form, "e": english, "an_e": with_article(english)}
        slots |= {"X": capitalised(form), "E": capitalised(english)}
        yield from ((form, filled(frame, slots)) for frame in frames)


def adverbs(word: str, english: str) -> Iterator[Shown]:
    """An adverb in each frame."""
    yield from ((word, filled(frame, {"x": word, "e": english})) for frame in MANNER)


def verbs(
    forms: Conjugation,
    english: str,
    ear: Beginnings,
    chance: random.Random,
    reflexive: bool,
    passives: Container[str],
) -> Iterator[Shown]:
    """A verb in each frame, in each tense and person; who "il" is, is drawn by `chance`.

    passives: masculine participles of verbs that have a passive.

    Of an English verb that lacks a form, nothing; nor of a French one that nobody knows to begin
    softly or not, or that stands with "se" and is given without.
    """
    infinitive = forms["infinitive"][0]
    ear = ear.of_one_word(form for tense in forms.values() for form in tense if form)
    if not ear.known(infinitive) or (infinitive in REFLEXIVE_ONLY and not reflexive):
        return
    tags = {"does": "VBZ", "did": "VBD", "ing": "VBG", "done": "VBN"}
    words = {"e": english} | {slot: inflected(english, tag) or "" for slot, tag in tags.items()}
    if not all(words.values()):
        return
    passive = forms["participle"][0] in passives
    for place, usual in enumerate(SUBJECTS):
        subject, who = chance.choice((usual, *OTHERS.get(usual[0], ())))
        pronoun = REFLEXIVE[place] if reflexive else ""
        slots = words | auxiliaries(who, words)
        for form, verb, rest, frames in clauses(forms, place, subject, reflexive, passive):
            yes = ear.joined(subject, pronoun, verb)
            no = f"{ear.joined(subject, 'ne', pronoun, verb)} pas"
            slots |= {"yes": f"{yes} {rest}".strip(), "no": f"{no} {rest}".strip()}
            yield from ((form, filled(frame, slots)) for frame in frames)
    alone = ear.joined("se" if reflexive else "", infinitive)
    slots = words | {"x": alone, "X": capitalised(alone)}
    yield from ((infinitive, filled(frame, slots)) for frame in INFINITIVE)
    for form, stressed, frame in zip(forms["imperative"], STRESSED, TOLD, strict=True):
        if form:
            told = f"{form}-{stressed} !" if reflexive else f"{form} !"
            yield form, (capitalised(told), capitalised(frame.format_map(words)))


def auxiliaries(who: str, words: dict[str, str]) -> dict[str, str]:
    """The slots of an English sentence that depend on who does it."""
    third = who in ("he", "she")
    return {
        "i": who,
        "do": "does" if third else "do",
        "does": words["does"] if third else words["e"],
        "was": "was" if third or who == "I" else "were",
    }


def clauses(
    forms: Conjugation, place: int, subject: str, reflexive: bool, passive: bool
) -> Iterator[tuple[str, str, str, Sequence[Sequence[str]]]]:
    """What one person does in each tense: the verb's form, the clause's verb and rest, its frames.

    place: of the person among `SUBJECTS`. passive: whether that can be done to somebody.
    The verb's form is the clause's verb, or its rest.
    """
    for tense, frames in PERSONS.items():
        form = forms[tense][place]
        if form and (tense != "historic" or subject.startswith(("il", "elle"))):
            yield form, form, "", frames
    done = forms["participle"][0]
    agreed = forms["participle"][(place >= 3) + 2 * subject.startswith("elle")]
    moving = reflexive or forms["infinitive"][0] in MOVING
    if done and not moving:
        yield done, HAVE[place], done, PERFECT
    if agreed and moving and subject != "on":
        yield agreed, BE[place], agreed, PERFECT
    if agreed and not moving and passive and subject != "on":
        yield agreed, WERE[place], agreed, PASSIVE


def filled(frame: Sequence[str], slots: dict[str, str]) -> Pair:
    """A frame's two sides; a sentence begins with a capital, what is no sentence does not."""
    french, english = (side.format_map(slots) for side in frame)
    sentence = french.endswith((".", "!", "?"))
    return (capitalised(french), capitalised(english)) if sentence else (french, english)
