"""Pairs to train, valid and test so that nothing of one is in another.

Sentences count as the same whatever their case and punctuation. Two pairs that share a sentence on
either side, or are bound by such a chain, belong together: `valid` takes whole chains.
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence

from train.engine.lines import Pair, bare

SEED = 1


def once(pairs: Iterable[Pair]) -> list[Pair]:
    """Each pair once, in the form in which it comes first."""
    return list(
        {
            (bare(source), bare(target)): (source, target)
            for source, target in reversed(list(pairs))
        }.values()
    )[::-1]


def without(pairs: Iterable[Pair], held_out: Iterable[Pair]) -> list[Pair]:
    """The pairs of which neither side stands on its side of those held out."""
    sources, targets = set(), set()
    for source, target in held_out:
        sources.add(bare(source))
        targets.add(bare(target))
    return [(s, t) for s, t in pairs if bare(s) not in sources and bare(t) not in targets]


def chains(pairs: Sequence[Pair]) -> list[list[Pair]]:
    """The pairs in groups: those that share a sentence, or are bound by others that do."""
    above: dict[str, str] = {}

    def top(name: str) -> str:
        while above.setdefault(name, name) != name:
            above[name] = above[above[name]]
            name = above[name]
        return name

    for source, target in pairs:
        above[top(f"s {bare(source)}")] = top(f"t {bare(target)}")
    groups = defaultdict(list)
    for pair in pairs:
        groups[top(f"s {bare(pair[0])}")].append(pair)
    return list(groups.values())


def parted(pairs: Sequence[Pair], count: int, seed: int = SEED) -> tuple[list[Pair], list[Pair]]:
    """(train, valid): whole chains drawn for valid while they fit into `count` pairs."""
    groups = chains(pairs)
    random.Random(seed).shuffle(groups)
    train: list[Pair] = []
    valid: list[Pair] = []
    for group in groups:
        (valid if len(valid) + len(group) <= count else train).extend(group)
    return train, valid
