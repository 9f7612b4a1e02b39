"""Files of text to examples: what a model reads, and what it is asked for, as token numbers."""

import csv
import gzip
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import torch
from torch import Tensor

from seq_models import END, PAD, START
from seq_models.tokenizer import Tokenizer

TALE = 60  # words of a line that is a tale, at least
JOINED_WORDS = 120  # words of a text that is joined from lines, about

Example = tuple[list[int], ...]  # (text,) for a language model, (source, target) for a translator
Numbered = tuple[Path, int, str]  # a file, a line's number in it from 1, the line


def read_lines(path: Path) -> list[str]:
    """The lines of a text file, plain or .gz. Raises ValueError if there is none."""
    return [line for _, _, line in numbered([path])]


def read_pairs(path: Path) -> list[tuple[str, str]]:
    """The source TAB target lines of a file. Raises ValueError for a line without two fields."""
    return [pair_of(line) for line in numbered([path])]


def numbered(paths: Iterable[Path]) -> Iterator[Numbered]:
    """The lines of some files, plain or .gz, one by one.

    Raises ValueError for a file that has none, is cut off or damaged, or is not UTF-8.
    """
    for path in paths:
        opened = gzip.open if path.suffix == ".gz" else open
        number = 0
        with opened(path, "rt", encoding="utf-8") as file:
            try:
                for number, line in enumerate(file, start=1):
                    yield path, number, line.rstrip("\n")
            except (EOFError, zlib.error, gzip.BadGzipFile, UnicodeDecodeError) as error:
                raise ValueError(f"{path} cannot be read past line {number}: {error}") from error
        if number == 0:
            raise ValueError(f"{path} is empty")


def pair_of(where: Numbered) -> tuple[str, str]:
    """The two fields of a source TAB target line; one that holds a tab itself stands in quotes.

    Raises ValueError if there are not two.
    """
    path, number, line = where
    fields = line.split("\t")
    if len(fields) > 2:
        fields = [" ".join(field.split()) for field in next(csv.reader([line], "excel-tab"))]
    if len(fields) != 2:
        raise ValueError(f"{path}, line {number}: wanted source TAB target, got {line[:80]!r}")
    return fields[0], fields[1]


def find(data: Path, name: str) -> Path:
    """`name` in the folder `data`, plain or with .gz. Raises FileNotFoundError with a sentence."""
    for path in (data / name, data / f"{name}.gz"):
        if path.exists():
            return path
    raise FileNotFoundError(f"{data} has neither {name} nor {name}.gz; --data names its folder")


def text_examples(tokenizer: Tokenizer, lines: Sequence[str], window: int) -> list[Example]:
    """⟨start⟩ line ⟨end⟩, a long line cut into windows of at most `window` predictions."""
    examples: list[Example] = []
    for ids in tokenizer.encode_many(lines):
        whole = [START, *ids, END]
        examples += [
            (whole[first : first + window + 1],) for first in range(0, len(whole) - 1, window)
        ]
    return examples


def long_texts(lines: Sequence[str], seed: int) -> list[str]:
    """Texts of which more are long: tales twice, and half of the other lines joined to long ones.

    Nearly all lines are single sentences; without this, a model hardly ever sees a place beyond
    the 64th word, and learns little of how a text goes on.
    """
    tales = [line for line in lines if line.count(" ") >= TALE]
    rest = [line for line in lines if line.count(" ") < TALE]
    order = torch.randperm(len(rest), generator=torch.Generator().manual_seed(seed)).tolist()
    alone = [rest[index] for index in sorted(order[len(rest) // 2 :])]
    joined_ones: list[list[str]] = []
    words = JOINED_WORDS
    for index in order[: len(rest) // 2]:
        if words >= JOINED_WORDS:
            joined_ones.append([])
            words = 0
        joined_ones[-1].append(rest[index])
        words += rest[index].count(" ") + 1
    return [*alone, *map(" ".join, joined_ones), *tales, *tales]


def pair_examples(tokenizer: Tokenizer, pairs: Sequence[tuple[str, str]]) -> list[Example]:
    """(source ⟨end⟩, ⟨start⟩ target ⟨end⟩) for each pair."""
    sources = tokenizer.encode_many([source for source, _ in pairs])
    targets = tokenizer.encode_many([target for _, target in pairs])
    return [
        ([*source, END], [START, *target, END])
        for source, target in zip(sources, targets, strict=True)
    ]


def joined(
    pairs: Sequence[tuple[str, str]], count: int, most: int, seed: int
) -> list[tuple[str, str]]:
    """`count` longer pairs, each 2 to `most` of `pairs` joined by a space.

    They teach a model trained on single sentences to translate several in a row.
    """
    generator = torch.Generator().manual_seed(seed)
    sizes = torch.randint(2, most + 1, (count,), generator=generator).tolist()
    picks = torch.randint(len(pairs), (sum(sizes),), generator=generator).tolist()
    chosen = iter(picks)
    groups = [[pairs[next(chosen)] for _ in range(size)] for size in sizes]
    return [(" ".join(s for s, _ in group), " ".join(t for _, t in group)) for group in groups]


def pad(rows: Sequence[Sequence[int]], length: int | None = None) -> Tensor:
    """Token rows as one tensor (B, length), filled up with `PAD`; by default the longest row's."""
    length = length or max(map(len, rows))
    return torch.tensor([[*row, *[PAD] * (length - len(row))] for row in rows])


def by_length(lengths: Sequence[int], rows: int) -> Iterator[list[int]]:
    """Indices in groups of `rows`, shortest first: batches for evaluation."""
    order = sorted(range(len(lengths)), key=lambda index: lengths[index])
    for first in range(0, len(order), rows):
        yield order[first : first + rows]
