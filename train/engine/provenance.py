"""Where training data came from: sources, licences and languages, in provenance.json beside it.

It is copied into a model's config.json, so that a model's card names the sources of its own data.

    {"languages": {"fr": "French", "en": "English"}, "what": "everyday sentences", "lines": 194146,
     "sources": [{"name": "Tatoeba", "licence": "CC BY 2.0 FR", "url": "https://tatoeba.org",
                  "note": "through manythings.org/anki", "dataset": "tatoeba"}],
     "changes": "the name Tom was replaced", "test": {"name": "...", "dataset": "..."}}

`languages` are ISO 639 codes, source first; `what` follows "194,146 pairs of" or "lines of"; a
`dataset` is a name on the Hugging Face Hub. `lines`, `changes`, `test`, `note`, `url` and `dataset`
may be left out.
"""

import json
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from train.engine.lines import find, numbered

FILE = "provenance.json"
KNOWN = Path(__file__).parents[1] / "provenance"  # of the data that the bundled models learned
CODE = re.compile(r"[a-z]{2,3}")
DATASET = re.compile(r"[\w.-]+(/[\w.-]+)?")

Provenance = dict[str, Any]


def provenance_of(data: Path, given: Iterable[Path] = ()) -> list[Provenance]:
    """What is known of the data in a folder: in `given` files, beside it, or in `KNOWN`.

    What is known of a folder of such a name is of this one if it has as many lines. [] if nothing
    is known. Raises ValueError for a file that does not say what it must, OSError for one
    that is not there.
    """
    if files := [*given] or [path for path in [data / FILE] if path.exists()]:
        return [read(path) for path in files]
    path = KNOWN / f"{data.resolve().name}.json"
    known = [read(path)] if path.exists() else []
    return [one for one in known if one.get("lines") == lines_in(data)]


def lines_in(data: Path) -> int:
    """How many lines the train file of a folder has; 0 where there is none."""
    for name in ("train.tsv", "train.txt"):
        with suppress(FileNotFoundError):
            return sum(1 for _ in numbered([find(data, name)]))
    return 0


def read(path: Path) -> Provenance:
    """A provenance file. Raises ValueError for one that does not say what it must."""
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as error:
        raise ValueError(f"{path} is no JSON: {error}") from error
    for what, right in faults(content):
        if not right:
            raise ValueError(f"{path}: {what}")
    found: Provenance = content
    return found


def faults(content: Any) -> Iterable[tuple[str, bool]]:
    """What a provenance must say, one after another, and whether it does."""
    yield "wanted an object", isinstance(content, dict)
    languages, sources = content.get("languages"), content.get("sources")
    right = isinstance(languages, dict) and 1 <= len(languages) <= 2
    yield "languages: wanted one or two, as {code: name}", right
    right = all(CODE.fullmatch(code) and text(name) for code, name in languages.items())
    yield "languages: wanted ISO 639 codes, as fr, and names", right
    yield "what: wanted a few words", text(content.get("what"))
    yield "sources: wanted a list of objects", objects(sources)
    for source in sources:
        right = text(source.get("name")) and text(source.get("licence"))
        yield "sources: each has a name and a licence", right
        yield "sources: url and note are text", texts(source, "url", "note")
        yield "sources: dataset is a name on the Hub", dataset(source)
    lines = content.get("lines", 1)
    yield "lines: wanted a whole number above 0", type(lines) is int and lines > 0
    yield "changes: wanted text", texts(content, "changes")
    test = content.get("test", {"name": "test"})
    yield "test: wanted an object with a name", isinstance(test, dict) and text(test.get("name"))
    yield "test: dataset is a name on the Hub", dataset(test)


def text(value: Any) -> bool:
    """Whether a value is a text on one line that says something."""
    return isinstance(value, str) and bool(value.strip()) and value.isprintable()


def texts(content: dict[str, Any], *names: str) -> bool:
    """Whether these values, where they are given, are texts."""
    return all(text(content[name]) for name in names if name in content)


def objects(value: Any) -> bool:
    """Whether a value is a list of objects, at least one."""
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def dataset(content: dict[str, Any]) -> bool:
    """Whether the dataset that is named, if any, can be one on the Hub."""
    name = content.get("dataset", "name")
    return isinstance(name, str) and bool(DATASET.fullmatch(name))


def sources_of(known: Sequence[Provenance]) -> list[dict[str, str]]:
    """The sources of several, each once."""
    found: list[dict[str, str]] = []
    for source in (source for one in known for source in one["sources"]):
        if source not in found:
            found.append(source)
    return found
