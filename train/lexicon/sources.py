"""What every command reads that takes words out of dictionaries: those, pairs, lines of English."""

import argparse
from pathlib import Path
from typing import NamedTuple

from train.engine.lines import Pair, find, read_lines, read_pairs
from train.engine.script import new_file
from train.lexicon.agreed import Lexicon, read_lexicon
from train.lexicon.evidence import Evidence
from train.lexicon.french import Beginnings, behind_be


class Sources(NamedTuple):
    """What such a command knows of both languages.

    lexicon: what the dictionaries say. evidence: how usual words are, and which stand together.
    ear: which French words sound as if they began with a vowel. passives: participles, in the
    masculine, that stand behind "être" in the pairs.
    """

    pairs: list[Pair]
    english: list[str]  # lines
    lexicon: Lexicon
    evidence: Evidence
    ear: Beginnings
    passives: frozenset[str]


def sources_parser(description: str | None) -> argparse.ArgumentParser:
    """The arguments of every such command; a command may add its own."""
    arguments = argparse.ArgumentParser(description=(description or "").partition("\n")[0])
    arguments.add_argument("dictionaries", type=Path, help="folder of dictd's dictionaries")
    arguments.add_argument("out", type=new_file, help="file of pairs to write")
    arguments.add_argument("--data", type=Path, required=True, help="folder of the pairs")
    arguments.add_argument("--english", type=Path, required=True, help="lines of English")
    return arguments


def read_sources(given: argparse.Namespace) -> Sources:
    """What the arguments name. Raises OSError, or ValueError for what is none of it."""
    pairs = read_pairs(find(given.data, "train.tsv"))
    english, lexicon = read_lines(given.english), read_lexicon(given.dictionaries)
    ear = Beginnings(source for source, _ in pairs)
    passives = frozenset(behind_be(source for source, _ in pairs))
    return Sources(pairs, english, lexicon, Evidence(pairs, english), ear, passives)
