"""Lines to translate, as people have them: pasted, or a file of text or of a table.

A line is a French sentence; a second column is a reference, a translation by a person. Every
refusal is a sentence with the line's number.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

MOST = 1_000  # lines with text
HEADINGS = ("french", "français", "source", "fr", "src")
WIDE = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}  # how files begin that are not UTF-8


@dataclass(frozen=True)
class Line:
    """A sentence, and what a person translated it to, if that is given."""

    number: int  # from 1, where it stands
    source: str
    reference: str = ""


Row = tuple[int, Sequence[str]]  # a line's number and its columns


def pasted(text: str) -> list[Line]:
    """The lines of a pasted text; a tab stands before a reference. Raises ValueError."""
    if not isinstance(text, str):
        raise ValueError("This is no text: please give the lines as one string.")
    return lines_of((number, line.split("\t")) for number, line in numbered(text))


def opened(name: str, content: bytes) -> list[Line]:
    """The lines of a file, .txt, .tsv or .csv. Raises ValueError, in a sentence with the line."""
    kind = PurePath(name).suffix.lower()
    if kind not in (".txt", ".tsv", ".csv"):
        what = f"a {kind} file" if kind else "a file without an ending"
        raise ValueError(f"This is {what}; please drop a .txt, .tsv or .csv file.")
    text = decoded(content)
    if kind == ".txt":
        return lines_of((number, [line.replace("\t", " ")]) for number, line in numbered(text))
    if kind == ".tsv":
        return pasted(text)
    return lines_of(table(text))


def decoded(content: bytes) -> str:
    """A file's text, which is UTF-8 with or without a byte order mark."""
    if content[:2] in WIDE:
        raise ValueError(
            f"Line 1: this file is {WIDE[content[:2]]}; please save it as UTF-8 and drop it again."
        )
    try:
        content = content.removeprefix(codecs.BOM_UTF8)
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = len(io.StringIO(content[: error.start].decode("utf-8"), newline=None).readlines())
        ended = content[error.start - 1 : error.start] in (b"\n", b"\r", b"")
        raise ValueError(
            f"Line {line + ended} is not UTF-8; please save the file as UTF-8 and drop it again."
        ) from error


def numbered(text: str) -> Iterable[tuple[int, str]]:
    """Lines that end as on any system, with their numbers."""
    for number, line in enumerate(io.StringIO(text, newline=None), start=1):
        yield number, line.rstrip("\n")


def table(text: str) -> Iterable[Row]:
    """The rows of a CSV, with commas or, as spreadsheets in France write it, semicolons."""
    delimiter = delimiter_of(text)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 1
    try:
        for row in rows:
            yield number, [" ".join(cell.split()) for cell in row]
            number = rows.line_num + 1
    except csv.Error as error:
        raise ValueError(
            f"Line {number} is no row of a table ({error}); please check its quotation marks."
        ) from error


def delimiter_of(text: str) -> str:
    """What parts the columns of a CSV: two of them in every row; a comma in a sentence does not."""
    for sign in ";,":
        try:
            rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=sign) if row]
        except csv.Error:
            continue
        if all(len(row) == 2 and not row[1].startswith(" ") for row in rows):
            return sign
    first = next(io.StringIO(text, newline=None), "")
    if first.count(";") > first.count(","):
        return ";"
    return "\t" if re.search(r'[^"\s],\s+\w', text) else ","


def lines_of(rows: Iterable[Row]) -> list[Line]:
    """What rows say, without blank ones and a heading. Raises ValueError for what cannot be."""
    found: list[Line] = []
    every = [(number, [cell.strip() for cell in columns]) for number, columns in rows]
    filled = [(number, cells) for number, cells in every if any(cells)]
    if len(filled) > 1 and filled[0][1][0].lower() in HEADINGS:
        del filled[0]
    for number, cells in filled:
        if len(cells) > 2:
            raise ValueError(
                f"Line {number:,} has {len(cells)} columns; please give the French in the first "
                "and, if you have one, a reference in the second."
            )
        line = Line(number, *cells)
        refuse(line, found)
        found.append(line)
    if not found:
        raise ValueError("There is no line yet: please paste some, or drop a file.")
    return found


def refuse(line: Line, before: Sequence[Line]) -> None:
    """Raise ValueError for a line that cannot follow those before it."""
    if len(before) == MOST:
        raise ValueError(f"Line {line.number:,} is one too many; please give at most {MOST:,}.")
    if not line.source:
        raise ValueError(f"Line {line.number:,} has no French before its reference.")
    if before and bool(line.reference) != bool(before[0].reference):
        has, other = ("a", "none") if line.reference else ("no", "one")
        raise ValueError(
            f"Line {line.number:,} has {has} reference, and line {before[0].number:,} has {other}; "
            "please give one on each line or on none."
        )


def text_of(lines: Sequence[Line]) -> str:
    """Lines as a person would paste them, each where it stands."""
    places = {line.number: "\t".join(filter(None, (line.source, line.reference)))
              for line in lines}  # fmt: skip
    return "\n".join(places.get(number, "") for number in range(1, max(places) + 1))
