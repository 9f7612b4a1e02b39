"""Data anyone can make: python -m train.fetch DIR downloads the public sources and prepares them.

    DIR/tatoeba-fr-en/   train, valid, test.tsv.gz     French TAB English
    DIR/english/         train, valid, test.txt.gz     sentences, stories, passages of tales
    DIR/french/          train.txt.gz                  French without a translation
    DIR/downloads/       what was downloaded; a broken download goes on where it stopped

Every sentence is normalised, what a class should not see is left out, and nothing of a test, on
either side, is in anything to train on. Beside each set stands its provenance.json.
"""

import argparse
import gzip
import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from seq_models.normalise import normalise
from seq_models.replacing import replacing
from train.engine.lines import Pair, bare, clean
from train.engine.provenance import FILE
from train.engine.script import told_in_a_sentence
from train.engine.writing import write_json
from train.fetching.mild import mild
from train.fetching.sources import (
    CHALLENGE,
    FAIRYTALES,
    STORYBOOK,
    TATOEBA,
    challenge,
    fetched,
    links,
    manythings,
    sentences,
    stories,
    tales,
    told_alike,
    whole,
)
from train.fetching.split import SEED, once, parted, without
from train.measures.everyday import entries

VALID, TEST = 2_000, 2_500  # pairs at most; of the English lines as many as `VALID` each
SHARE = 0.02  # of the pairs or lines at most goes into one of these
CHANGES = (
    "sentences that name sex, drugs, slurs, weapons or cruelty were left out, by a list for each "
    "language"
)


def usual(text: str) -> str:
    """A text as every tokenizer reads it."""
    return normalise(clean(text)).text


def fit(pairs: Iterable[Pair]) -> list[Pair]:
    """The pairs that have two sides and are mild, normalised, each once."""
    read = ((usual(french), usual(english)) for french, english in pairs)
    return once((f, e) for f, e in read if f and e and mild(f, "fr") and mild(e, "en"))


def fit_lines(lines: Iterable[str], language: str, known: Iterable[str] = ()) -> list[str]:
    """The lines that are mild, normalised, each once, and none that is known."""
    seen = {bare(line) for line in known} | {""}
    found = []
    for line in map(usual, lines):
        if bare(line) not in seen and mild(line, language):
            seen.add(bare(line))
            found.append(line)
    return found


def few(of: Sequence[Any], most: int) -> int:
    """How many of some are held out."""
    return min(most, max(1, round(SHARE * len(of))))


def prepare(folder: Path) -> None:
    """Download and write all sets. Raises ConnectionError or ValueError in a sentence."""
    files = fetched(folder / "downloads")
    french = whole(files["fra_sentences.tsv.bz2"], sentences)
    english = whole(files["eng_sentences.tsv.bz2"], sentences)
    linked = whole(files["fra-eng_links.tsv.bz2"], links)
    story = whole(files["storybook.zip"], stories)
    passages = whole(files["fairytales.zip"], tales)
    test = fit(whole(files["challenge.txt.gz"], challenge))
    random.Random(SEED).shuffle(test)
    pairs = whole(files["manythings.zip"], manythings)
    pairs += [(french[f], english[e]) for f, e in linked if f in french and e in english]
    judging = {bare(entry.french) for entry in entries()}  # no model learns from these
    pairs = [(s, t) for s, t in fit(pairs + told_alike(story)) if bare(s) not in judging]
    pairs = without(pairs, test)
    train, valid = parted(pairs, few(pairs, VALID))
    write_pairs(folder / "tatoeba-fr-en", train, valid, test[:TEST])
    told = [" ".join(pages) for pages in story["en"].values()]
    held = [target for _, target in test]
    write_english(folder / "english", list(english.values()), told, passages, held)
    translated = {bare(source) for source, _ in [*pairs, *test]} | judging
    alone = [line for line in fit_lines(french.values(), "fr") if bare(line) not in translated]
    write(folder / "french", {"train.txt.gz": alone})
    tell(folder / "french", {"fr": "French"}, "French sentences", len(alone), [TATOEBA])


def write_pairs(folder: Path, train: list[Pair], valid: list[Pair], test: list[Pair]) -> None:
    """The three files of pairs, and where they came from."""
    parts = {"train": train, "valid": valid, "test": test}
    rows = {name: [f"{s}\t{t}" for s, t in part] for name, part in parts.items()}
    write(folder, {f"{name}.tsv.gz": lines for name, lines in rows.items()})
    languages, what = {"fr": "French", "en": "English"}, "everyday French and English sentences"
    through = TATOEBA | {"note": "its exports, and the edition of manythings.org/anki"}
    tell(folder, languages, what, len(train), [through, STORYBOOK], test=CHALLENGE)


def write_english(
    folder: Path,
    single: Sequence[str],
    told: Sequence[str],
    passages: dict[str, list[str]],
    held: Sequence[str],
) -> None:
    """The three files of English, and where they came from. held: what must not be learned."""
    lines = fit_lines(single, "en", held)
    random.Random(SEED).shuffle(lines)
    count = few(lines, VALID)
    test = fit_lines([*lines[:count], *passages["test"]], "en")
    valid = fit_lines([*lines[count : 2 * count], *passages["val"]], "en", test)
    rest = [*lines[2 * count :], *told, *passages["train"]]
    train = fit_lines(rest, "en", [*held, *test, *valid])
    write(folder, {"train.txt.gz": train, "valid.txt.gz": valid, "test.txt.gz": test})
    what, own = "English: everyday sentences, short stories and tales", "held-out text"
    sources = [TATOEBA, STORYBOOK, FAIRYTALES]
    test_set = {"name": f"{own} of the same sources", "dataset": TATOEBA["dataset"]}
    tell(folder, {"en": "English"}, what, len(train), sources, test=test_set)


def write(folder: Path, files: dict[str, list[str]]) -> None:
    """Write the files of a set, and say how many lines each has."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, lines in files.items():
        with (
            replacing(folder / name) as unfinished,
            gzip.open(unfinished, "wt", encoding="utf-8") as file,
        ):
            file.writelines(f"{line}\n" for line in lines)
        print(f"{folder / name}: {len(lines):,} lines", flush=True)


def tell(
    folder: Path,
    languages: dict[str, str],
    what: str,
    lines: int,
    sources: list[dict[str, str]],
    **more: Any,
) -> None:
    """Write where a set came from."""
    content: dict[str, Any] = {"languages": languages, "what": what, "sources": sources}
    content |= {"lines": lines} if lines else {}
    write_json(folder / FILE, content | {"changes": CHANGES} | more)


def main() -> None:
    """Read the argument, download and prepare."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("folder", type=Path, metavar="DIR", help="folder to write the sets to")
    given = arguments.parse_args()
    with told_in_a_sentence():
        prepare(given.folder)


if __name__ == "__main__":
    main()
