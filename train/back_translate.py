"""More pairs out of text in one language: python -m train.back_translate MODEL TEXT OUT.

MODEL is the folder of a translator trained with --reverse; it translates each line of TEXT, so that
OUT holds (translation TAB line): a source that a machine wrote, a target that a person wrote.

    python -m train.transformer_translator --data DIR --out BACK --reverse
    python -m train.back_translate BACK TEXT more.tsv --without DIR/train.tsv.gz DIR/test.tsv.gz
    python -m train.transformer_translator --data DIR --out OUT --more more.tsv

R. Sennrich, B. Haddow, A. Birch, 2016, section 3, https://arxiv.org/abs/1511.06709
"""

import argparse
import itertools
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import torch

from seq_models.folder import Loaded
from seq_models.seq2seq import Seq2Seq
from seq_models.translate import translate
from train.engine.data import by_length, read_lines, read_pairs
from train.engine.opening import open_model
from train.engine.script import count, told_in_a_sentence
from train.measures.translation import detokenized

ROWS = 256  # lines translated at once
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
        with torch.autocast(loaded.device, torch.bfloat16):
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


def bare(line: str) -> str:
    """A line's letters and digits, in lower case, words apart."""
    letters = "".join(c if c.isalnum() else " " for c in line.casefold())
    return " ".join(letters.split())


def main() -> None:
    """Read the arguments, write the file."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("model", type=Path, help="folder of a translator trained with --reverse")
    arguments.add_argument("text", type=Path, help="lines in its source language")
    arguments.add_argument("out", type=Path, help="file of pairs to write")
    arguments.add_argument(
        "--without", type=Path, nargs="+", default=[], help="pairs whose targets are left out"
    )
    arguments.add_argument("--most", type=count, help="lines to translate, drawn at random")
    given = arguments.parse_args()
    with told_in_a_sentence():
        write(given)


def write(given: argparse.Namespace) -> None:
    """Write the file of pairs; it takes its place when it is whole."""
    loaded = reversed_translator(given.model)
    known = itertools.chain.from_iterable(map(read_pairs, given.without))
    lines = worth_it(read_lines(given.text), (target for _, target in known))
    if given.most is not None:
        order = torch.randperm(len(lines), generator=torch.Generator().manual_seed(SEED))
        lines = [lines[index] for index in order[: given.most].tolist()]
    since, written = time.monotonic(), 0
    unfinished = given.out.with_name(f"{given.out.name}.unfinished")
    with open(unfinished, "w", encoding="utf-8") as file:
        for pairs in back_translate(loaded, lines):
            file.writelines(f"{translation}\t{line}\n" for translation, line in pairs)
            written += len(pairs)
            speed = written / (time.monotonic() - since)
            print(f"\r{written:,} of {len(lines):,} lines, {speed:,.0f} a second", end="")
    os.replace(unfinished, given.out)
    print()


if __name__ == "__main__":
    main()
