"""What a class types: 300 French lines in everyday.tsv with the English that a teacher accepts.

A line of the file is French TAB one to three answers, between them " | ". None of the French lines
stands in a training pair. A translation is accepted if it is one of the answers, ignoring case,
punctuation and whether a short form ("don't") or a long one ("do not") was chosen. Every fifth
line is tried once more as people type: in capitals, without accents, in small letters.

And what a class types first, a word alone: 100 words in alone.tsv, accepted with an article or
without, each once more with a capital, as a telephone begins a line.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sacrebleu

from seq_models.repair import unaccented
from train.engine.lines import read_pairs
from train.pairs.typed import WAYS

FILE = Path(__file__).parents[1] / "everyday.tsv"
ALONE = FILE.with_name("alone.tsv")
BETWEEN = " | "  # two answers
BEFORE = re.compile(r"^(?:an?|the|to) ", re.IGNORECASE)  # a word that stands alone
EVERY = 5  # one line in so many is tried as people type it
LONG = (
    (r"\bcan't\b|\bcannot\b", "can not"),
    (r"\bwon't\b", "will not"),
    (r"\bshan't\b", "shall not"),
    (r"n't\b", " not"),
    (r"'m\b", " am"),
    (r"'re\b", " are"),
    (r"'ll\b", " will"),
    (r"'ve\b", " have"),
    (r"\b(i|you|he|she|we|they)'d\b", r"\1 would"),
    (r"\b(it|he|she|that|there|what|where|who|how|here|name|let)'s\b", r"\1 is"),
)

Translate = Callable[[Sequence[str]], Sequence[str]]
"""Texts to their translations."""


@dataclass(frozen=True)
class Entry:
    """A French line and the answers that a teacher accepts."""

    french: str
    answers: tuple[str, ...]


def entries(path: Path = FILE) -> list[Entry]:
    """The lines of the file. Raises ValueError for one without an answer."""
    return [Entry(french, tuple(answers.split(BETWEEN))) for french, answers in read_pairs(path)]


def as_typed(lines: Sequence[Entry]) -> list[Entry]:
    """Every fifth line, in the ways of `typed.WAYS` by turns."""
    chosen = lines[::EVERY]
    return [
        Entry(WAYS[number % len(WAYS)](entry.french), entry.answers)
        for number, entry in enumerate(chosen)
    ]


def accepted(translation: str, answers: Sequence[str]) -> bool:
    """Whether a teacher accepts the translation."""
    return plain(translation) in {plain(answer) for answer in answers}


def plain(text: str) -> str:
    """A text's letters and digits, small, without accents, short forms written out."""
    found = unaccented(text.replace("’", "'")).lower()
    for short, long in LONG:
        found = re.sub(short, long, found)
    return " ".join("".join(c if c.isalnum() else " " for c in found).split())


def measure_everyday(translate: Translate) -> dict[str, Any]:
    """The share accepted (0..1) and chrF (0..100), of clean lines and of lines as people type.

    "clean_of_typed" is the share of the lines that are also typed, so that the two compare.
    "alone" is that of words, "alone_capital" of the same with a capital.
    """
    lines, words = entries(), entries(ALONE)
    capitals = [Entry(word.french.capitalize(), word.answers) for word in words]

    def word_of(texts: Sequence[str]) -> list[str]:
        return [BEFORE.sub("", text) for text in translate(texts)]

    return {
        "clean": judged(translate, lines),
        "clean_of_typed": judged(translate, lines[::EVERY]),
        "typed": judged(translate, as_typed(lines)),
        "alone": judged(word_of, words),
        "alone_capital": judged(word_of, capitals),
    }


def judged(translate: Translate, lines: Sequence[Entry]) -> dict[str, Any]:
    """How many lines there are, the share accepted, and chrF against the best-fitting answer."""
    found = translate([entry.french for entry in lines])
    right = [accepted(one, entry.answers) for one, entry in zip(found, lines, strict=True)]
    best = [closest(one, entry.answers) for one, entry in zip(found, lines, strict=True)]
    return {
        "sentences": len(lines),
        "accepted": round(sum(right) / len(right), 4),
        "chrf": round(sacrebleu.corpus_chrf(list(found), [best]).score, 2),
    }


def closest(translation: str, answers: Sequence[str]) -> str:
    """The answer that the translation resembles most, by chrF."""
    likeness = [sacrebleu.sentence_chrf(translation, [answer]).score for answer in answers]
    return answers[likeness.index(max(likeness))]
