"""Measured figures: told of the weights that serve, and of no others."""

import json
from pathlib import Path

import pytest

from playground.attention.align.explain import explain as align
from playground.reading import measurements
from playground.reading.measurements import FILE
from playground.reading.models import LANGUAGE_MODELS, TRANSLATORS
from seq_models.checkpoint import Shelf
from tests.folders import write_weights
from tests.measured import measurements as made_up

NAMES = {
    "attention-translator": "attention",
    "transformer-translator": "transformer",
    "next-word-gru": "gru",
    "next-word-transformer": "causal",
}


@pytest.fixture
def weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Tiny models under the real names, nothing measured yet; the functions take them for real."""
    folder = write_weights(
        tmp_path, **{name.replace("-", "_"): kind for name, kind in NAMES.items()}
    )
    monkeypatch.setattr(measurements, "WEIGHTS", folder)
    monkeypatch.setattr("playground.reading.measurements.sound", Shelf(folder).load)
    return folder


def write(weights: Path, name: str, **changed: object) -> None:
    """Measurements beside a model, of its parameters unless changed."""
    content = made_up(weights / name) | changed
    (weights / name / FILE).write_text(json.dumps(content), encoding="utf-8")


def test_without_a_file_nothing_is_told(weights: Path) -> None:
    assert all(measurements.measured(name) is None for name in NAMES)
    assert measurements.measured("next-word-lstm") is None  # no such model
    assert measurements.memory_curves() == {}
    assert measurements.bleu_by_length() == {}
    assert measurements.alignment_rates() == {}


def test_a_figure_of_other_weights_is_never_told(weights: Path) -> None:
    for name in NAMES:
        write(weights, name, sha256="0" * 64)
        assert measurements.measured(name) is None


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"kind": "translator"}'])
def test_a_damaged_file_is_none(weights: Path, content: str) -> None:
    (weights / "next-word-gru" / FILE).write_text(content, encoding="utf-8")
    assert measurements.measured("next-word-gru") is None


def test_what_was_measured_of_these_weights_is_told(weights: Path) -> None:
    for name in NAMES:
        write(weights, name)
        assert measurements.measured(name) == made_up(weights / name)
    assert measurements.memory_curves() == {
        "gru": [(1, 300.1), (None, 53.42)],
        "transformer": [(1, 300.1), (None, 53.42)],
    }
    assert measurements.bleu_by_length() == {
        name: [{"shortest": 1, "longest": 4, "sentences": 500, "bleu": 40.0}]
        for name in ("transformer", "attention")
    }
    assert measurements.alignment_rates()["transformer"] == {
        "layer": 2,
        "head": 5,
        "reading": "next_row",
        "error_rate": 0.3123,
        "pairs": 447,
    }


def test_one_model_without_measurements_leaves_the_others_in(weights: Path) -> None:
    write(weights, "attention-translator")
    assert list(measurements.bleu_by_length()) == ["attention"]
    assert list(measurements.alignment_rates()) == ["attention"]


def test_who_changes_an_answer_changes_no_later_one(weights: Path) -> None:
    write(weights, "next-word-gru")
    found = measurements.measured("next-word-gru")
    assert found is not None
    found["test"].clear()
    assert measurements.measured("next-word-gru") == made_up(weights / "next-word-gru")


def test_the_alignment_carries_the_measured_rates(weights: Path) -> None:
    write(weights, "attention-translator")
    told = align("oui").to_json()
    assert told["measured"]["attention"]["error_rate"] == 0.3123
    assert "transformer" not in told["measured"]


def test_the_bundled_language_models_are_measured() -> None:
    curves = measurements.memory_curves()
    assert set(curves) <= set(LANGUAGE_MODELS.keys())
    for curve in curves.values():
        assert curve[-1][0] is None
        contexts = [context for context, _ in curve[:-1]]
        assert contexts == sorted(contexts)  # type: ignore[type-var]
    assert set(measurements.alignment_rates()) <= set(TRANSLATORS.keys())
