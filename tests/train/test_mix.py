"""Between two models: each end is one of them, what lies between is on the straight line."""

import sys
from pathlib import Path

import pytest
import torch

from seq_models.folder import write_folder
from seq_models.models import build
from tests.folders import write_model
from train import mix as module
from train.engine.opening import open_model
from train.mix import mix


@pytest.fixture
def ends(tmp_path: Path) -> tuple[str, str]:
    """The folders of two tiny translators of one kind, with other parameters."""
    write_model(tmp_path / "before", "transformer")
    before = open_model(str(tmp_path / "before"))
    config = {**before.config, "training": {"steps": 5}}
    after = build(config)
    with torch.no_grad():
        for values in after.parameters():
            values.normal_()
    write_folder(tmp_path / "after", config, after, before.tokenizer)
    return str(tmp_path / "before"), str(tmp_path / "after")


def parameters(folder: str) -> dict[str, torch.Tensor]:
    return {name: one.float() for name, one in open_model(folder).model.named_parameters()}


@pytest.mark.parametrize("share", [0.0, 0.3, 0.5])
def test_every_parameter_lies_between_as_far_as_was_asked(
    share: float, ends: tuple[str, str], tmp_path: Path
) -> None:
    mix(*ends, tmp_path / "mixed", share)
    old, new, found = map(parameters, (*ends, str(tmp_path / "mixed")))
    assert any((old[name] - new[name]).abs().max() > 0.1 for name in old)
    for name, values in found.items():
        wanted = (1 - share) * old[name] + share * new[name]
        torch.testing.assert_close(values, wanted, rtol=1e-3, atol=1e-3)


def test_the_config_tells_the_training_and_the_share(
    ends: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["mix", *ends, str(tmp_path / "mixed"), "--share", "0.25"])
    module.main()
    training = open_model(str(tmp_path / "mixed")).config["training"]
    assert training == {"steps": 5, "mixed": 0.25, "trainings_mixed": 1}


def test_nothing_lies_between_models_of_two_kinds(
    ends: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_model(tmp_path / "other", "attention")
    command = ["mix", ends[0], str(tmp_path / "other"), str(tmp_path / "mixed"), "--share", "0.5"]
    monkeypatch.setattr(sys, "argv", command)
    with pytest.raises(SystemExit, match="nothing lies between"):
        module.main()
    assert not (tmp_path / "mixed").exists()


def test_nothing_lies_between_trainings_that_began_elsewhere(
    ends: tuple[str, str], tmp_path: Path
) -> None:
    before, after = map(open_model, ends)
    with pytest.raises(ValueError, match="was trained no further than"):
        mix(ends[1], ends[1], tmp_path / "mixed", 0.5)
    begun = {**before.config, "training": {"steps": 9}}
    write_folder(tmp_path / "begun", begun, before.model, before.tokenizer)
    with pytest.raises(ValueError, match="was not trained from"):
        mix(str(tmp_path / "begun"), ends[1], tmp_path / "mixed", 0.5)
    two = [{"steps": 9}, {"steps": 7}]
    config = {**after.config, "training": {"steps": 5, "before": two}}
    write_folder(tmp_path / "on", config, after.model, after.tokenizer)
    mix(str(tmp_path / "begun"), str(tmp_path / "on"), tmp_path / "mixed", 0.5)
    training = open_model(str(tmp_path / "mixed")).config["training"]
    assert (training["mixed"], training["trainings_mixed"]) == (0.5, 2)
