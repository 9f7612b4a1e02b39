"""What `train.measure` writes beside a model, with numbers made up for tests."""

import copy
import json
from pathlib import Path
from typing import Any

from seq_models import manifest
from train.engine import provenance


def measurements(folder: Path | None = None, architecture: str = "") -> dict[str, Any]:
    """The measurements of the model in `folder`, or of any of that architecture."""
    name, sha256 = "name", "0" * 64
    if folder is not None:
        config = json.loads((folder / "config.json").read_text())
        name, architecture = folder.name, config["architecture"]
        sha256 = manifest.fingerprint((folder / "model.safetensors").read_bytes())
    kind = "translator" if architecture.endswith("translator") else "language_model"
    return {
        "sha256": sha256,
        "kind": kind,
        "commands": [f"python -m train.{what.format(name)}" for what in COMMANDS[kind]],
        "provenance": [provenance.read(provenance.KNOWN / f"{DATA[kind]}.json")],
        **copy.deepcopy(TRANSLATOR if kind == "translator" else LANGUAGE_MODEL),
    }


DATA = {"translator": "tatoeba-fr-en", "language_model": "english"}
COMMANDS = {
    "translator": (
        "evaluate {} DATA/tatoeba-fr-en/test.tsv.gz --beam 4",
        "measure {} --data DATA/tatoeba-fr-en",
    ),
    "language_model": ("evaluate {} DATA/english/test.txt.gz", "measure {} --data DATA/english"),
}
TRANSLATOR: dict[str, Any] = {
    "test": {
        "sentences": 2500,
        "decoding": [
            {"beam": beam, "bleu": 31.06 + beam, "chrf": 49.54 + beam} for beam in range(1, 9)
        ],
        "by_length": [{"shortest": 1, "longest": 4, "sentences": 500, "bleu": 40.0}],
        "agreement": {"tokens": 100, "largest_difference_nats": 1e-6},
    },
    "alignment": {
        "pairs": 447,
        "heads": [{"layer": 2, "head": 5, "same_row": 0.5, "next_row": 0.3123}],
        "best": {"layer": 2, "head": 5, "reading": "next_row", "error_rate": 0.3123},
    },
    "everyday": {
        "beam": 4,
        "clean": {"sentences": 300, "accepted": 0.5267, "chrf": 83.54},
        "clean_of_typed": {"sentences": 60, "accepted": 0.4667, "chrf": 80.06},
        "typed": {"sentences": 60, "accepted": 0.2167, "chrf": 50.72},
        "alone": {"sentences": 100, "accepted": 0.91, "chrf": 93.1},
        "alone_capital": {"sentences": 100, "accepted": 0.88, "chrf": 90.4},
    },
    "heads": [],
}
LANGUAGE_MODEL: dict[str, Any] = {
    "test": {
        "perplexity": 53.42,
        "top1": 0.1758,
        "top5": 0.3788,
        "words": 33871,
        "unknown": 1802,
    },
    "memory_curve": [{"context": 1, "perplexity": 300.1}, {"context": None, "perplexity": 53.42}],
}
