"""Forms of French words: plurals, feminines, what a vowel does to the word before, verbs."""

import re
from collections import ChainMap, Counter
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from pathlib import Path
from xml.etree import ElementTree

VOWELS = tuple("aeiouyâàäéèêëîïôöûüœæ")
HARD = re.compile(r"oui$|onz|ouistiti|uhlan|y(?!eux$|euse)[aeéiou]")  # "le onzième", "le yoga"
SHORTENED = {"je", "ne", "me", "te", "se", "le", "la", "de", "que"}  # before a vowel: "j'aime"
ONLY_S = {
    "bal", "bancal", "banal", "bleu", "carnaval", "chacal", "émeu", "fatal", "festival", "final",
    "landau", "mistral", "narval", "natal", "naval", "pneu", "récital", "régal", "sarrau", "étal",
}  # fmt: skip
OTHER_PLURALS = {
    "bail": "baux", "bijou": "bijoux", "caillou": "cailloux", "chou": "choux", "ciel": "cieux",
    "corail": "coraux", "émail": "émaux", "genou": "genoux", "hibou": "hiboux", "joujou": "joujoux",
    "madame": "mesdames", "mademoiselle": "mesdemoiselles", "monsieur": "messieurs",
    "œil": "yeux", "pou": "poux", "soupirail": "soupiraux", "travail": "travaux",
    "vitrail": "vitraux",
}  # fmt: skip
FEMININES = {
    "eux": "euse", "oux": "ouse", "if": "ive", "el": "elle", "eil": "eille", "en": "enne",
    "on": "onne", "er": "ère", "et": "ette", "érieur": "érieure", "cteur": "ctrice",
    "ateur": "atrice", "iteur": "itrice", "metteur": "mettrice", "pteur": "ptrice",
    "uteur": "utrice", "ïf": "ïve", "eur": "euse", "c": "que", "a": "a", "o": "o", "y": "y",
}  # fmt: skip
"""Endings of adjectives, the longer of two before the shorter, and those of their feminines."""

OTHER_FEMININES = {
    "absous": "absoute", "aigu": "aiguë", "ambigu": "ambiguë", "andalou": "andalouse",
    "bas": "basse", "beau": "belle", "bénin": "bénigne", "blanc": "blanche", "bref": "brève",
    "châtain": "châtain", "complet": "complète", "concret": "concrète", "contigu": "contiguë",
    "copain": "copine", "discret": "discrète", "doux": "douce", "dû": "due",
    "désuet": "désuète", "enchanteur": "enchanteresse",
    "épais": "épaisse", "exigu": "exiguë", "exprès": "expresse", "favori": "favorite",
    "fou": "folle", "frais": "fraîche", "franc": "franche", "faux": "fausse", "gentil": "gentille",
    "gras": "grasse", "grec": "grecque", "gros": "grosse", "hébreu": "hébraïque",
    "incomplet": "incomplète", "indiscret": "indiscrète", "inquiet": "inquiète",
    "jumeau": "jumelle", "las": "lasse", "long": "longue", "majeur": "majeure", "malin": "maligne",
    "meilleur": "meilleure", "mineur": "mineure", "moteur": "motrice", "mou": "molle",
    "métis": "métisse", "neuf": "neuve", "nouveau": "nouvelle", "nul": "nulle",
    "oblong": "oblongue", "paysan": "paysanne", "pâlot": "pâlotte", "pécheur": "pécheresse",
    "promoteur": "promotrice", "quiet": "quiète", "replet": "replète", "rigolo": "rigolote",
    "roux": "rousse", "sauf": "sauve",
    "sec": "sèche", "secret": "secrète", "snob": "snob", "sot": "sotte", "tiers": "tierce",
    "turc": "turque", "vengeur": "vengeresse", "vieillot": "vieillotte", "vieux": "vieille",
    "visiteur": "visiteuse",
}  # fmt: skip

MOVING = {
    "advenir", "aller", "arriver", "décéder", "devenir", "échoir", "intervenir", "mourir", "naître",
    "partir", "parvenir", "provenir", "redevenir", "renaître", "repartir", "ressortir", "rester",
    "retomber", "retourner", "revenir", "sortir", "survenir", "tomber", "venir",
}  # fmt: skip
"""Verbs whose past has "être": "elle est venue"."""

REFLEXIVE_ONLY = {
    "absenter", "abstenir", "accroupir", "adonner", "affairer", "agenouiller", "apitoyer",
    "arroger", "aventurer", "blottir", "démener", "désister", "ébattre", "ébrouer", "écrier",
    "écrouler", "efforcer", "emparer", "empresser", "enfuir", "enquérir", "ensuivre", "entraider",
    "envoler", "éprendre", "esclaffer", "évader", "évanouir", "évertuer", "exclamer", "extasier",
    "fier", "immiscer", "ingénier", "insurger", "lamenter", "méfier", "moquer", "obstiner",
    "pavaner", "prosterner", "raviser", "rebeller", "rebiffer", "recroqueviller", "réfugier",
    "renfrogner", "repentir", "soucier", "souvenir", "suicider", "targuer", "vautrer",
}  # fmt: skip
"""Verbs that stand with "se" alone, whatever dictionaries list."""

PLURAL_ONLY = {
    "abords", "affres", "agissements", "aguets", "alentours", "annales", "archives", "arrhes",
    "catacombes", "ciseaux", "condoléances", "confins", "décombres", "dépens", "ébats", "environs",
    "félicitations", "frais", "gens", "gravats", "honoraires", "lunettes", "mathématiques",
    "mœurs", "obsèques", "pourparlers", "préparatifs", "ténèbres", "thermes", "toilettes",
    "vacances", "vêpres", "victuailles", "vivres",
}  # fmt: skip
"""Nouns without a singular, beside those that end as "fiançailles" and "tenailles" do."""

INVARIABLE = {
    "chic", "cool", "extra", "kaki", "marron", "orange", "standard", "super", "turquoise", "zen",
}  # fmt: skip
"""Adjectives that agree with nothing."""

PARTITIVE = re.compile("^(?:des |de |d')")
"""What stands before a plural that nothing else stands before."""

BEHIND_BE = re.compile(
    r"\b(?:été|es|est|sont|sommes|êtes|suis|était|étais|étaient|étions|étiez|fut|furent|être|sera|"
    r"seront) (?:pas |tous |toutes |déjà |bien )?([^\W\d_]+)"
)
AGREED = re.compile(r"(?<=[éiust])(?:e|s|es)$")
"""What a participle has in the feminine or the plural."""

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

REFLEXIVE = re.compile("s'|se ")
"""What dictionaries write before an infinitive."""


class Beginnings:
    """How words begin to the ear: with a vowel, so that "le" becomes "l'", or not.

    An h tells nothing (l'homme, la honte): what stands before the word in texts does, in the
    singular or in the plural.
    """

    BEFORE = re.compile(r"\b([ldjn]'|l[ea] |de |ne |je )(h[\w-]+)")

    def __init__(self, texts: Iterable[str]) -> None:
        self.votes: MutableMapping[str, int] = Counter()
        for text in texts:
            for before, word in self.BEFORE.findall(text.lower()):
                self.votes[key(word)] += 1 if before.endswith("'") else -1

    def known(self, word: str) -> bool:
        """Whether it is clear how a word begins."""
        word = word.lower()
        return not word.startswith("h") or self.votes[key(word)] != 0

    def soft(self, word: str) -> bool:
        """Whether a word begins with a vowel to the ear."""
        word = word.lower()
        if word.startswith("h"):
            return self.votes[key(word)] > 0
        return word.startswith(VOWELS) and not HARD.match(word)

    def of_one_word(self, forms: Iterable[str]) -> "Beginnings":
        """The same ear, to which these begin alike, as forms of one word do."""
        keys = {key(form) for form in forms}
        together = sum(self.votes[each] for each in keys)
        other = Beginnings(())
        other.votes = ChainMap(dict.fromkeys(keys, together), self.votes)
        return other

    def joined(self, *words: str) -> str:
        """The words that are not empty, shortened where the next begins softly: "je n'ai"."""
        kept = [word for word in words if word]
        text = ""
        for word, after in zip(kept, [*kept[1:], ""], strict=True):
            shortened = word in SHORTENED and self.soft(after)
            text += f"{word[:-1]}'" if shortened else f"{word} "
        return text.strip()


def behind_be(texts: Iterable[str]) -> set[str]:
    """The words that stand behind a form of "être", as if masculine: "été vues" shows "vu"."""
    words = {word for text in texts for word in BEHIND_BE.findall(text.lower())}
    return words | {AGREED.sub("", word) for word in words}


def key(word: str) -> str:
    """What a noun's singular and its plural have in common: "hôpital" and "hôpitaux" are one."""
    return re.sub(r"aux$", "al", word).rstrip("sx")


def fitting(he: str, she: str, masculine: bool, soft: bool) -> str:
    """What stands before a singular, of a masculine and a feminine form: "cet" and "mon" if soft.

    soft: whether what follows begins with a vowel to the ear.
    """
    if masculine:
        return "cet" if he == "ce" and soft else he
    return he if he in ("mon", "ton", "son") and soft else she


def contracted(before: str, phrase: str, ear: Beginnings) -> str:
    """A preposition before a phrase: "de le" is "du", "de les" is "des", "de des" is "de"."""
    *start, last = before.split()
    if last in ("de", "sans"):
        phrase = PARTITIVE.sub("", phrase)
    first, *others = phrase.split()
    if last == "de" and first in ("le", "les"):
        return ear.joined(*start, "du" if first == "le" else "des", *others)
    return ear.joined(*start, last, first, *others)


def always_plural(noun: str) -> bool:
    """Whether a noun has no singular."""
    return noun in PLURAL_ONLY or noun.endswith("ailles")


def plural(word: str) -> str:
    """The plural of a noun, or of an adjective."""
    if word.endswith(("s", "x", "z")):
        return word
    if word.endswith(("au", "eu")) and word not in ONLY_S:
        return f"{word}x"
    if word.endswith("al") and word not in ONLY_S:
        return f"{word[:-1]}ux"
    return OTHER_PLURALS.get(word, f"{word}s")


def agreeing(adjective: str, masculine: bool, several: bool) -> str:
    """The form of an adjective that goes with such a noun."""
    if adjective in INVARIABLE:
        return adjective
    form = adjective if masculine else feminine(adjective)
    return plural(form) if several else form


def feminine(word: str) -> str:
    """The feminine of an adjective in the masculine."""
    if word in INVARIABLE:
        return word
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


def verb_of(word: str, verbs: Mapping[str, Conjugation]) -> Conjugation | None:
    """The conjugation of a verb as dictionaries write it, with "se" or without."""
    return verbs.get(REFLEXIVE.sub("", word))
