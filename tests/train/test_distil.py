"""What a better translator writes: each source once, its own translation, nothing kept back."""

import sys
from pathlib import Path

import pytest

from tests.folders import write_model
from train import distil as module
from train.engine.lines import read_pairs
from train.measures.everyday import entries
from train.pairs.by_machine import translated, translator

EVERYDAY = entries()[0].french


@pytest.fixture
def command(tmp_path: Path) -> list[str]:
    """The command with a tiny teacher, and pairs, lines and pairs to leave out."""
    write_model(tmp_path / "teacher", "transformer")
    texts = {
        "pairs.tsv": "the cat sat\tx\nThe cat sat!\ty\na dog ran\tz\n",
        "lines.txt": f"two of us\nA dog ran.\n{EVERYDAY}\nthe mat\n",
        "without.tsv": "The mat?\tw\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    files = {name: str(tmp_path / name) for name in texts}
    given = ["distil", str(tmp_path / "teacher"), str(tmp_path / "out.tsv")]
    given += ["--pairs", files["pairs.tsv"], "--lines", files["lines.txt"]]
    return [*given, "--without", files["without.tsv"]]


def test_each_source_comes_once_with_its_translation_and_none_that_is_kept_back(
    command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", command)
    module.main()
    (group,) = translated(
        translator(command[1], reverse=False), ["the cat sat", "a dog ran", "two of us"]
    )
    assert {source for source, _ in group} == {"the cat sat", "a dog ran", "two of us"}
    assert read_pairs(Path(command[2])) == group


def test_nothing_to_translate_is_told_and_no_file_written(
    command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", command[:3])
    with pytest.raises(SystemExit, match="give --pairs or --lines"):
        module.main()
    assert not Path(command[2]).exists()
