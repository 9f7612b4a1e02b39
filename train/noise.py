"""More pairs as people type: python -m train.noise DATA OUT.

OUT holds, for the pairs of DATA/train.tsv, a share of them once more as people type them (capitals,
no accents, small letters, no mark at the end, slips), some with another name in the name's place,
or another city in the city's, some with something more at their end, some as titles, a capital on
each word of both sides, and pairs made from frames with a name, a number, a date or a time in them.

    python -m train.noise DATA/tatoeba-fr-en noise.tsv
    python -m train.transformer_translator --data DATA/tatoeba-fr-en --out OUT --typed noise.tsv

No source of valid, test or everyday.tsv is among them, ignoring case, punctuation and accents.
"""

import argparse
import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from pathlib import Path

from seq_models.repair import unaccented
from train.engine.lines import bare, find, read_pairs
from train.engine.script import new_file, told_in_a_sentence
from train.pairs.frames import NAMES, TOWNS, Pair, city, framed, name, starts_soft
from train.pairs.made import judging, write
from train.pairs.tailed import tailed
from train.pairs.typed import titled, typed

SHARE = 0.15  # of the pairs, once more as people type
NAMED = 15_000  # pairs with another name
MOVED = 8_000  # pairs with another city
AGAIN = 5  # times that a pair may come with another name, in the mean
TAILED = 6_000  # pairs with something more at their end
TITLED = 15_000  # pairs as titles
FRAMED = 48_000  # pairs from frames
CAPITALISED = re.compile(r"(?<![\w'’-])[^\W\d_]\w+(?![\w-])")
SEED = 1


def noise(pairs: Sequence[Pair], without: Iterable[str], seed: int = SEED) -> list[Pair]:
    """More pairs out of `pairs`, each once, none with a source that is among `without`."""
    chance = random.Random(seed)
    known = {letters(text) for text in without}
    found: dict[str, Pair] = {}
    for pair in made(pairs, chance):
        if letters(pair[0]) not in known:
            found.setdefault(pair[0], pair)
    return list(found.values())


def made(pairs: Sequence[Pair], chance: random.Random) -> Iterator[Pair]:
    """The kinds of pairs, one after the other; a pair may come twice."""
    for source, target in chance.sample(pairs, round(SHARE * len(pairs))):
        yield typed(source, chance), target
    for known, draw, most in ((PEOPLE, name, NAMED), (PLACES, city, MOVED)):
        named = [(pair, old) for pair in pairs if (old := common_name(*pair, known))]
        for pair, old in chance.choices(named, k=min(most, AGAIN * len(named))):
            yield renamed(pair, old, draw, chance)
    longer = [more for pair in pairs if (more := tailed(*pair, chance))]
    yield from chance.sample(longer, min(TAILED, len(longer)))
    for source, target in chance.sample(pairs, min(TITLED, len(pairs))):
        yield titled(source), titled(target)
    for _ in range(FRAMED):
        source, target = framed(chance)
        yield (typed(source, chance) if chance.random() < SHARE else source), target


def common_name(source: str, target: str, known: Set[str]) -> str | None:
    """A known name that stands once in both, and not behind an apostrophe in the source."""
    there = CAPITALISED.findall(source)
    names = [word for word in there if word in known and there.count(word) == 1]
    return next((word for word in names if target.count(word) == 1), None)


def renamed(
    pair: Pair, old: str, draw: Callable[[random.Random], Pair], chance: random.Random
) -> Pair:
    """The pair with another name, which begins with a vowel if the old one does."""
    new, _ = draw(chance)
    while starts_soft(new) != starts_soft(old):
        new, _ = draw(chance)
    source, target = pair
    return source.replace(old, new), target.replace(old, new)


def letters(text: str) -> str:
    """A text's letters and digits without accents and case, words apart."""
    return bare(unaccented(text))


PEOPLE, PLACES = frozenset(NAMES), frozenset(TOWNS)


def main() -> None:
    """Read the arguments, write the file."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("data", type=Path, help="folder with train, valid and test")
    arguments.add_argument("out", type=new_file, help="file of pairs to write")
    arguments.add_argument("--seed", type=int, default=SEED, help="another one makes others")
    given = arguments.parse_args()
    with told_in_a_sentence():
        pairs = read_pairs(find(given.data, "train.tsv"))
        write(given.out, noise(pairs, judging(given.data), given.seed))


if __name__ == "__main__":
    main()
