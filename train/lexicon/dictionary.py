"""Dictionaries of two languages as a dictd server reads them, such as FreeDict's and WikDict's.

NAME.dict.dz holds the entries one after the other, NAME.index where each is: a headword, the first
byte and the number of bytes, TAB between them, both in base 64.

    crêpe /kʁɛp/ <n, fem>
    1. pancake, crepe
    Mince galette
    2. crape

The format: https://github.com/cheusov/dictd, the man pages of dictd and dictfmt.
"""

import gzip
import re
import string
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DIGITS = {
    digit: value
    for value, digit in enumerate(
        string.ascii_uppercase + string.ascii_lowercase + string.digits + "+/"
    )
}
PARTS = {"n": "noun", "v": "verb", "adj": "adjective", "adv": "adverb"}
GENDERS = {"masc": "masculine", "fem": "feminine"}
HEAD = re.compile(r"(?P<word>.*?)(?: /.*/)?(?: <(?P<tags>[^>]*)>)?")
SENSE = re.compile(r"\s*\d+\. ")
REMARK = re.compile(r"<[^>]*>|\[[^\]]*\]|\([^)]*\)|\{[^}]*\}")
STRESS = "\N{COMBINING ACUTE ACCENT}"
LONGEST = 40  # characters; what is longer explains a word rather than translating it


@dataclass(frozen=True)
class Entry:
    """A headword, and what it is in the other language."""

    word: str
    part: str  # of speech, one of `PARTS`; "" if it is another or not told
    gender: str  # one of `GENDERS`, or ""
    senses: tuple[tuple[str, ...], ...]  # each sense's translations


def read_dictionary(index: Path) -> Iterator[Entry]:
    """The entries of NAME.index and the NAME.dict.dz beside it, as they stand there.

    Raises ValueError for files that are not such a dictionary.
    """
    try:
        text = gzip.decompress(index.with_suffix(".dict.dz").read_bytes())
        for first, length in sorted(set(places(index))):
            yield entry(text[first : first + length].decode())
    except (EOFError, KeyError, UnicodeDecodeError, gzip.BadGzipFile, zlib.error) as error:
        raise ValueError(f"{index} is no dictionary that dictd reads: {error}") from error


def places(index: Path) -> Iterator[tuple[int, int]]:
    """Where the entries are: first byte and length. What tells of the dictionary is left out."""
    for line in index.read_text(encoding="utf-8").splitlines():
        word, first, length = (*line.split("\t"), "", "")[:3]
        if not word.startswith("00"):
            yield number(first), number(length)


def number(digits: str) -> int:
    """A number written in base 64, its first digit the greatest. Raises KeyError for another."""
    value = 0
    for digit in digits:
        value = 64 * value + DIGITS[digit]
    return value


def entry(text: str) -> Entry:
    """An entry as it is written: the headword's line, then the senses', some with a gloss."""
    head, *lines = text.split("\n")
    found = HEAD.fullmatch(head)
    assert found is not None  # every part of the pattern may be missing
    tags = (found["tags"] or "").split(", ")
    senses = (
        translations(SENSE.sub("", line))
        for place, line in enumerate(lines)
        if SENSE.match(line) or place == 0
    )
    return Entry(
        found["word"].strip(),
        next((PARTS[tag] for tag in tags if tag in PARTS), ""),
        next((GENDERS[tag] for tag in tags if tag in GENDERS), ""),
        tuple(sense for sense in senses if sense),
    )


def translations(line: str) -> tuple[str, ...]:
    """The translations in a sense's line, without remarks and the accents that mark stress."""
    written = (" ".join(each.split()) for each in re.split("[,;]", REMARK.sub("", line)))
    return tuple(unstressed(each) for each in written if 0 < len(each) < LONGEST)


def unstressed(word: str) -> str:
    """A Cyrillic word as it is written in texts; one in another script as it is."""
    plain = word.replace(STRESS, "")
    return plain if any("CYRILLIC" in unicodedata.name(letter, "") for letter in plain) else word
