"""Lines that a translator translates, many at once, and the file of pairs that comes of it."""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import torch

from seq_models.folder import Loaded
from seq_models.seq2seq import Seq2Seq
from seq_models.translate import translate
from train.engine.data import by_length
from train.engine.device import computing
from train.engine.lines import Pair, bare
from train.engine.opening import is_reversed, open_model
from train.measures.translation import detokenized

ROWS = 256  # lines translated at once
LONGEST = 48  # tokens; a longer line is left out


def translator(folder: str, reverse: bool) -> Loaded:
    """The translator in `folder`, or the bundled one of that name.

    reverse: whether it has to be one that was trained with --reverse, or may not be.
    Raises ValueError or DamagedWeights if there is none of that kind.
    """
    loaded = open_model(folder)
    if not isinstance(loaded.model, Seq2Seq) or is_reversed(loaded) != reverse:
        how = "with" if reverse else "without"
        raise ValueError(f"{folder} holds no translator that was trained {how} --reverse")
    return loaded


def worth_it(lines: Iterable[str], without: Iterable[str]) -> list[str]:
    """The lines, each once, that are not among `without`, ignoring case and punctuation."""
    seen = {bare(line) for line in without} | {""}
    kept = []
    for line in lines:
        key = bare(line)
        if key not in seen:
            seen.add(key)
            kept.append(line)
    return kept


def translated(loaded: Loaded, lines: Sequence[str], rows: int = ROWS) -> Iterator[list[Pair]]:
    """Groups of (line, translation), greedy, shortest lines first; an empty one is left out."""
    assert isinstance(loaded.model, Seq2Seq)
    lengths = [len(ids) for ids in loaded.tokenizer.encode_many(lines)]
    fit = [index for index, length in enumerate(lengths) if 0 < length <= LONGEST]
    for group in by_length([lengths[index] for index in fit], rows):
        texts = [lines[fit[index]] for index in group]
        with computing(torch.device(loaded.device)):
            searches = translate(loaded.model, loaded.tokenizer, texts)
        written = (detokenized(loaded.tokenizer, search) for search in searches)
        yield [pair for pair in zip(texts, written, strict=True) if pair[1]]


def write_pairs(
    path: Path,
    groups: Iterable[list[Pair]],
    lines: int,
    keep: Callable[[list[Pair]], Sequence[Pair]] = list,
) -> None:
    """Write a file of pairs, telling how far it is; it takes its place when it is whole.

    groups: (line, translation) each. lines: how many there are to translate. keep: what is written
    of a group, as it is written.
    """
    since, done, written = time.monotonic(), 0, 0
    unfinished = path.with_name(f"{path.name}.unfinished")
    with open(unfinished, "w", encoding="utf-8") as file:
        for group in groups:
            pairs = keep(group)
            file.writelines(f"{source}\t{target}\n" for source, target in pairs)
            done, written = done + len(group), written + len(pairs)
            speed = done / (time.monotonic() - since)
            told = f"{done:,} of {lines:,} lines, {written:,} kept, {speed:,.0f} a second"
            print(f"\r{told}", end="")
    os.replace(unfinished, path)
    print()
