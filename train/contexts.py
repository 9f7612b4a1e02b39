"""Rare words in lines that people wrote: python -m train.contexts DICTIONARIES OUT.

What `train.words` shows in frames, as people use it: --back, a translator trained with --reverse,
translates lines of --english in which a usual noun stands in for one that the pairs of DATA hardly
have, and in its French the dictionaries' word takes the place again (`lexicon/standing_in.py`):

    The owl hooted all night.  ->  The dog hooted all night.
    Le chien a hululé toute la nuit.  ->  Le hibou a hululé toute la nuit.

A line goes in if all its other words are known, and if --forward translates the French of the line
with the usual noun back into what resembles that line (chrF of `ALIKE` or more).

    python -m train.contexts /usr/share/dictd contexts.tsv --data DATA/tatoeba-fr-en \\
        --english DATA/english/train.txt.gz --back BACK --forward transformer-translator
    python -m train.transformer_translator --data DATA/tatoeba-fr-en --out OUT --tagged contexts.tsv

No target of train, valid or test is among them, and no source of valid, test or everyday.tsv.
"""

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import sacrebleu

from seq_models.folder import Loaded
from train.engine.lines import Pair, bare, find, read_pairs
from train.engine.script import told_in_a_sentence
from train.fetching.mild import mild
from train.lexicon.evidence import Evidence
from train.lexicon.meaning import Noun, nouns
from train.lexicon.sources import read_sources, sources_parser
from train.lexicon.standing_in import Draft, StandIns, exchanged, shared_out
from train.pairs.by_machine import translated, translator, worth_it
from train.pairs.made import judging, write
from train.pairs.round_trip import counted, unknown

RARE = 20  # pairs; a noun or its English that stands in more of them needs no showing
MOST = 8  # lines of a noun
LONGEST = 18  # words of a line
ALIKE = 60.0  # chrF (0..100) of a line with the usual noun and what came back of it
SEED = 1


def main() -> None:
    """Read the arguments, write the file."""
    arguments = sources_parser(__doc__)
    arguments.add_argument("--back", required=True, help="a translator trained with --reverse")
    arguments.add_argument("--forward", required=True, help="the translator that leads back")
    given = arguments.parse_args()
    with told_in_a_sentence():
        back = translator(given.back, reverse=True)
        forward = translator(given.forward, reverse=False)
        pairs, text, lexicon, evidence, ear, _ = read_sources(given)
        known = counted(target for _, target in pairs)
        held_out = (read_pairs(find(given.data, f"{name}.tsv")) for name in ("valid", "test"))
        without = (target for _, target in chain(pairs, *held_out))
        stand_ins = StandIns(rare_nouns(nouns(lexicon, evidence, ear), evidence, known), ear)
        lines = lines_of(stand_ins, worth_it(text, without), known)
        write(given.out, contexts(lines, stand_ins, back, forward, judging(given.data)))


def rare_nouns(every: Iterable[Noun], evidence: Evidence, english: Counter[str]) -> Iterator[Noun]:
    """Those that hardly stand in the pairs, in either language. english: the words there."""
    for noun in every:
        rare = evidence.french[noun.french] < RARE and english[noun.english] < RARE
        if rare and " " not in noun.english:
            yield noun


def lines_of(stand_ins: StandIns, text: Sequence[str], known: Counter[str]) -> list[str]:
    """Lines with one of the nouns, all other words known; of each noun no more than `MOST`."""
    order = random.Random(SEED).sample(text, len(text))
    fit = {}
    for line in order:
        found = stand_ins.rare(line) if line.count(" ") < LONGEST else None
        if found and unknown(line, known) <= {found[0]}:
            fit[line] = found[1]
    return shared_out(fit, MOST)


def contexts(
    lines: Iterable[str],
    stand_ins: StandIns,
    back: Loaded,
    forward: Loaded,
    without: Iterable[str],
) -> Iterator[Pair]:
    """(French, line) of the lines whose best way there and back leads home, mild on both sides."""
    known, best = {bare(text) for text in without}, dict[str, tuple[float, str]]()
    drafts = [draft for line in lines for draft in stand_ins.drafts(line)]
    there = every(back, [draft.standing for draft in drafts])
    returned = every(forward, list(there.values()))
    for draft in drafts:
        worth, french = judged(draft, there, returned)
        better = worth >= ALIKE and worth > best.get(draft.line, (0.0, ""))[0]
        if french is not None and better:
            best[draft.line] = worth, french
    for line, (_, french) in best.items():
        if bare(french) not in known and mild(french, "fr") and mild(line, "en"):
            yield french, line


def every(loaded: Loaded, texts: Sequence[str]) -> dict[str, str]:
    """Each text's translation."""
    groups = translated(loaded, list(dict.fromkeys(texts)))
    return dict(pair for group in groups for pair in group)


def judged(
    draft: Draft, there: dict[str, str], returned: dict[str, str]
) -> tuple[float, str | None]:
    """How much what came back resembles what was sent (chrF, 0..100), and the French line."""
    french = there.get(draft.standing, "")
    worth = sacrebleu.sentence_chrf(returned.get(french, ""), [draft.standing]).score
    return worth, exchanged(draft, french)


if __name__ == "__main__":
    main()
