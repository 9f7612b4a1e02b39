"""The command: a larger folder that a training begins from, or a sentence."""

from pathlib import Path

import pytest
import torch

from tests.folders import write_model
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


@pytest.mark.parametrize(
    ("kind", "sizes", "sentence"),
    [
        ("attention", ("--ff-dim", "24"), "is no Transformer translator"),
        ("transformer", ("--encoder-layers", "1"), "a model can only grow"),
        ("transformer", ("--ff-dim", "8"), "can grow"),
    ],
)
def test_what_cannot_grow_is_told(
    kind: str, sizes: tuple[str, ...], sentence: str, said: Say, tmp_path: Path
) -> None:
    write_model(tmp_path / "small", kind)
    with pytest.raises(SystemExit, match=sentence):
        said(str(tmp_path / "small"), str(tmp_path / "large"), *sizes)
    assert not (tmp_path / "large").exists()
