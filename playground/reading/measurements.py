"""What was measured of the models on test data, told only of the very parameters that serve."""

import copy
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from torch import Tensor

from playground.reading.models import LANGUAGE_MODELS, TRANSLATORS, Model
from playground.reading.opening import sound
from seq_models import head_means
from seq_models.manifest import WEIGHTS

FILE = "measurements.json"
COSTS = {"removal_costs_bleu": "BLEU", "removal_costs_perplexity": "of perplexity"}
Curve = list[tuple[int | None, float]]  # (tokens that the model may see, None for all; perplexity)


def measured(name: str) -> dict[str, Any] | None:
    """All that was measured of a model, by its full name; None if nothing was, of these weights."""
    try:
        sha256 = sound(name).sha256
    except ValueError:  # no such model, or damaged: no figure of it is true
        return None
    return copy.deepcopy(read(WEIGHTS / name, sha256))


@lru_cache(maxsize=64)
def read(folder: Path, sha256: str) -> dict[str, Any] | None:
    """The measurements in a model's folder, if they are of the parameters with this SHA-256."""
    try:
        found = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and found.get("sha256") == sha256 else None


def memory_curves() -> dict[str, Curve]:
    """Perplexity by the number of tokens seen, for each measured language model by short name."""
    return {
        name: [(entry["context"], entry["perplexity"]) for entry in found["memory_curve"]]
        for name, found in every(LANGUAGE_MODELS).items()
    }


def bleu_by_length() -> dict[str, list[dict[str, Any]]]:
    """BLEU for short to long sources (shortest, longest: words), for each measured translator."""
    return {name: found["test"]["by_length"] for name, found in every(TRANSLATORS).items()}


def search_errors() -> dict[str, dict[str, Any]]:
    """What exact search found over test sentences, for each measured translator by short name.

    Each with sentences, beam (its width), missed (0..1, where something likelier than the beam's
    exists), empty_best (0..1, where nothing is likelier than the empty text), proved (0..1).
    """
    return searched("exact")


def by_beam_width() -> dict[str, list[dict[str, Any]]]:
    """BLEU and length of wider and wider beams, for each measured translator by short name.

    Each entry with beam, length_penalty, sentences, bleu (0..100), length (1: the references').
    """
    return searched("by_width")


def searched(part: str) -> dict[str, Any]:
    """A part of what was measured of the search, for each translator of which it was."""
    found = {name: each.get("search", {}) for name, each in every(TRANSLATORS).items()}
    return {name: each[part] for name, each in found.items() if part in each}


def alignment_rates() -> dict[str, dict[str, Any]]:
    """The alignment error rate (0..1) of each measured translator's best head, on the Hansards.

    Each with layer and head (from 1), reading ("same_row": the step that writes the word,
    "next_row": the one that reads it), error_rate, pairs (sentences).
    """
    return {
        name: {**found["alignment"]["best"], "pairs": found["alignment"]["pairs"]}
        for name, found in every(TRANSLATORS).items()
        if "alignment" in found
    }


def habits(stack: str) -> list[dict[str, Any]]:
    """What each head of a stack ("language": the language model's) does on a corpus, if known.

    Each with layer and head (from 1), the mean shares (0..1) that it gives the previous, next,
    same and first token and punctuation, entropy_bits, distance (tokens), removal_costs, in its
    unit, examples (text, share), and of cross-attention alignment_error (0..1, the better reading).
    """
    model, part = home(stack)
    heads = (measured(model.folder) or {}).get("heads", [])
    found = [{"examples": [], **head} for head in heads if head["part"] == part]
    rates = {(one["layer"], one["head"]): one for one in head_alignment() if stack == "cross"}
    for head in found:
        if rate := rates.get((head["layer"], head["head"])):
            head["alignment_error"] = min(rate["same_row"], rate["next_row"])
        for name, unit in COSTS.items():
            if name in head:
                head |= {"removal_costs": head[name], "unit": unit}
    return found


def home(stack: str) -> tuple[Model, str]:
    """The model that has a stack, and the stack's name in its measurements."""
    if stack == "language":
        return LANGUAGE_MODELS["transformer"], "network"
    return TRANSLATORS["transformer"], stack


def mean_outputs(stack: str) -> Tensor | None:
    """What each head of a stack reads on average on a corpus (layers, heads, D), if known."""
    model, part = home(stack)
    return head_means.read(WEIGHTS / model.folder, sound(model.folder).sha256).get(part)


def disagreement(stack: str) -> dict[str, Any] | None:
    """A sentence of a corpus and a head, where nothing and its mean instead disagree most.

    With layer, head (from 1), text, zero_bits, mean_bits: what the text loses. None if not known.
    """
    model, part = home(stack)
    found: list[dict[str, Any]] = (measured(model.folder) or {}).get("disagreements", [])
    return next((one for one in found if one["part"] == part), None)


def head_alignment() -> list[dict[str, Any]]:
    """The alignment error rates (0..1) of each cross-attention head on the Hansards, if known.

    Each with layer and head (from 1), same_row (read when the word is written), next_row (when it
    is read).
    """
    found = (measured(TRANSLATORS["transformer"].folder) or {}).get("alignment", {})
    heads: list[dict[str, Any]] = found.get("heads", [])
    return heads


def every(models: Mapping[str, Model]) -> dict[str, dict[str, Any]]:
    """What was measured of each of these models, by short name, of which anything was."""
    found = {short: measured(model.folder) for short, model in models.items()}
    return {short: each for short, each in found.items() if each is not None}
