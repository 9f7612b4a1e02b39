"""More pairs out of text in one language: python -m train.back_translate MODEL TEXT OUT.

MODEL is the folder of a translator trained with --reverse; it translates each line of TEXT, so that
OUT holds (translation TAB line): a source that a machine wrote, a target that a person wrote.
With --known and --forward, only pairs that are worth it go in, see `pairs/round_trip.py`.

    python -m train.transformer_translator --data DIR --out BACK --reverse
    python -m train.back_translate BACK TEXT back.tsv --without DIR/train.tsv.gz DIR/test.tsv.gz \\
        --known DIR/train.tsv.gz --forward FORWARD
    python -m train.transformer_translator --data DIR --out OUT --tagged back.tsv

R. Sennrich, B. Haddow, A. Birch, 2016, section 3, https://arxiv.org/abs/1511.06709
"""

import argparse
import itertools
import os
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import torch

from seq_models.folder import Loaded
from seq_models.seq2seq import Seq2Seq
from seq_models.translate import translate
from train.engine.data import by_length
from train.engine.device import computing
from train.engine.lines import bare, read_lines, read_pairs
from train.engine.opening import open_model
from train.engine.script import count, told_in_a_sentence
from train.measures.translation import detokenized
from train.pairs.round_trip import counted, sound, unknown

ROWS = 256  # lines translated at once
COPIED = 1  # unknown words of a line that is tried; of two, one is hardly ever copied
LONGEST = 48  # tokens; a longer line is left out
SEED = 1


def reversed_translator(folder: Path) -> Loaded:
    """The translator in `folder`.

    Raises ValueError or DamagedWeights if it holds none that was trained with --reverse.
    """
    loaded = open_model(str(folder))
    trained = loaded.config.get("training") or {}
    if not isinstance(loaded.model, Seq2Seq) or not trained.get("reverse"):
        raise ValueError(f"{folder} holds no translator that was trained with --reverse")
    return loaded


def back_translate(
    loaded: Loaded, lines: Sequence[str], rows: int = ROWS
) -> Iterator[list[tuple[str, str]]]:
    """Groups of (translation, line), greedy, shortest lines first; an empty one is left out."""
    assert isinstance(loaded.model, Seq2Seq)
    lengths = [len(ids) for ids in loaded.tokenizer.encode_many(lines)]
    fit = [index for index, length in enumerate(lengths) if 0 < length <= LONGEST]
    for group in by_length([lengths[index] for index in fit], rows):
        texts = [lines[fit[index]] for index in group]
        with computing(torch.device(loaded.device)):
            searches = translate(loaded.model, loaded.tokenizer, texts)
        written = (detokenized(loaded.tokenizer, search) for search in searches)
        yield [pair for pair in zip(written, texts, strict=True) if pair[0]]


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


def main() -> None:
    """Read the arguments, write the file."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("model", type=Path, help="folder of a translator trained with --reverse")
    arguments.add_argument("text", type=Path, help="lines in its source language")
    arguments.add_argument("out", type=Path, help="file of pairs to write")
    arguments.add_argument(
        "--without", type=Path, nargs="+", default=[], help="pairs whose targets are left out"
    )
    arguments.add_argument(
        "--known", type=Path, nargs="+", default=[], help="pairs whose targets' words are known"
    )
    arguments.add_argument("--forward", type=Path, help="folder of the translator that leads back")
    arguments.add_argument("--most", type=count, help="lines to translate, drawn at random")
    given = arguments.parse_args()
    with told_in_a_sentence():
        write(given)


def chosen(given: argparse.Namespace, known: Counter[str]) -> list[str]:
    """The lines to translate: new ones, with no more than `COPIED` words that nobody knows."""
    there = itertools.chain.from_iterable(map(read_pairs, given.without))
    lines = worth_it(read_lines(given.text), (target for _, target in there))
    if given.known:
        lines = [line for line in lines if len(unknown(line, known)) <= COPIED]
    if given.most is None:
        return lines
    order = torch.randperm(len(lines), generator=torch.Generator().manual_seed(SEED))
    return [lines[index] for index in order[: given.most].tolist()]


def write(given: argparse.Namespace) -> None:
    """Write the file of pairs; it takes its place when it is whole."""
    loaded = reversed_translator(given.model)
    forward = None if given.forward is None else open_model(str(given.forward))
    known = counted(target for path in given.known for _, target in read_pairs(path))
    lines = chosen(given, known)
    since, done, written = time.monotonic(), 0, 0
    unfinished = given.out.with_name(f"{given.out.name}.unfinished")
    with open(unfinished, "w", encoding="utf-8") as file:
        for pairs in back_translate(loaded, lines):
            kept = pairs if forward is None else sound(pairs, forward, known)
            file.writelines(f"{translation}\t{line}\n" for translation, line in kept)
            done, written = done + len(pairs), written + len(kept)
            speed = done / (time.monotonic() - since)
            told = f"{done:,} of {len(lines):,} lines, {written:,} kept, {speed:,.0f} a second"
            print(f"\r{told}", end="")
    os.replace(unfinished, given.out)
    print()


if __name__ == "__main__":
    main()
