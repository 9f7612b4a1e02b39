"""The command: a folder for another tool, or a sentence."""

import copy
import sys
from pathlib import Path

import pytest

from tests.folders import write_model
from tests.tiny import CONFIGS
from tests.train.conftest import Say
from train import export

COMMAND = export


def test_a_model_named_by_its_folder_is_written_and_the_files_are_told(
    said: Say, tmp_path: Path
) -> None:
    write_model(tmp_path / "mine", "transformer")
    told = said(str(tmp_path / "mine"), "--to", "marian", str(tmp_path / "theirs"))
    assert all(path.name in told for path in (tmp_path / "theirs").iterdir())


def test_only_a_transformer_translator_can_go(said: Say, tmp_path: Path) -> None:
    write_model(tmp_path / "mine", "attention")
    with pytest.raises(
        SystemExit, match="mine has the architecture attention_translator; other tools read only"
    ):
        said(str(tmp_path / "mine"), "--to", "marian", str(tmp_path / "theirs"))
    assert not (tmp_path / "theirs").exists()


def test_a_translator_without_a_part_of_the_textbook_cannot_go(
    said: Say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    less = copy.deepcopy(CONFIGS["transformer"])
    less["arguments"]["positions"] = False
    monkeypatch.setitem(CONFIGS, "transformer", less)
    write_model(tmp_path / "mine", "transformer")
    with pytest.raises(SystemExit, match="mine is without positions"):
        said(str(tmp_path / "mine"), "--to", "marian", str(tmp_path / "theirs"))


def test_a_folder_with_something_in_it_is_left_alone(said: Say, tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text("mine")
    with pytest.raises(SystemExit, match="is not empty"):
        said("transformer-translator", "--to", "marian", str(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]


def test_without_ctranslate2_a_sentence_says_what_to_install(
    said: Say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ctranslate2", None)
    monkeypatch.setitem(sys.modules, "ctranslate2.specs", None)
    write_model(tmp_path / "mine", "transformer")
    with pytest.raises(SystemExit, match="pip install -r requirements-bench.txt"):
        said(str(tmp_path / "mine"), "--to", "ctranslate2", str(tmp_path / "theirs"))
    assert not (tmp_path / "theirs").exists()
