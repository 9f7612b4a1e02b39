"""Forms of French words: plurals, feminines, what a vowel does to the word before, verbs."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from xml.etree import ElementTree

VOWELS = tuple("aeiouyâàäéèêëîïôöûüœæ")
HARD_VOWELS = ("oui", "onz", "yo", "ya", "ouistiti", "uhlan")  # "le onzième", "le yoga"
SHORTENED = {"je", "ne", "me", "te", "se", "le", "la", "de", "que"}  # before a vowel: "j'aime"
ONLY_S = {
    "bal", "banal", "bleu", "carnaval", "chacal", "fatal", "festival", "final", "landau", "pneu",
    "récital", "régal",
}  # fmt: skip
OTHER_PLURALS = {
    "bail": "baux", "bijou": "bijoux", "caillou": "cailloux", "chou": "choux", "ciel": "cieux",
    "corail": "coraux", "émail": "émaux", "genou": "genoux", "hibou": "hiboux", "joujou": "joujoux",
    "œil": "yeux", "pou": "poux", "travail": "travaux", "vitrail": "vitraux",
}  # fmt: skip
FEMININES = {
    "eux": "euse", "if": "ive", "el": "elle", "en": "enne", "on": "onne", "er": "ère",
    "et": "ette", "érieur": "érieure", "eur": "euse", "c": "que",
}  # fmt: skip
OTHER_FEMININES = {
    "bas": "basse", "beau": "belle", "blanc": "blanche", "complet": "complète",
    "concret": "concrète", "discret": "discrète", "doux": "douce", "épais": "épaisse",
    "favori": "favorite", "fou": "folle", "frais": "fraîche", "franc": "franche", "faux": "fausse",
    "gentil": "gentille", "gras": "grasse", "grec": "grecque", "gros": "grosse",
    "inquiet": "inquiète", "las": "lasse", "long": "longue", "majeur": "majeure",
    "meilleur": "meilleure", "mineur": "mineure", "mou": "molle", "nouveau": "nouvelle",
    "roux": "rousse", "sec": "sèche", "secret": "secrète", "turc": "turque", "vieux": "vieille",
}  # fmt: skip

TENSES = {
    "infinitive": "infinitive/infinitive-present",
    "present": "indicative/present",
    "imperfect": "indicative/imperfect",
    "future": "indicative/future",
    "conditional": "conditional/present",
    "historic": "indicative/simple-past",
    "imperative": "imperative/imperative-present",
    "participle": "participle/past-participle",
}
"""Where Verbiste keeps a verb's forms: of one person, of six, or of three who are told to do it."""

Conjugation = Mapping[str, Sequence[str]]
"""Of each of `TENSES` the forms; "" for one that the verb lacks."""


class Beginnings:
    """How words begin to the ear: with a vowel, so that "le" becomes "l'", or not.

    An h tells nothing (l'homme, la honte): what stands before the word in texts does, in the
    singular or in the plural.
    """

    BEFORE = re.compile(r"\b([ldjn]'|l[ea] |de |ne |je )(h[\w-]+)")

    def __init__(self, texts: Iterable[str]) -> None:
        self.votes: Counter[str] = Counter()
        for text in texts:
            for before, word in self.BEFORE.findall(text.lower()):
                self.votes[unmarked(word)] += 1 if before.endswith("'") else -1

    def known(self, word: str) -> bool:
        """Whether it is clear how a word begins."""
        word = word.lower()
        return not word.startswith("h") or self.votes[unmarked(word)] != 0

    def soft(self, word: str) -> bool:
        """Whether a word begins with a vowel to the ear."""
        word = word.lower()
        if word.startswith("h"):
            return self.votes[unmarked(word)] > 0
        return word.startswith(VOWELS) and not word.startswith(HARD_VOWELS)

    def joined(self, *words: str) -> str:
        """The words that are not empty, shortened where the next begins softly: "je n'ai"."""
        kept = [word for word in words if word]
        text = ""
        for word, after in zip(kept, [*kept[1:], ""], strict=True):
            shortened = word in SHORTENED and self.soft(after)
            text += f"{word[:-1]}'" if shortened else f"{word} "
        return text.strip()


def unmarked(word: str) -> str:
    """A word without the mark of a plural, if it has one."""
    return word.rstrip("sx")


def plural(word: str) -> str:
    """The plural of a noun, or of an adjective."""
    if word.endswith(("s", "x", "z")):
        return word
    if word.endswith(("au", "eu")) and word not in ONLY_S:
        return f"{word}x"
    if word.endswith("al") and word not in ONLY_S:
        return f"{word[:-1]}ux"
    return OTHER_PLURALS.get(word, f"{word}s")


def feminine(word: str) -> str:
    """The feminine of an adjective in the masculine."""
    if word in OTHER_FEMININES:
        return OTHER_FEMININES[word]
    for ending, other in FEMININES.items():
        if word.endswith(ending):
            return word.removesuffix(ending) + other
    return word if word.endswith("e") else f"{word}e"


def read_verbs(folder: Path) -> dict[str, Conjugation]:
    """The conjugation of each infinitive, out of Verbiste's verbs-fr.xml and conjugation-fr.xml.

    Raises ValueError if the folder has no such files.
    """
    try:
        models = ElementTree.parse(folder / "conjugation-fr.xml").getroot()
        verbs = ElementTree.parse(folder / "verbs-fr.xml").getroot()
    except (OSError, ElementTree.ParseError) as error:
        raise ValueError(f"{folder} holds no conjugations of Verbiste: {error}") from error
    endings = {model.get("name", ""): endings_of(model) for model in models}
    found: dict[str, Conjugation] = {}
    for verb in verbs:
        infinitive, model = verb.findtext("i", ""), verb.findtext("t", "")
        stem = infinitive.removesuffix(model.partition(":")[2])
        if model in endings:
            found[infinitive] = {
                tense: [f"{stem}{ending}" if ending is not None else "" for ending in all_of_it]
                for tense, all_of_it in endings[model].items()
            }
    return found


def endings_of(model: ElementTree.Element) -> dict[str, list[str | None]]:
    """The endings of a model verb in each tense; None where it has no form."""
    return {
        tense: [person.findtext("i") for person in model.find(path) or ()]
        for tense, path in TENSES.items()
    }
