"""Pairs for a smaller model to learn from, translated by a better one: python -m train.distil.

MODEL translates the sources of the files of --pairs, and the lines of those of --lines, which have
no translation, so that OUT holds (source TAB translation): a target that a machine wrote. What it
writes is plainer than what many people did, and a smaller model learns it more easily; lines
without a translation show it sources that no pair has.

    python -m train.distil transformer-translator OUT.tsv --pairs DIR/train.tsv.gz \\
        --lines FRENCH/train.txt.gz --without DIR/valid.tsv.gz DIR/test.tsv.gz
    python -m train.attention_translator --data DIR --out OUT --distilled OUT.tsv

No source of --without or of everyday.tsv is among them, ignoring case and punctuation.
Y. Kim, A. Rush, 2016, section 3.2, https://arxiv.org/abs/1606.07947
"""

import argparse
import itertools
from pathlib import Path

from train.engine.lines import read_lines, read_pairs
from train.engine.script import told_in_a_sentence
from train.measures.everyday import entries
from train.pairs.by_machine import translated, translator, worth_it, write_pairs


def main() -> None:
    """Read the arguments, write the file."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("model", help="the better translator: a name or a folder")
    arguments.add_argument("out", type=Path, help="file of pairs to write")
    for name, help in (
        ("--pairs", "pairs whose sources are translated anew"),
        ("--lines", "lines in the source language"),
        ("--without", "pairs whose sources are left out"),
    ):
        arguments.add_argument(name, type=Path, nargs="+", default=[], help=help)
    given = arguments.parse_args()
    with told_in_a_sentence():
        teacher = translator(given.model, reverse=False)
        lines = worth_it(
            itertools.chain(sources(given.pairs), *map(read_lines, given.lines)),
            [*sources(given.without), *(entry.french for entry in entries())],
        )
        if not lines:
            raise ValueError("there is nothing to translate: give --pairs or --lines")
        write_pairs(given.out, translated(teacher, lines), len(lines))


def sources(files: list[Path]) -> list[str]:
    """The sources of the files' pairs."""
    return [source for path in files for source, _ in read_pairs(path)]


if __name__ == "__main__":
    main()
