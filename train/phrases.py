"""Phrases that are no sentences, of usual words: python -m train.phrases DICTIONARIES OUT.

People type "le livre de mon frère" or "sous la table", and hardly any training pair is one: a
translator makes a sentence of it ("My brother's book is."). OUT holds such phrases, put together
by rule on both sides (`lexicon/phrases.py`) out of nouns and adjectives that the pairs of DATA have
often enough, and beside the very English words that the DICTIONARIES say:

    le petit livre de mon frère TAB my brother's small book

    python -m train.phrases /usr/share/dictd phrases.tsv --data DATA/tatoeba-fr-en \\
        --english DATA/english/train.txt.gz
    python -m train.transformer_translator --data DATA/tatoeba-fr-en --out OUT --shown phrases.tsv

No source of valid, test or everyday.tsv is among them, ignoring case and punctuation, and no word
that a class should not see.
"""

import math
import random
from collections.abc import Iterable, Iterator

from train.engine.lines import Pair, bare
from train.engine.script import count, told_in_a_sentence
from train.fetching.mild import mild
from train.lexicon.agreed import Lexicon, Word
from train.lexicon.evidence import Evidence
from train.lexicon.french import Beginnings, feminine, plural
from train.lexicon.meaning import Noun, forms_of, meaning, nouns
from train.lexicon.phrases import Adjective, Phrases
from train.lexicon.sources import Sources, read_sources, sources_parser
from train.lexicon.tables import BEFORE_NOUN, BEHIND_A_VERB, ELSEWHERE
from train.pairs.made import judging, write

PAIRS = 30_000
USUAL = 12  # pairs that a word stands in
ATTESTED = 3  # pairs that each of its forms stands in
TOGETHER = 0.4  # of the pairs with a form: those that have its English beside it
SEED = 1


def main() -> None:
    """Read the arguments, write the file."""
    arguments = sources_parser(__doc__)
    arguments.add_argument("--pairs", type=count, default=PAIRS, help="how many are drawn")
    given = arguments.parse_args()
    with told_in_a_sentence():
        write(given.out, phrases(read_sources(given), judging(given.data), given.pairs))


def phrases(sources: Sources, without: Iterable[str], number: int, seed: int = SEED) -> list[Pair]:
    """As many phrases drawn, each kept once, none with a source among `without`.

    Raises ValueError if the pairs and the dictionaries have no noun or no adjective in common.
    """
    lexicon, evidence, ear = sources.lexicon, sources.evidence, sources.ear
    things = list(usual_nouns(lexicon, evidence, ear))
    adjectives = list(usual_adjectives(lexicon, evidence))
    if not things or not adjectives:
        raise ValueError("no usual noun, or no adjective, is in the dictionaries: no phrase")
    made = Phrases(things, adjectives, ear, random.Random(seed))
    drawn, known = dict.fromkeys(made.pair() for _ in range(number)), {bare(t) for t in without}
    return [pair for pair in drawn if bare(pair[0]) not in known]


def usual_nouns(lexicon: Lexicon, evidence: Evidence, ear: Beginnings) -> Iterator[Noun]:
    """The nouns that the pairs have often, in both numbers and mostly beside their English."""
    for noun in nouns(lexicon, evidence, ear):
        forms = (noun.french, noun.english), (plural(noun.french), noun.english_plural)
        often = evidence.french[noun.french] >= USUAL
        if often and all(attested(*form, evidence) for form in forms):
            yield noun._replace(share=math.sqrt(evidence.french[noun.french]))


def usual_adjectives(lexicon: Lexicon, evidence: Evidence) -> Iterator[Adjective]:
    """The adjectives that stand behind their noun, and have both of their forms in the pairs.

    None that is rather a noun or an adverb, and no feminine of another one.
    """
    every = {word.word for word in lexicon.votes if word.part == "adjective"}
    feminines = {feminine(word) for word in every if feminine(word) != word}
    left_out = feminines | {*BEFORE_NOUN, *ELSEWHERE}
    for word, votes in sorted(lexicon.votes.items()):
        he, she = word.word, feminine(word.word)
        usual = word.part == "adjective" and he.islower() and evidence.french[he] >= USUAL
        if not usual or he in left_out or rather_another(word, lexicon):
            continue
        english = meaning(word, forms_of(word, None), votes, evidence)
        if english is None or english in BEHIND_A_VERB:
            continue
        if not (mild(he, "fr") and mild(english, "en")):
            continue
        if attested(he, english, evidence) and attested(she, english, evidence):
            yield Adjective(he, english)


def rather_another(word: Word, lexicon: Lexicon) -> bool:
    """Whether dictionaries say more of a word as a noun or as an adverb."""
    said = dict.fromkeys((word.part, "noun", "adverb"), 0.0)
    for part in said:
        for votes in lexicon.votes.get(Word(word.word, part), {}).values():
            said[part] += sum(votes.values())
    return max(said, key=lambda part: said[part]) != word.part


def attested(french: str, english: str, evidence: Evidence) -> bool:
    """Whether a form is in the pairs, mostly beside its English."""
    beside = evidence.together([french], [english])
    return evidence.french[french] >= ATTESTED and beside >= TOGETHER


if __name__ == "__main__":
    main()
