"""The manifest says what the weights must be: a fingerprint (SHA-256) of every file of every model.

    weights/manifest.json: {"namespace": "", "models": {NAME: {"revision": null, "files": {...}}}}

The fingerprints hold for the copy bundled in weights/NAME and for the one on the Hub, in the
repository namespace/NAME at `revision` (a commit, or null for the newest): both are the same bytes.
What is not so yet has no revision; train/publish.py uploads it and writes the revision in.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from seq_models.replacing import replace_text

FILE = "manifest.json"
HOMES = (Path(__file__).parent.parent / "weights", Path(__file__).parent / "weights")
WEIGHTS = next((home for home in HOMES if (home / FILE).exists()), HOMES[0])
"""The bundled models: beside the package as it is written, inside it where it is installed."""


class DamagedWeights(RuntimeError):
    """A file of a model is missing or is not what it must be; the message names it."""


@dataclass(frozen=True)
class Entry:
    """One model: where the Hub has it, and the SHA-256 (64 hexadecimal digits) of each file."""

    revision: str | None = None
    files: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Manifest:
    """All models by name, and the Hub's user or organisation that has them ("" for none)."""

    namespace: str = ""
    models: dict[str, Entry] = field(default_factory=dict)


def read(weights: Path) -> Manifest:
    """The manifest in the folder `weights`. Raises DamagedWeights if there is no sound one."""
    path = weights / FILE
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        models = {
            name: Entry(model["revision"] or None, dict(model["files"]))
            for name, model in content["models"].items()
        }
        return Manifest(content["namespace"] or "", models)
    except OSError as error:
        raise DamagedWeights(f"{path} cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DamagedWeights(f"{path} is not a manifest of models: {error!r}") from error


def update(weights: Path) -> Manifest:
    """Write the manifest anew from the folders in `weights`; its namespace stays.

    A model keeps its revision as long as its files are the same; changed ones are on no Hub yet.
    Once more if another process changed a model or the manifest meanwhile.
    """
    while True:
        old = read(weights) if (weights / FILE).exists() else None
        namespace = old.namespace if old else ""
        new = Manifest(namespace, {name: fresh(weights, old, name) for name in names(weights)})
        if new == old:
            return new
        write(weights, new)


def fresh(weights: Path, old: Manifest | None, name: str) -> Entry:
    """The entry that a folder must have now."""
    known = old.models.get(name, Entry()) if old else Entry()
    files = fingerprints(weights / name)
    return Entry(known.revision if known.files == files else None, files)


def names(weights: Path) -> list[str]:
    """The folders in `weights`, each a model; hidden ones don't count."""
    folders = (path for path in weights.iterdir() if path.is_dir())
    return sorted(folder.name for folder in folders if not folder.name.startswith("."))


def write(weights: Path, manifest: Manifest) -> None:
    """Write the manifest into the folder `weights`. Raises OSError where that cannot be done.

    A reader, or a kill at any moment, finds the old manifest or the new one, never half of one.
    """
    replace_text(weights / FILE, json.dumps(asdict(manifest), indent=2, ensure_ascii=False) + "\n")


def fingerprints(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file in a model's folder, by its path there; hidden ones don't count."""
    paths = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    return {
        name: fingerprint(path.read_bytes())
        for name, path in sorted(paths.items())
        if path.is_file() and not any(part.startswith(".") for part in name.split("/"))
    }


def fingerprint(content: bytes) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def verified(path: Path, expected: str | None) -> bytes:
    """The bytes of a file. Raises DamagedWeights if `expected` is not their SHA-256."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DamagedWeights(f"{path} cannot be read: {error.strerror}") from error
    if expected is None:
        raise DamagedWeights(f"{path} has no SHA-256 in {FILE}")
    found = fingerprint(content)
    if found != expected:
        raise DamagedWeights(f"{path} is damaged: expected SHA-256 {expected}, found {found}")
    return content
