"""Files of text as people have them: cleaned, and what is left out is counted.

A line may end in LF or CR LF, a file may begin with a byte order mark; signs that cannot be seen
vanish, blanks of every kind become one space. A line with nothing left to read is left out, and so
is a pair with such a side. What cannot be read at all is refused, with its file and line.
"""

import csv
import gzip
import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from seq_models.normalise import normalise

EMPTY, LONG = "empty", "long"  # why something is left out
WHY = {EMPTY: "with nothing to read", LONG: "longer than a model can learn from"}
ATTRIBUTION = re.compile(r"CC[- ]?(BY|0)|Attribution|tatoeba\.org", re.IGNORECASE)
SHOWN = 80  # characters of a line that is refused

T = TypeVar("T")
LeftOut = Counter[str]
"""How many lines or pairs are left out, for each of `WHY`."""

Numbered = tuple[Path, int, str]  # a file, a line's number in it from 1, the line
Pair = tuple[str, str]  # source, target


def read_lines(path: Path, left_out: LeftOut | None = None) -> list[str]:
    """The lines of a text file, plain or .gz. Raises ValueError if it has none to read."""
    lines = [line for _, line in lines_of([path], left_out)]
    return some(lines, path)


def read_pairs(path: Path, left_out: LeftOut | None = None) -> list[Pair]:
    """The pairs of a file, see `pair_of`. Raises ValueError for a bad line, or if it has none."""
    pairs = [pair for _, pair in pairs_of([path], left_out)]
    return some(pairs, path)


def some(found: list[T], path: Path) -> list[T]:
    """What was found in a file. Raises ValueError if that is nothing."""
    if not found:
        raise ValueError(f"{path} is empty: every line of it is blank")
    return found


def lines_of(paths: Iterable[Path], left_out: LeftOut | None = None) -> Iterator[tuple[Path, str]]:
    """The lines of some files that can be read, each with its file; others are counted."""
    for path, _, line in numbered(paths):
        cleaned = clean(line)
        if cleaned:
            yield path, cleaned
        elif left_out is not None:
            left_out[EMPTY] += 1


def pairs_of(paths: Iterable[Path], left_out: LeftOut | None = None) -> Iterator[tuple[Path, Pair]]:
    """The pairs of some files that have two sides, each with its file; others are counted."""
    for path, number, line in numbered(paths):
        blank = not clean(line)
        source, target = ("", "") if blank else map(clean, pair_of((path, number, line)))
        if source and target:
            yield path, (source, target)
        elif left_out is not None:
            left_out[EMPTY] += 1


def numbered(paths: Iterable[Path]) -> Iterator[Numbered]:
    """The lines of some files as they stand there, plain or .gz, one by one.

    Raises ValueError for a file that has none, is cut off or damaged, or is not UTF-8.
    """
    for path in paths:
        opened = gzip.open if path.suffix == ".gz" else open
        number = 0
        with opened(path, "rt", encoding="utf-8-sig") as file:
            try:
                for number, line in enumerate(file, start=1):
                    yield path, number, line.rstrip("\n")
            except (EOFError, zlib.error, gzip.BadGzipFile, UnicodeDecodeError) as error:
                raise ValueError(f"{path} cannot be read past line {number}: {error}") from error
        if number == 0:
            raise ValueError(f"{path} is empty")


def pair_of(where: Numbered) -> Pair:
    """The two sides of a line, which has one of these forms:

        source TAB target                       a side that holds a tab itself stands in quotes
        source TAB target TAB attribution       the editions of manythings.org
        number TAB source TAB number TAB target the sentence pairs of Tatoeba

    Raises ValueError for any other.
    """
    path, number, line = where
    fields = line.split("\t")
    if len(fields) == 3 and ATTRIBUTION.search(fields[2]):
        fields = fields[:2]
    elif len(fields) == 4 and fields[0].strip().isdecimal() and fields[2].strip().isdecimal():
        fields = fields[1::2]
    elif len(fields) > 2:
        fields = quoted(line)
    if len(fields) != 2:
        raise ValueError(f"{path}, line {number}: wanted source TAB target, got {line[:SHOWN]!r}")
    return fields[0], fields[1]


def quoted(line: str) -> list[str]:
    """The fields of a line in which some stand in quotes; [] if it has no such form."""
    try:
        return next(csv.reader([line], "excel-tab"))
    except csv.Error:
        return []


def clean(text: str) -> str:
    """The text without signs that cannot be seen, one space between words; "" if none is left."""
    if not text.isprintable():
        text = "".join(sign for sign in text if sign.isspace() or not hidden(sign))
    text = " ".join(text.split())
    plain = any(sign.isascii() and sign.isalnum() for sign in text)
    return text if plain or normalise(text).text else ""


def bare(line: str) -> str:
    """A line's letters and digits, in lower case, words apart."""
    letters = "".join(c if c.isalnum() else " " for c in line.casefold())
    return " ".join(letters.split())


def hidden(sign: str) -> bool:
    """Whether a sign formats or controls instead of being seen."""
    return unicodedata.category(sign) in ("Cc", "Cf")


def told(left_out: Mapping[str, int]) -> str:
    """How many were left out, and why, in words; "" if none was."""
    counts = [f"{left_out[why]:,} {words}" for why, words in WHY.items() if left_out.get(why)]
    return " and ".join(counts)


def find(data: Path, name: str) -> Path:
    """`name` in the folder `data`, plain or with .gz. Raises FileNotFoundError with a sentence."""
    for path in (data / name, data / f"{name}.gz"):
        if path.exists():
            return path
    raise FileNotFoundError(f"{data} has neither {name} nor {name}.gz; name the folder that has it")
