"""Several processes share the work: each reads lines of its own, and none keeps another's.

Line i of a text belongs to shard i % `SHARDS`, and a shard to one process. What a shard holds
follows from the text alone, so that 1, 2, 4, 8 or 16 processes train on the very same batches.
"""

import itertools
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import TypeVar

import torch
from accelerate import PartialState
from accelerate.utils import broadcast_object_list, gather_object

SHARDS = 16
PATIENCE = timedelta(hours=2)  # that processes wait, as for the tokenizer that one of them trains

T = TypeVar("T")


def place() -> tuple[int, int]:
    """(rank, world): which process this is, and of how many. The first call joins them."""
    state = PartialState(cpu=not torch.cuda.is_available(), timeout=PATIENCE)
    return state.process_index, state.num_processes


def leave() -> None:
    """End what `place` began."""
    PartialState().destroy_process_group()


def own_shards() -> range:
    """The shards of this process."""
    return shards_of(*place())


def shards_of(rank: int, world: int) -> range:
    """The shards of process `rank` of `world`. Raises ValueError if not all would have as many."""
    if SHARDS % world:
        *few, most = (str(number) for number in range(1, SHARDS + 1) if SHARDS % number == 0)
        fit = f"{', '.join(few)} or {most}"
        raise ValueError(f"{world} processes cannot share {SHARDS} shards evenly; start {fit}")
    return range(rank, SHARDS, world)


def dealt(items: Iterable[T], shards: Iterable[int]) -> dict[int, list[T]]:
    """The items of some shards, in order. Fewer than `SHARDS` items are repeated up to so many."""
    found: dict[int, list[T]] = {shard: [] for shard in shards}
    rest = iter(items)
    first = list(itertools.islice(rest, SHARDS))
    if len(first) < SHARDS:
        first = list(itertools.islice(itertools.cycle(first), SHARDS))
    for number, item in enumerate(itertools.chain(first, rest)):
        if number % SHARDS in found:
            found[number % SHARDS].append(item)
    return found


def from_main(make: Callable[[], T]) -> T:
    """What the first process makes, handed to all of them."""
    rank, _ = place()
    made = [make() if rank == 0 else None]
    broadcast_object_list(made)
    return made[0]  # type: ignore[return-value]


def together(own: T) -> list[T]:
    """What every process has, first process first."""
    place()
    return list(gather_object([own]))


def share(items: Sequence[T]) -> Sequence[T]:
    """This process's share of items that every process has: one of every so many."""
    rank, world = place()
    return items[rank::world]


def merged(shares: Sequence[Sequence[T]]) -> list[T]:
    """The items of every process's `share`, first process first, in the order they once had."""
    whole = list(itertools.chain.from_iterable(shares))
    for rank, own in enumerate(shares):
        whole[rank :: len(shares)] = own
    return whole
