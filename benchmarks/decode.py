"""Our decoding beside others, with the same parameters on the same sentences.

python -m benchmarks.decode --data FILE decodes the first 200 sentences of FILE (source TAB target)
with ours, ours without its cache, `generate` of the library transformers, and CTranslate2 in
float32 and int8 (pip install -r requirements-bench.txt), greedily and with a beam of 4, one
sentence at a time and 32 at a time. One process, one thread; all take turns, a few sentences each,
in an order that changes. What is counted is processor time, of all threads of the process: other
programs on the machine hardly change it. Text to numbers and back is not counted.

All search until `width` texts are finished, so that all do the same steps; how often they find
what ours finds is told. The last line is JSON, sentence by sentence: how many times as fast ours is
as the other; `cached_over_uncached_at_40` of ours, greedily, over exactly 40 tokens.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import torch

from benchmarks.decoders import CTranslate2, Ours, Sources, Transformers, Uncached
from seq_models.loaded import LoadedTranslator
from seq_models.translate import source_ids
from train.engine.lines import read_pairs
from train.engine.opening import open_model
from train.engine.script import count, told_in_a_sentence
from train.formats.ctranslate import write_ctranslate2
from train.formats.marian import write_marian
from train.formats.translators import exportable

WIDTHS = {"greedy": 1, "beam4": 4}
ROWS = (1, 32)  # sentences at a time
TURN = 32  # sentences until the next has its turn
LONG = 40  # tokens
Decode = Callable[..., list[list[int]]]


@dataclass
class Tally:
    """What one of them did in one setting."""

    seconds: list[float] = field(default_factory=list)  # of each round
    found: list[list[int]] = field(default_factory=list)  # translations, in the last round


def race(
    decoders: Mapping[str, Decode], turns: Sequence[Sequence[Sources]], rounds: int, width: int
) -> dict[str, Tally]:
    """Let all of them decode all turns, each a sequence of batches."""
    tallies = {name: Tally() for name in decoders}
    names = list(decoders)
    for number in range(rounds):
        for tally in tallies.values():
            tally.seconds.append(0.0)
            tally.found = []
        for place, batches in enumerate(turns):
            first = (number + place) % len(names)
            for name in names[first:] + names[:first]:
                started = time.process_time()
                found = [decoders[name](batch, width) for batch in batches]
                tallies[name].seconds[-1] += time.process_time() - started
                tallies[name].found += [tokens for batch in found for tokens in batch]
    return tallies


def turns_of(sources: Sources, rows: int) -> list[list[Sources]]:
    """The sources in batches of similar length, and these in turns."""
    ordered = sorted(sources, key=len) if rows > 1 else list(sources)
    batches: list[Sources] = [ordered[i : i + rows] for i in range(0, len(ordered), rows)]
    size = max(1, TURN // rows)
    return [batches[i : i + size] for i in range(0, len(batches), size)]


def times_as_fast(ours: Tally, other: Tally) -> float:
    """How many times as fast ours is: the median over the rounds."""
    return median(b / a for a, b in zip(ours.seconds, other.seconds, strict=True))


def told(setting: str, tallies: Mapping[str, Tally]) -> None:
    """Print a table: of each, sentences and tokens a second, our speed over its, agreement."""
    print(f"\n{setting}")
    ours = tallies["ours"]
    tokens = sum(map(len, ours.found))
    for name, tally in tallies.items():
        seconds = median(tally.seconds)
        same = sum(a == b for a, b in zip(ours.found, tally.found, strict=True)) / len(ours.found)
        print(
            f"  {name:20} {len(ours.found) / seconds:8.1f} sentences/s {tokens / seconds:9.1f}"
            f" tokens/s  ours is {times_as_fast(ours, tally):5.2f} times as fast,"
            f" {same:.1%} the same",
            flush=True,
        )


def contestants(loaded: LoadedTranslator, folder: Path) -> dict[str, Decode]:
    """All of them. Raises ValueError where a library is not installed."""
    write_ctranslate2(folder / "ctranslate2", loaded)
    write_marian(folder / "marian", loaded)
    return {
        "ours": Ours(loaded.model),
        "ours, no cache": Ours(Uncached(loaded.model.encoder, loaded.model.decoder).eval()),
        "transformers": Transformers(folder / "marian"),
        "CTranslate2 float32": CTranslate2(folder / "ctranslate2", loaded, "float32"),
        "CTranslate2 int8": CTranslate2(folder / "ctranslate2", loaded, "int8"),
    }


def compare(decoders: Mapping[str, Decode], sources: Sources, rounds: int) -> dict[str, float]:
    """Print the tables; the ratios of the last line."""
    ratios: dict[str, float] = {}
    for rows in ROWS:
        for search, width in WIDTHS.items():
            tallies = race(decoders, turns_of(sources, rows), rounds, width)
            told(f"{search}, {rows} at a time", tallies)
            for key, name in ("over_transformers", "transformers"), (
                "of_ctranslate2", "CTranslate2 float32",
            ):  # fmt: skip
                speed = times_as_fast(tallies["ours"], tallies[name])
                ratios.setdefault(f"{key}_{search}", round(speed, 2))
    own = {name: decoders[name] for name in ("ours", "ours, no cache")}
    long = {name: lambda b, w, d=decode: d(b, w, LONG) for name, decode in own.items()}
    tallies = race(long, turns_of(sources, 1)[:2], rounds, 1)
    told(f"greedy, 1 at a time, {LONG} tokens", tallies)
    speed = times_as_fast(tallies["ours"], tallies["ours, no cache"])
    return ratios | {f"cached_over_uncached_at_{LONG}": round(speed, 2)}


def main() -> None:
    """Read the flags, let them decode, print the line."""
    flags = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    flags.add_argument("--data", type=Path, required=True, help="source TAB target, plain or .gz")
    flags.add_argument("--name", default="transformer-translator", help="whose parameters")
    flags.add_argument("--sentences", type=count, default=200, help="so many of the file")
    flags.add_argument("--rounds", type=count, default=3, help="the median of so many")
    given = flags.parse_args()
    torch.set_num_threads(1)
    with told_in_a_sentence(), tempfile.TemporaryDirectory() as folder:
        loaded = exportable(open_model(given.name))
        texts = [source for source, _ in read_pairs(given.data)][: given.sentences]
        sources = [source_ids(loaded.tokenizer, text) for text in texts]
        try:
            decoders = contestants(loaded, Path(folder))
        except ImportError as error:
            sys.exit(f"{error}: pip install -r requirements-bench.txt")
        print(json.dumps(compare(decoders, sources, given.rounds)))


if __name__ == "__main__":
    main()
