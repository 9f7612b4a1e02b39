"""More pairs out of text in one language: python -m train.back_translate MODEL TEXT OUT.

MODEL is the folder of a translator trained with --reverse; it translates each line of TEXT, so that
OUT holds (translation TAB line): a source that a machine wrote, a target that a person wrote. No
target of --without is among the lines, and no source of it or of everyday.tsv among the
translations, ignoring case and punctuation.
With --known and --forward, only pairs that are worth it go in, see `pairs/round_trip.py`. If both
translators have learned words out of dictionaries, the file of `train.words` may be among --known.
--rare takes the lines with a word that is known and stands in few of those pairs; and with
--dictionaries and --verbs, as `train.words` reads them, a line goes in only if its translation says
for each of its rare words what a dictionary says that it is.

    python -m train.transformer_translator --data DIR --out BACK --reverse
    python -m train.back_translate BACK TEXT back.tsv --without DIR/train.tsv.gz DIR/test.tsv.gz \\
        --known DIR/train.tsv.gz --forward FORWARD
    python -m train.transformer_translator --data DIR --out OUT --tagged back.tsv

R. Sennrich, B. Haddow, A. Birch, 2016, section 3, https://arxiv.org/abs/1511.06709
"""

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import torch

from train.engine.lines import Pair, bare, read_lines, read_pairs
from train.engine.script import count, told_in_a_sentence
from train.lexicon.agreed import read_lexicon
from train.lexicon.bilingual import Bilingual
from train.lexicon.french import read_verbs
from train.measures.everyday import ALONE, entries
from train.pairs.by_machine import translated, translator, worth_it, write_pairs
from train.pairs.round_trip import TWICE, counted, sound, unknown, words

COPIED = 1  # unknown words of a line that is tried; of two, one is hardly ever copied
SEED = 1


def main() -> None:
    """Read the arguments, write the file."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("model", help="folder of a translator trained with --reverse")
    arguments.add_argument("text", type=Path, help="lines in its source language")
    arguments.add_argument("out", type=Path, help="file of pairs to write")
    arguments.add_argument(
        "--without", type=Path, nargs="+", default=[], help="pairs of which neither side comes in"
    )
    arguments.add_argument(
        "--known", type=Path, nargs="+", default=[], help="pairs whose targets' words are known"
    )
    arguments.add_argument(
        "--rare", type=count, help="only lines with a known word that stands in --known less often"
    )
    arguments.add_argument("--dictionaries", type=Path, help="folder of dictd's dictionaries")
    arguments.add_argument("--verbs", type=Path, help="folder of Verbiste's tables")
    arguments.add_argument("--forward", type=Path, help="folder of the translator that leads back")
    arguments.add_argument("--most", type=count, help="lines to translate, drawn at random")
    given = arguments.parse_args()
    with told_in_a_sentence():
        if given.rare and not given.known:
            raise ValueError("--rare needs --known: pairs that tell which words are rare")
        if (given.dictionaries is None) != (given.verbs is None):
            raise ValueError("--dictionaries and --verbs need each other")
        if given.dictionaries and not given.rare:
            raise ValueError("--dictionaries needs --rare: they tell what rare words are")
        write(given)


def chosen(given: argparse.Namespace, known: Counter[str], without: Sequence[Pair]) -> list[str]:
    """The lines to translate: new ones, with no more than `COPIED` words that nobody knows.

    without: the pairs of `--without`. With `--rare`, of those the lines with a known word that is
    rarer in what is known.
    """
    lines = worth_it(read_lines(given.text), (target for _, target in without))
    if given.known:
        lines = [line for line in lines if len(unknown(line, known)) <= COPIED]
    if given.rare:
        lines = [line for line in lines if rare(line, known, given.rare)]
    if given.most is None:
        return lines
    order = torch.randperm(len(lines), generator=torch.Generator().manual_seed(SEED))
    return [lines[index] for index in order[: given.most].tolist()]


def judging(without: Sequence[Pair]) -> set[str]:
    """What no translation may be, `bare`: sources of `--without`, and everyday lines and words."""
    everyday = (entry.french for entry in (*entries(), *entries(ALONE)))
    return {bare(text) for text in (*(source for source, _ in without), *everyday)}


def rare(line: str, known: Counter[str], less: int) -> set[str]:
    """The words of a line that are known, and stand in less of what is known."""
    return {word for word in words(line) if TWICE <= known[word] < less}


def write(given: argparse.Namespace) -> None:
    """Write the file of (translation, line), with `--forward` only those that are worth it."""
    backward = translator(given.model, reverse=True)
    forward = None if given.forward is None else translator(str(given.forward), reverse=False)
    known = counted(target for path in given.known for _, target in read_pairs(path))
    without = [pair for path in given.without for pair in read_pairs(path)]
    lines, kept_back = chosen(given, known, without), judging(without)
    dictionaries = None
    if given.dictionaries:
        dictionaries = Bilingual(read_lexicon(given.dictionaries), read_verbs(given.verbs))

    def right(translation: str, line: str) -> bool:
        """Whether it judges no model, and says what the dictionaries, if any, say of rare words."""
        if bare(translation) in kept_back:
            return False
        return dictionaries is None or dictionaries.says(translation, rare(line, known, given.rare))

    def keep(group: list[Pair]) -> list[Pair]:
        pairs = [(translation, line) for line, translation in group if right(translation, line)]
        return pairs if forward is None else sound(pairs, forward, known)

    write_pairs(given.out, translated(backward, lines), len(lines), keep)


if __name__ == "__main__":
    main()
