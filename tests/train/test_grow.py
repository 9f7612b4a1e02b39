"""The command: a larger folder that a training begins from, or a sentence."""

import json
from pathlib import Path

import pytest
import torch

from seq_models import UNKNOWN
from tests.folders import LINES, write_model
from tests.tiny import close, targets, words
from tests.train.conftest import Say
from train import grow
from train.engine.opening import open_folder

COMMAND = grow


def test_the_larger_folder_holds_a_model_that_says_the_same(said: Say, tmp_path: Path) -> None:
    write_model(tmp_path / "small", "transformer")
    sizes = ("--encoder-layers", "3", "--ff-dim", "24")
    told = said(str(tmp_path / "small"), str(tmp_path / "large"), *sizes)
    small, large = (open_folder(tmp_path / name) for name in ("small", "large"))
    assert f"{large.parameters:,} parameters" in told
    assert large.parameters > small.parameters
    assert large.config["arguments"]["encoder_layers"] == 3
    read, written = words(4, 2).to(large.device), targets(2, 3).to(large.device)
    with torch.inference_mode():
        close(large.model(read, written), small.model(read, written), 1e-2)  # half precision


def test_a_language_model_grows_with_the_words_of_a_text(said: Say, tmp_path: Path) -> None:
    write_model(tmp_path / "small", "gru")
    (tmp_path / "data").mkdir()
    lines = [*LINES, *(f"the new word {word} again" for word in ("here", "there", "everywhere"))]
    (tmp_path / "data" / "train.txt").write_text("\n".join(lines), encoding="utf-8")
    words = ("--data", str(tmp_path / "data"), "--vocabulary", "28", "--hidden-size", "14")
    told = said(str(tmp_path / "small"), str(tmp_path / "large"), *words)
    large = open_folder(tmp_path / "large")
    assert f"{large.parameters:,} parameters" in told
    assert large.tokenizer.vocab_size == large.config["arguments"]["vocab_size"] == 28
    assert large.tokenizer.number("▁new") != UNKNOWN
    assert large.config["arguments"]["hidden_size"] == 14
    with pytest.raises(SystemExit, match="words, not 9,000"):
        said(str(tmp_path / "small"), str(tmp_path / "x"), *words[:2], "--vocabulary", "9000")


def test_a_translator_grows_with_the_words_of_pairs(said: Say, tmp_path: Path) -> None:
    write_model(tmp_path / "small", "transformer")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "train.tsv").write_text("le chat\tthe cat\n" * 2, encoding="utf-8")
    (tmp_path / "more.tsv").write_text("chat\tcat\nmort\tmute\n", encoding="utf-8")
    words = ("--data", str(tmp_path / "data"), "--more", str(tmp_path / "more.tsv"))
    said(str(tmp_path / "small"), str(tmp_path / "large"), *words, "--vocabulary", "26")
    small, large = (open_folder(tmp_path / name).tokenizer for name in ("small", "large"))
    assert large.pieces[: small.vocab_size] == small.pieces
    new = large.pieces[small.vocab_size :]
    assert len(new) == 3
    assert new[0] == "▁chat"  # four times
    with pytest.raises(SystemExit, match="wanted 90 pieces: there are 23, and"):
        said(str(tmp_path / "small"), str(tmp_path / "larger"), *words, "--vocabulary", "90")


def test_what_grew_is_told_of_the_training_before_it(said: Say, tmp_path: Path) -> None:
    write_model(tmp_path / "small", "gru")
    file = tmp_path / "small" / "config.json"
    config = json.loads(file.read_text(encoding="utf-8"))
    assert "training" not in config
    config["training"] = {"steps": 7}
    file.write_text(json.dumps(config), encoding="utf-8")
    said(str(tmp_path / "small"), str(tmp_path / "large"), "--hidden-size", "14")
    grown = {"hidden_size": [config["arguments"]["hidden_size"], 14]}
    assert open_folder(tmp_path / "large").config["training"] == {"steps": 7, "grown": grown}


@pytest.mark.parametrize(
    ("kind", "sizes", "sentence"),
    [
        ("attention", ("--ff-dim", "24"), "has no ff_dim, but vocab_size"),
        ("transformer", ("--data", "nowhere", "--vocabulary", "28"), "nowhere"),
        ("gru", ("--vocabulary", "28"), "go together"),
        ("transformer", ("--encoder-layers", "1"), "a model can only grow"),
        ("transformer", ("--ff-dim", "8"), "can grow"),
    ],
)
def test_what_cannot_grow_is_told(
    kind: str,
    sizes: tuple[str, ...],
    sentence: str,
    said: Say,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    write_model(tmp_path / "small", kind)
    with pytest.raises(SystemExit) as ended:
        said(str(tmp_path / "small"), str(tmp_path / "large"), *sizes)
    assert sentence in f"{ended.value} {capsys.readouterr().err}"
    assert not (tmp_path / "large").exists()
