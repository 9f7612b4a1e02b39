"""Files of pairs that a command makes: none with a source that judges a model."""

from collections.abc import Iterable
from pathlib import Path

from seq_models.replacing import replace_text
from train.engine.lines import Pair, find, read_pairs
from train.measures.everyday import entries


def judging(data: Path) -> list[str]:
    """The sources that judge a model: those of valid and of test in `data`, and everyday.tsv's."""
    held_out = [read_pairs(find(data, f"{name}.tsv")) for name in ("valid", "test")]
    sources = [source for pairs in held_out for source, _ in pairs]
    return sources + [entry.french for entry in entries()]


def write(path: Path, pairs: Iterable[Pair]) -> None:
    """Write a file of pairs, and tell how many there are."""
    lines = [f"{source}\t{target}\n" for source, target in pairs]
    replace_text(path, "".join(lines))
    print(f"{len(lines):,} pairs")
