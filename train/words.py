"""Words that no pair has, out of dictionaries: python -m train.words DICTIONARIES OUT.

A translator cannot know what it has never read, and most of what it gets wrong are such words. OUT
holds, for each French word that DATA's pairs have never or hardly ever, some pairs that show it
with an article, in a plural, in a tense, in short sentences that mean something with any word:

    une ancre TAB an anchor         Elles ronflaient. TAB They were snoring.

DICTIONARIES is a folder of dictionaries as a dictd server reads them, from French into English and
into other languages, and from those into English, such as FreeDict's and WikDict's; the folder of
--verbs holds Verbiste's tables. On Debian: apt-get install verbiste, and dict-freedict-fra-eng,
-fra-deu, -deu-eng, -fra-fin, -eng-fin and so on.

    python -m train.words /usr/share/dictd words.tsv --data DATA/tatoeba-fr-en \\
        --english DATA/english/train.txt.gz --verbs /usr/share/verbiste-0.1
    python -m train.transformer_translator --data DATA/tatoeba-fr-en --out OUT --shown words.tsv

A word goes in if two dictionaries or more agree on what it is in English, and if the English is
known: a word of some lines of --english. No source of valid, test or everyday.tsv is among them,
ignoring case and punctuation, and no word that a class should not see.
"""

import random
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from train.engine.lines import Pair, bare
from train.engine.script import told_in_a_sentence
from train.fetching.mild import mild
from train.lexicon import shown
from train.lexicon.agreed import Word
from train.lexicon.french import REFLEXIVE, Conjugation, read_verbs, verb_of
from train.lexicon.meaning import forms_of, meaning
from train.lexicon.sources import Sources, read_sources, sources_parser
from train.pairs.made import judging, write

RARE = 6  # pairs; a form of a word that stands in more of them needs no showing
SHOWN = {"noun": 7, "verb": 12, "adjective": 7, "adverb": 2}  # pairs of a word
ALONE = 3  # pairs more of any word, rare or not, as people type it: alone
SEED = 1


def main() -> None:
    """Read the arguments, write the file."""
    arguments = sources_parser(__doc__)
    arguments.add_argument("--verbs", type=Path, required=True, help="folder of Verbiste's tables")
    given = arguments.parse_args()
    with told_in_a_sentence():
        verbs, known = read_verbs(given.verbs), read_sources(given)
        write(given.out, words(known, verbs, judging(given.data)))


def words(
    sources: Sources,
    verbs: Mapping[str, Conjugation],
    without: Iterable[str],
    seed: int = SEED,
) -> list[Pair]:
    """Pairs that show the words, in any order, each once; none has a source among `without`."""
    lexicon, evidence = sources.lexicon, sources.evidence
    chance, known = random.Random(seed), {bare(text) for text in without}
    found: dict[Pair, None] = {}
    for word, votes in sorted(lexicon.votes.items()):
        verb = verb_of(word.word, verbs) if word.part == "verb" else None
        english = meaning(word, forms_of(word, verb), votes, evidence)
        if english is None:
            continue
        gender = lexicon.genders.get(word.word)
        pairs = list(frames(word, english, gender, verb, sources, chance))
        rare = [pair for form, pair in pairs if evidence.french[form] < RARE and form.islower()]
        alone = [pair for _, pair in pairs if " " not in pair[0]]
        shown = chance.sample(rare, min(SHOWN[word.part], len(rare)))
        shown += chance.sample(alone, min(ALONE, len(alone)))
        found |= dict.fromkeys(pair for pair in shown if bare(pair[0]) not in known)
    kept = [pair for pair in found if mild(pair[0], "fr") and mild(pair[1], "en")]
    chance.shuffle(kept)
    return kept


def frames(
    word: Word,
    english: str,
    gender: str | None,
    verb: Conjugation | None,
    sources: Sources,
    chance: random.Random,
) -> Iterator[shown.Shown]:
    """The word in every frame of its part of speech; none of a noun whose gender nobody tells."""
    if word.part == "noun" and gender is not None:
        yield from shown.nouns(word.word, english, gender == "masculine", sources.ear)
    elif word.part == "adjective":
        yield from shown.adjectives(word.word, english)
    elif word.part == "adverb":
        yield from shown.adverbs(word.word, english)
    elif verb is not None:
        reflexive = REFLEXIVE.match(word.word) is not None
        yield from shown.verbs(verb, english, sources.ear, chance, reflexive, sources.passives)


if __name__ == "__main__":
    main()
