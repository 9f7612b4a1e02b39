"""Forms of English words, and the article before them."""

import re

from lemminflect import getAllLemmas, getInflection

TAGS = {"noun": ("NN", "NNS"), "verb": ("VB", "VBZ", "VBD", "VBG", "VBN")}
"""Of a part of speech: the forms that it has, by their Penn Treebank tags."""

TELLS = {"noun": "NOUN", "verb": "VERB", "adjective": "ADJ", "adverb": "ADV"}
"""Of a part of speech: its name among the Universal ones."""

ONE = {"means", "news", "series", "species"}
"""Nouns that are not plurals though they look like them."""

SOFT = re.compile(r"hour|honest|heir|honou?r|x-ray|[aeiou]")
HARD = re.compile(r"uni(?![dmn])|unan|us[aeu]|u[rt][aeio]|ubi|ufo|u-|e[uw]|one(?![a-z])|once")
"""How words begin that take "an", and of those how some begin that take "a" all the same."""


def inflected(words: str, tag: str) -> str | None:
    """A noun or a verb, of one word or of several, in a form; None if it is not known to have one.

    What changes is a verb's first word ("woke up") and a noun's last ("garbage cans").
    """
    place = 0 if tag.startswith("V") else -1
    parts = words.split()
    found = getInflection(parts[place], tag, inflect_oov=False)
    if not found:
        return None
    parts[place] = found[0]
    return " ".join(parts)


def may_be(words: str, part: str) -> bool:
    """Whether some words may be of a part of speech: "brother" is no adjective.

    A participle may be an adjective ("hidden"), and what ends in -ing a noun ("bowling"). A word
    that nothing is known of may be anything.
    """
    word = words.split()[0 if part == "verb" else -1]
    found = getAllLemmas(word)
    if part == "adjective" and "VERB" in found:
        return any(word in getInflection(lemma, "VBN") for lemma in found["VERB"]) or "ADJ" in found
    if part == "noun" and word.endswith("ing"):
        return True
    return not found or TELLS[part] in found


def is_plural(words: str) -> bool:
    """Whether a noun is a plural: of "cares" there is no other, that of "clothes" is itself."""
    word = words.split()[-1]
    if not word.endswith("s") or word.endswith(("ss", "ics")) or word in ONE:
        return False
    return getInflection(word, "NNS", inflect_oov=False) in ((), (word,))


def goes_with_a_noun(word: str) -> bool:
    """Whether a word behind a noun makes one thing of both, as "feather" in "an owl feather".

    "sleeps" does not: it may be a noun, but behind another one it is a verb.
    """
    found = getAllLemmas(word)
    return "NOUN" in found and word in found.get("VERB", (word,))


def heads(words: str, part: str) -> set[str]:
    """The forms of the word that changes, as texts have them."""
    head = words.split()[0 if part == "verb" else -1]
    return {head} | {
        form for tag in TAGS.get(part, ()) for form in getInflection(head, tag, inflect_oov=False)
    }


def with_article(words: str) -> str:
    """With "a" or "an", by how it begins."""
    sound = words.lower()
    return f"an {words}" if SOFT.match(sound) and not HARD.match(sound) else f"a {words}"
