"""Training text to batches: lines of similar length together, in few distinct shapes.

A batch's length is rounded up to one of `EDGES` and its number of rows follows from that, so that
a whole training sees about a dozen shapes (each new shape costs a CPU a compilation).
"""

import gzip
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor

from seq_models import END, PAD, START
from seq_models.tokenizer import Tokenizer

EDGES = (4, 6, 8, 10, 12, 14, 16, 20, 24, 32, 48, 64, 96, 128, 192, 256)  # tokens
ROWS = 8  # a batch has a multiple of this many rows, so that 2, 4 or 8 processes can share it

Example = tuple[list[int], ...]  # (text,) for a language model, (source, target) for a translator


class Batch(NamedTuple):
    """The rows of one step, padded to one length."""

    fields: tuple[Tensor, ...]  # each (B, S)
    targets: int  # how many tokens are predicted in it, over all processes


def read_lines(path: Path) -> list[str]:
    """The lines of a text file, plain or .gz. Raises ValueError if there is none."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        lines = [line.rstrip("\n") for line in file]
    if not lines:
        raise ValueError(f"{path} is empty")
    return lines


def read_pairs(path: Path) -> list[tuple[str, str]]:
    """The source TAB target lines of a file. Raises ValueError for a line without two fields."""
    pairs = []
    for number, line in enumerate(read_lines(path), start=1):
        fields = line.split("\t")
        if len(fields) != 2:
            raise ValueError(f"{path}, line {number}: wanted source TAB target, got {line[:80]!r}")
        pairs.append((fields[0], fields[1]))
    return pairs


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


class Batches:
    """The batches of every epoch, each epoch in an order of its own that `seed` determines."""

    def __init__(self, examples: Sequence[Example], tokens: int, seed: int) -> None:
        """tokens: about how many a batch holds in each field, padding included."""
        self.examples = examples
        self.tokens = tokens
        self.seed = seed
        lengths = [max(map(len, example)) for example in examples]
        if max(lengths) > EDGES[-1]:
            raise ValueError(f"an example has {max(lengths)} tokens, more than {EDGES[-1]}")
        self.edges = [next(edge for edge in EDGES if edge >= length) for length in lengths]

    def epoch(self, number: int) -> list[list[int]]:
        """The rows (indices of examples) of each batch of epoch `number`.

        What does not fill a batch is left out until another epoch's order has it in one; a length
        with fewer examples than one batch never is. Where nothing at all fills a batch, rows are
        repeated up to a multiple of `ROWS`, so that every process still has a share.
        """
        generator = torch.Generator().manual_seed(self.seed * 1_000_003 + number)
        waiting: dict[int, list[int]] = {}
        batches: list[list[int]] = []
        for row in torch.randperm(len(self.examples), generator=generator).tolist():
            group = waiting.setdefault(self.edges[row], [])
            group.append(row)
            if len(group) == self.rows(self.edges[row]):
                batches.append(group)
                waiting[self.edges[row]] = []
        if not batches:
            batches = [
                (group * ROWS)[: -(-len(group) // ROWS) * ROWS]
                for group in waiting.values()
                if group
            ]
        order = torch.randperm(len(batches), generator=generator).tolist()
        return [batches[index] for index in order]

    def rows(self, edge: int) -> int:
        """How many rows a batch of this length has."""
        return max(ROWS, self.tokens // edge // ROWS * ROWS)

    def collate(self, rows: Sequence[int], rank: int = 0, world: int = 1) -> Batch:
        """The tensors of the rows that process `rank` of `world` works on."""
        edge = max(self.edges[row] for row in rows)
        mine = [self.examples[row] for row in rows[rank::world]]
        fields = tuple(pad(field, edge) for field in zip(*mine, strict=True))
        return Batch(fields, sum(len(self.examples[row][-1]) - 1 for row in rows))

    def padding(self) -> float:
        """The share of padding (0..1) in one epoch's batches."""
        real = cells = 0
        for rows in self.epoch(0):
            edge = max(self.edges[row] for row in rows)
            fields = len(self.examples[rows[0]])
            real += sum(len(field) for row in rows for field in self.examples[row])
            cells += edge * len(rows) * fields
        return 1 - real / cells


def pad(rows: Sequence[Sequence[int]], length: int | None = None) -> Tensor:
    """Token rows as one tensor (B, length), filled up with `PAD`; by default the longest row's."""
    length = length or max(map(len, rows))
    return torch.tensor([[*row, *[PAD] * (length - len(row))] for row in rows])


def by_length(lengths: Sequence[int], rows: int) -> Iterator[list[int]]:
    """Indices in groups of `rows`, shortest first: batches for evaluation."""
    order = sorted(range(len(lengths)), key=lambda index: lengths[index])
    for first in range(0, len(order), rows):
        yield order[first : first + rows]
