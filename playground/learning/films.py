"""Films of the real translators: how a training from nothing to them went, at forty moments.

`--film` of a training script records one (`train/engine/film.py`); it tells of six sentences and of
BLEU on 200 sentences, and holds no parameters: of a model of millions they would be too large.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from seq_models.tokenizer import SPACE

FOLDER = Path(__file__).parent / "recordings"
FILES = {"attention": "attention-translator.json", "transformer": "transformer-translator.json"}
"""The kinds of model of which there is a film, and its file."""
CONTINUES = "·"  # stands before a piece that goes on with the last one


@dataclass(frozen=True)
class Sentence:
    """A sentence before the model of one moment, in pieces, ⟨end⟩ included: S, T and K of them."""

    source: list[str]
    written: list[str]
    translation: str
    weights: np.ndarray  # (T, S), 0..1
    log_probability: float  # nats, of what it wrote
    known: list[str]
    known_probabilities: np.ndarray  # (K,), 0..1, of each piece of the known translation


@dataclass(frozen=True)
class Scene:
    """One moment of a training."""

    step: int
    bleu: float  # 0..100, of 200 sentences that it was never trained on
    sentences: list[Sentence]


@dataclass(frozen=True)
class Film:
    """A training at all its moments."""

    parameters: int
    steps: int
    pairs: int
    sentences: list[tuple[str, str]]  # French, and a known translation
    scenes: list[Scene]


@lru_cache(maxsize=len(FILES))
def film(kind: str) -> Film:
    """The film of a kind of model."""
    return read(FOLDER / FILES[kind])


def read(path: Path) -> Film:
    """A film as it was recorded."""
    told = json.loads(path.read_text(encoding="utf-8"))
    return Film(
        parameters=told["parameters"],
        steps=told["training"]["steps"],
        pairs=told["training"]["lines"],
        sentences=[(french, known) for french, known in told["sentences"]],
        scenes=[
            Scene(one["step"], one["bleu"], list(map(sentence, one["sentences"])))
            for one in told["scenes"]
        ],
    )


def sentence(told: Mapping[str, Any]) -> Sentence:
    """A sentence of a scene."""
    return Sentence(
        source=list(map(label, told["source"])),
        written=list(map(label, told["written"])),
        translation=told["translation"],
        weights=np.array(told["weights"]),
        log_probability=told["log_probability"],
        known=list(map(label, told["known"])),
        known_probabilities=np.exp(told["known_log_probabilities"]),
    )


def label(piece: str) -> str:
    """A piece as people read it: "▁the" is the, "ing" is ·ing."""
    if piece.startswith(SPACE):
        return piece.removeprefix(SPACE) or "␣"
    return CONTINUES + piece if piece[0].isalnum() else piece
