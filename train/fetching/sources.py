"""The public sources: where they are, and the sentences in them.

manythings.org      fra.txt in a zip: English TAB French TAB attribution
Tatoeba             number TAB language TAB sentence, and number TAB number of a translation, in bz2
Tatoeba Challenge   language TAB language TAB English TAB French, in gz
FairytaleQA         a csv with `text` for each tale, in folders train, val and test of a zip
African Storybook   a Markdown file a story in fr/ and en/ of a zip, "##" between its pages
"""

import bz2
import csv
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from train.engine.lines import Pair
from train.fetching.download import download

PER_LANGUAGE = "https://downloads.tatoeba.org/exports/per_language"
GITHUB, RAW = "https://github.com", "https://raw.githubusercontent.com"
ADDRESSES = {
    "manythings.zip": "https://www.manythings.org/anki/fra-eng.zip",
    "fra_sentences.tsv.bz2": f"{PER_LANGUAGE}/fra/fra_sentences.tsv.bz2",
    "eng_sentences.tsv.bz2": f"{PER_LANGUAGE}/eng/eng_sentences.tsv.bz2",
    "fra-eng_links.tsv.bz2": f"{PER_LANGUAGE}/fra/fra-eng_links.tsv.bz2",
    "challenge.txt.gz": f"{RAW}/Helsinki-NLP/Tatoeba-Challenge/"
    "f559ddf01cf3bfcc32cddf7e940218eaebe7158a/data/release/test/v2021-08-07/"
    "tatoeba-test-v2021-08-07.eng-fra.txt.gz",
    "fairytales.zip": f"{GITHUB}/uci-soe/FairytaleQAData/archive/"
    "0cdebedde0034f03acda41edd0d5d31fdb021eaf.zip",
    "storybook.zip": f"{GITHUB}/global-asp/asp-source/archive/"
    "0bb7655209c03199c45aa665275d1aaff552f013.zip",
}
TATOEBA = {
    "name": "Tatoeba",
    "url": "https://tatoeba.org",
    "licence": "CC BY 2.0 FR",
    "dataset": "tatoeba",
}
STORYBOOK = {
    "name": "African Storybook",
    "url": "https://www.africanstorybook.org",
    "licence": "CC BY",
}
FAIRYTALES = {
    "name": "Project Gutenberg",
    "url": "https://www.gutenberg.org",
    "licence": "public domain",
    "note": "fairy tales, through FairytaleQA",
    "dataset": "GEM/FairytaleQA",
}
CHALLENGE = {
    "name": "the Tatoeba Challenge, release v2021-08-07",
    "dataset": "Helsinki-NLP/tatoeba_mt",
}
FREE = "License: [CC-BY]\n"  # a few stories may not be used for gain, and are left out
TALE = re.compile(r"/data-by-train-split/section-stories/(train|val|test)/[^/]+\.csv$")
STORY = re.compile(r"/(en|fr)/(\d{4})_[^/]+\.md$")


DAMAGED = (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile, zlib.error, csv.Error)
"""What reading a damaged file raises."""


def fetched(folder: Path) -> dict[str, Path]:
    """All files of `ADDRESSES` in the folder, downloaded where they are missing."""
    return {name: download(address, folder / name) for name, address in ADDRESSES.items()}


def whole(path: Path, read: Callable[[Path], Any]) -> Any:
    """What is read of a file. Raises ValueError for a damaged one, which is put out of the way."""
    try:
        return read(path)
    except DAMAGED as error:
        path.unlink(missing_ok=True)
        raise ValueError(
            f"{path.name} is not what it was ({error}): run the same command again, it is fetched "
            "anew"
        ) from error


def manythings(path: Path) -> list[Pair]:
    """French and English of the edition that is in the zip."""
    with zipfile.ZipFile(path) as packed:
        lines = packed.read("fra.txt").decode("utf-8-sig").splitlines()
    rows = [line.split("\t") for line in lines if line.strip()]
    return [(row[1], row[0]) for row in rows if wide(row, 2, path)]


def sentences(path: Path) -> dict[str, str]:
    """Tatoeba's sentences of one language, by their number."""
    with bz2.open(path, "rt", encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines]
    return {row[0]: row[2] for row in rows if wide(row, 3, path)}


def links(path: Path) -> list[tuple[str, str]]:
    """The numbers of sentences that translate each other."""
    with bz2.open(path, "rt", encoding="utf-8") as lines:
        rows = [line.split() for line in lines]
    return [(row[0], row[1]) for row in rows if wide(row, 2, path)]


def challenge(path: Path) -> list[Pair]:
    """French and English of the test set."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines]
    return [(row[3], row[2]) for row in rows if wide(row, 4, path)]


def wide(row: list[str], columns: int, path: Path) -> bool:
    """True for a row of so many columns or more. Raises ValueError for any other."""
    if len(row) < columns:
        raise ValueError(f"{path.name} has {len(row)} columns where {columns} are wanted")
    return True


def tales(path: Path) -> dict[str, list[str]]:
    """The passages of the fairy tales, by the part that their tale belongs to."""
    found: dict[str, list[str]] = {"train": [], "val": [], "test": []}
    for match, text in members(path, TALE):
        rows = csv.DictReader(io.StringIO(text))
        found[match[1]] += [row["text"] for row in rows]
    return found


def stories(path: Path) -> dict[str, dict[str, list[str]]]:
    """The pages of each story, by language and the story's number."""
    found: dict[str, dict[str, list[str]]] = {"en": {}, "fr": {}}
    for match, text in members(path, STORY):
        if FREE in text:
            found[match[1]][match[2]] = pages(text)
    return found


def members(path: Path, wanted: re.Pattern[str]) -> Iterator[tuple[re.Match[str], str]]:
    """The files in a zip whose names are wanted, with what is in them."""
    with zipfile.ZipFile(path) as packed:
        for name in packed.namelist():
            match = wanted.search(name)
            if match:
                yield match, packed.read(name).decode("utf-8-sig")


def pages(story: str) -> list[str]:
    """The pages of a story, without its title and the page that names who made it."""
    parts = [" ".join(part.split()) for part in re.split(r"(?m)^##[ \t]*$", story)[1:]]
    return [part for part in parts if part and not part.startswith("* License")]


def told_alike(found: dict[str, dict[str, list[str]]]) -> list[Pair]:
    """French and English of each page, of the stories that have as many pages in both."""
    both = sorted(found["fr"].keys() & found["en"].keys())
    return [
        pair
        for number in both
        if len(found["fr"][number]) == len(found["en"][number])
        for pair in zip(found["fr"][number], found["en"][number], strict=True)
    ]
