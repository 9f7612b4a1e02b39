"""Examples to batches: lines of similar length together, so that little of a batch is padding.

A batch's length in tokens is rounded up to one of `EDGES`, its number of rows follows from that, so
that a whole training sees few shapes (each new shape costs a CPU a compilation). Every batch takes
as many rows from each shard, so that all processes have an equal part of it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from train.engine.data import Example, pad
from train.engine.shards import SHARDS, dealt, own_shards, together

EDGES = (4, 6, 8, 9, 10, 11, 12, 14, 16, 18, 20, 24, 28, 32, 40, 48, 64, 96, 128, 192, 256)

Lengths = Mapping[int, Tensor]
"""For each of some shards, the length (N, fields) of each field of each of its N examples."""


class Batch(NamedTuple):
    """The rows of one step that a process works on at once, padded to one length."""

    fields: tuple[Tensor, ...]  # each (B, S)
    targets: int  # how many tokens the whole step predicts, over all processes


class Batches:
    """The batches of every epoch, each epoch in an order of its own that `seed` determines.

    A row is an example's number among those of all processes: example n of shard s is row
    n * SHARDS + s.
    """

    def __init__(
        self,
        examples: Mapping[int, Sequence[Example]] | Sequence[Example],
        tokens: int,
        seed: int,
        exchange: Callable[[Lengths], Sequence[Lengths]] = together,
    ) -> None:
        """examples: those of each shard of this process, or all there are, to take its own from.

        tokens: about how many a batch holds in each field, padding included.
        exchange: gives the lengths of every process for those of this one.

        Raises ValueError if an example is too long, or a shard has none.
        """
        self.shards = examples if isinstance(examples, Mapping) else dealt(examples, own_shards())
        self.tokens = tokens
        self.seed = seed
        lengths: dict[int, Tensor] = {}
        for part in exchange({shard: lengths_of(own) for shard, own in self.shards.items()}):
            lengths |= part
        self.counts = [len(lengths[shard]) for shard in range(SHARDS)]
        if min(self.counts) == 0:
            raise ValueError(f"shard {self.counts.index(0)} has no example; give more lines")
        table = pad_sequence([lengths[shard] for shard in range(SHARDS)])  # (N, SHARDS, fields)
        self.lengths = table.flatten(0, 1)  # (rows, fields), 0 where a shard has no such row
        longest = self.lengths.amax(dim=1)
        if longest.max() > EDGES[-1]:
            raise ValueError(f"an example has {longest.max()} tokens, more than {EDGES[-1]}")
        self.kinds = torch.bucketize(longest, torch.tensor(EDGES))  # (rows,): places in EDGES

    def __len__(self) -> int:
        """How many examples there are, over all processes."""
        return sum(self.counts)

    def epoch(self, number: int) -> list[list[int]]:
        """The rows of each batch of epoch `number`, none of them twice.

        What does not fill a batch of its length goes into one of the next longer. Where a shard
        has more examples than another, some wait for another epoch, drawn anew each time.
        """
        generator = torch.Generator().manual_seed(self.seed * 1_000_003 + number)
        least = min(self.counts)
        drawn = [torch.randperm(count, generator=generator)[:least] for count in self.counts]
        rows = torch.stack(drawn) * SHARDS + torch.arange(SHARDS).unsqueeze(1)  # (SHARDS, least)
        kinds, order = self.kinds[rows].sort(dim=1, stable=True)
        rows = rows.gather(1, order)
        batches = [rows[:, start:end].flatten().tolist() for start, end in self.cuts(kinds)]
        shuffled = torch.randperm(len(batches), generator=generator).tolist()
        return [batches[index] for index in shuffled]

    def cuts(self, kinds: Tensor) -> list[tuple[int, int]]:
        """Where each batch begins and ends in kinds (SHARDS, N), each shard's shortest first.

        The last one takes what is left, however little.
        """
        cuts, start = [], 0
        for kind in kinds.unique().tolist():
            each = self.rows(EDGES[kind]) // SHARDS
            there = int((kinds <= kind).sum(dim=1).min())  # in every shard
            while start + each <= there:
                cuts.append((start, start + each))
                start += each
        return cuts + [(start, kinds.size(1))] * (start < kinds.size(1))

    def rows(self, edge: int) -> int:
        """How many rows a batch of this length has."""
        return max(1, round(self.tokens / edge / SHARDS)) * SHARDS

    def collate(self, rows: Sequence[int]) -> Batch:
        """The tensors of those of a batch's rows that are of this process."""
        return self.parts(rows, 1)[0]

    def parts(self, rows: Sequence[int], count: int) -> list[Batch]:
        """`collate`, in up to `count` parts that differ by at most one row."""
        own = [row for row in rows if row % SHARDS in self.shards]
        edge = EDGES[self.kinds[rows].max()]
        targets = int(self.lengths[rows, -1].sum()) - len(rows)  # nothing predicts the first
        parts = []
        for first in range(min(count, len(own))):
            chosen = [self.shards[row % SHARDS][row // SHARDS] for row in own[first::count]]
            fields = tuple(pad(field, edge) for field in zip(*chosen, strict=True))
            parts.append(Batch(fields, targets))
        return parts

    def padding(self) -> float:
        """The share of padding (0..1) in one epoch's batches."""
        real = cells = 0
        for rows in self.epoch(0):
            real += int(self.lengths[rows].sum())
            cells += EDGES[self.kinds[rows].max()] * len(rows) * self.lengths.size(1)
        return 1 - real / cells


def lengths_of(examples: Sequence[Example]) -> Tensor:
    """The length (N, fields) of each field of each of N examples."""
    return torch.tensor([list(map(len, example)) for example in examples], dtype=torch.int32)
