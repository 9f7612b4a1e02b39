"""Lines to examples: what a model reads, and what it is asked for, as token numbers."""

from collections.abc import Iterator, Sequence

import torch
from torch import Tensor

from seq_models import END, PAD, START
from seq_models.tokenizer import Tokenizer
from train.engine.subwords import Subwords

TALE = 60  # words of a line that is a tale, at least
JOINED_WORDS = 120  # words of a text that is joined from lines, about

Example = tuple[list[int], ...]  # (text,) for a language model, (source, target) for a translator


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


def pair_examples(
    tokenizer: Tokenizer, pairs: Sequence[tuple[str, str]], subwords: Subwords | None = None
) -> list[Example]:
    """(source ⟨end⟩, ⟨start⟩ target ⟨end⟩) for each pair, read by `subwords` if given."""
    sources = (subwords or tokenizer).encode_many([source for source, _ in pairs])
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
    if not pairs or not count:
        return []
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
