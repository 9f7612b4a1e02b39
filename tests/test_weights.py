"""The bundled models: no figure outlives its weights, and what is compared is comparable."""

import json
from pathlib import Path
from typing import Any

import pytest

from seq_models import checkpoint, manifest
from seq_models.checkpoint import WEIGHTS
from train.engine.recipe import trainings

MODELS = manifest.read(WEIGHTS).models
LANGUAGE_MODELS = [name for name in MODELS if name.startswith("next-word-")]


def measured(folder: Path) -> dict[str, Any]:
    """What was measured of a model."""
    content: dict[str, Any] = json.loads((folder / "measurements.json").read_text(encoding="utf-8"))
    return content


def outlived(folder: Path) -> bool:
    """Whether a folder's figures are of other parameters than the ones in it."""
    content = (folder / "model.safetensors").read_bytes()
    return measured(folder)["sha256"] != manifest.fingerprint(content)


@pytest.mark.parametrize("name", MODELS)
def test_every_figure_belongs_to_the_parameters_beside_it(name: str) -> None:
    assert not outlived(WEIGHTS / name)


def test_one_changed_bit_of_the_parameters_makes_the_figures_invalid(tmp_path: Path) -> None:
    name = LANGUAGE_MODELS[0]
    content = bytearray((WEIGHTS / name / "model.safetensors").read_bytes())
    content[-1] ^= 1
    (tmp_path / "model.safetensors").write_bytes(content)
    figures = (WEIGHTS / name / "measurements.json").read_bytes()
    (tmp_path / "measurements.json").write_bytes(figures)
    assert outlived(tmp_path)


@pytest.mark.parametrize("name", MODELS)
def test_a_card_shows_the_figures_that_were_measured(name: str) -> None:
    card = (WEIGHTS / name / "README.md").read_text(encoding="utf-8")
    test = measured(WEIGHTS / name)["test"]
    shown = [test] if "perplexity" in test else [test["decoding"][0], test["decoding"][3]]
    for figures in shown:
        for measure in figures.keys() & {"bleu", "chrf", "perplexity", "top1", "top5"}:
            assert str(figures[measure]) in card, measure


def test_the_language_models_differ_in_their_network_alone() -> None:
    loaded = [checkpoint.load(name) for name in LANGUAGE_MODELS]
    assert len({MODELS[one.name].files["tokenizer.json"] for one in loaded}) == 1
    sizes = [one.parameters for one in loaded]
    assert max(sizes) < 1.02 * min(sizes)
    for setting in ("vocab_size", "embed_size", "dropout"):
        assert len({one.config["arguments"][setting] for one in loaded}) == 1, setting
    for setting in ("tokens", "warmup", "weight_decay", "beta2", "clip", "seed", "average"):
        assert len({one.config["training"][setting] for one in loaded}) == 1, setting


@pytest.mark.parametrize("name", MODELS)
def test_a_bundled_model_tells_of_each_of_its_trainings(name: str) -> None:
    config = json.loads((WEIGHTS / name / "config.json").read_text(encoding="utf-8"))
    stages = trainings(config)
    assert stages
    assert all(one["steps"] > 0 and one["examples"] > 0 for one in stages)
    assert "continued" not in config["training"]  # it would hide what came before
