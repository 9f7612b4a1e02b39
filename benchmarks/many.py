"""Many sentences, and somebody who types meanwhile: python -m benchmarks.many FILE.

FILE has a French sentence and its translation a line, such as test.tsv.gz; its first 1,000 are
translated by the page with a beam of 4, while another person types a word every second. The last
line is JSON.

    lines, seconds              how many, and until the last was there
    keys, key_p50_ms, key_p95_ms  how often was typed, and how long the answers took
    scores                      what the page says of the translations
"""

import argparse
import asyncio
import json
import statistics
import time
from pathlib import Path

from benchmarks.load import ENGLISH, percentile
from benchmarks.page import served
from benchmarks.visitor import Visitor, client, opened
from train.engine.lines import read_pairs
from train.engine.script import told_in_a_sentence

LINES = 1_000
PAUSE = 1.0  # seconds between two words
PATIENCE = 900.0  # seconds


async def typed(visitor: Visitor, until: asyncio.Task[float]) -> list[float]:
    """Type word after word until a task is done: the seconds of each answer."""
    words = " ".join(ENGLISH).split()
    found: list[float] = []
    while not until.done():
        visitor.type("next_word", " ".join(words[len(found) % 7 :][: 3 + len(found) % 9]))
        found.append(await visitor.ask("answer_next_word"))
        await asyncio.sleep(PAUSE)
    return found


async def both(address: str, lines: list[tuple[str, str]]) -> dict[str, object]:
    """One person has lines translated, another one types."""
    async with client(address) as speaking:
        first, config = await opened(speaking)
        second = Visitor(speaking, config)
        await second.ask("answer_next_word")
        first.set("many-lines", "\n".join(map("\t".join, lines)))
        since = time.perf_counter()
        job = asyncio.create_task(first.ask("translate_lines", PATIENCE))
        keys = await typed(second, job)
        await job
        return {
            "lines": len(lines),
            "seconds": round(time.perf_counter() - since, 1),
            "keys": len(keys),
            "key_p50_ms": round(1_000 * statistics.median(keys), 1),
            "key_p95_ms": percentile(keys, 0.95),
            "scores": first.value("many-scores"),
        }


def main() -> None:
    """Start the page, let both work, tell."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("file", type=Path)
    arguments.add_argument("--lines", type=int, default=LINES)
    given = arguments.parse_args()
    with told_in_a_sentence():
        lines = read_pairs(given.file)[: given.lines]
    with served() as there:
        print(json.dumps(asyncio.run(both(there.address, lines)), ensure_ascii=False))


if __name__ == "__main__":
    main()
