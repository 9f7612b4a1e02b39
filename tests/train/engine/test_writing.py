"""What a training writes: whole or not at all, open to those whom the umask lets in."""

import os
import shutil
import stat
from collections import namedtuple
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import safetensors.torch
import torch

from seq_models import manifest
from seq_models.tokenizer import Tokenizer
from tests.folders import write_model
from tests.tiny import CONFIGS, model
from train.engine.recipe import Recipe
from train.engine.state import Average, save_state
from train.engine.writing import rehearse, write_json

Usage = namedtuple("Usage", "total used free")


def rehearsed(out: Path, **config: Any) -> None:
    """Rehearse the writing of a tiny model."""
    write_model(out.parent / "other", "gru")
    tokenizer = Tokenizer.load(out.parent / "other" / "tokenizer.json")
    checkpoint = out.with_name("model.training.safetensors")
    rehearse(out, checkpoint, CONFIGS["gru"] | config, model("gru"), tokenizer)


def test_a_full_disk_leaves_the_model_that_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_model(tmp_path / "model", "rnn")
    before = manifest.fingerprints(tmp_path / "model")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Tokenizer, "save", full)
    with pytest.raises(OSError, match="No space"):
        write_model(tmp_path / "model", "gru")
    after = manifest.fingerprints(tmp_path / "model")
    assert {name: after[name] for name in before} == before


def test_a_rehearsal_leaves_nothing_behind(tmp_path: Path) -> None:
    rehearsed(tmp_path / "model")
    assert {path.name for path in tmp_path.iterdir()} == {"other"}


@pytest.mark.parametrize(
    ("free", "told"), [(1_000, "0 MB are free"), (10**12, ""), (0, "0 MB are free")]
)
def test_a_disk_too_full_for_the_checkpoints_is_told_before_the_training(
    free: int, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**12, 10**12 - free, free))
    if not told:
        return rehearsed(tmp_path / "model")
    with pytest.raises(ValueError, match=f"{told}.*make room"):
        rehearsed(tmp_path / "model")
    return None


def test_what_json_cannot_hold_is_found_before_the_training(tmp_path: Path) -> None:
    with pytest.raises(TypeError):
        rehearsed(tmp_path / "model", training={"data": tmp_path})
    assert {path.name for path in tmp_path.iterdir()} == {"other"}


@pytest.mark.parametrize("place", ["file", "file/model", "null/model"])
def test_an_out_that_can_be_no_folder_is_told_before_the_training(
    place: str, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "null").symlink_to(os.devnull)
    out = tmp_path / place
    write_model(tmp_path / "other", "gru")
    tokenizer = Tokenizer.load(tmp_path / "other" / "tokenizer.json")
    with pytest.raises((ValueError, OSError), match="is a file|Not a directory|File exists"):
        rehearse(out, out.with_suffix(".x"), CONFIGS["gru"], model("gru"), tokenizer)


@pytest.fixture(params=[0o022, 0o077, 0o002])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    """A umask that holds for the test."""
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def test_every_file_has_the_mode_that_the_umask_leaves(umask: int, tmp_path: Path) -> None:
    write_model(tmp_path / "model", "gru")
    save_state(
        tmp_path / "run.safetensors",
        model("gru"),
        torch.optim.AdamW(model("gru").parameters()),
        Recipe(steps=1, warmup=1, peak=1.0, tokens=1),
        1,
        Average(),
        "",
    )
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) == 5
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o666 & ~umask}


def test_the_parameters_are_in_half_precision_under_their_names(tmp_path: Path) -> None:
    write_model(tmp_path / "model", "gru")
    saved = safetensors.torch.load_file(tmp_path / "model" / "model.safetensors")
    for name, parameter in model("gru").named_parameters():
        assert saved[name].equal(parameter.half())


def test_json_is_written_for_people(tmp_path: Path) -> None:
    write_json(tmp_path / "x.json", {"a": "⟨é⟩"})
    assert (tmp_path / "x.json").read_text(encoding="utf-8") == '{\n  "a": "⟨é⟩"\n}\n'
