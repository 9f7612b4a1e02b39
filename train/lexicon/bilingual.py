"""Whether a French line says what dictionaries say that an English word is."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from lemminflect import getAllLemmas

from train.lexicon.agreed import Lexicon, Word
from train.lexicon.evidence import words
from train.lexicon.french import Conjugation, verb_of
from train.lexicon.meaning import forms_of


class Bilingual:
    """What English words may be in French, in all forms; by one dictionary at least."""

    def __init__(self, lexicon: Lexicon, verbs: Mapping[str, Conjugation]) -> None:
        self.verbs = verbs
        self.french: dict[str, list[Word]] = defaultdict(list)  # of an English word, small
        for word, votes in lexicon.votes.items():
            for english in votes:
                self.french[english.casefold()].append(word)
        self.known: dict[str, frozenset[str]] = {}

    def forms(self, english: str) -> frozenset[str]:
        """All forms of all French words that an English word, in any form, may be."""
        if english not in self.known:
            lemmas = {english, *(one for some in getAllLemmas(english).values() for one in some)}
            french = {word for lemma in lemmas for word in self.french.get(lemma.casefold(), ())}
            forms = (forms_of(word, verb_of(word.word, self.verbs)) for word in french)
            self.known[english] = frozenset(form.lower() for some in forms for form in some)
        return self.known[english]

    def says(self, line: str, english: Collection[str]) -> bool:
        """Whether a French line has one of them for each of some English words, in small letters.

        A word that no dictionary has, such as a name, is to stand there as it is.
        """
        there = words(line)
        return all(not there.isdisjoint(self.forms(word) or {word}) for word in english)
