"""The command for one GPU, tried on a processor: what it writes, and that it ends in time."""

import json
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import torch

from tests.folders import write_model
from tests.tiny import sentences, write_data
from train import gpu
from train.engine.opening import open_folder
from train.engine.recipe import Recipe
from train.gpu import fitted


@pytest.fixture
def prepared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Tiny data, prepared."""
    data = write_data(tmp_path / "data", sentences())
    run(monkeypatch, "--prepare", "--quick", f"--data={data}", f"--out={tmp_path / 'prepared'}")
    return tmp_path / "prepared"


def run(monkeypatch: pytest.MonkeyPatch, *flags: str) -> None:
    """python -m train.gpu FLAGS."""
    monkeypatch.setattr(sys, "argv", ["gpu", *flags])
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    gpu.main()


def test_twenty_steps_make_a_model_that_tells_of_them(
    prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flags = [f"--data={prepared}", f"--out={tmp_path / 'model'}", "--steps=20", "--tokens=256"]
    run(monkeypatch, *flags)
    loaded = open_folder(tmp_path / "model")
    training = json.loads((tmp_path / "model" / "config.json").read_text())["training"]
    assert (training["steps"], training["lines"], training["before"]) == (20, len(sentences()), [])
    run(
        monkeypatch,
        *flags[:1],
        f"--out={tmp_path / 'second'}",
        f"--init={tmp_path / 'model'}",
        *flags[2:],
    )
    again = json.loads((tmp_path / "second" / "config.json").read_text())["training"]
    assert again["before"][0]["steps"] == 20
    assert loaded.tokenizer.vocab_size == open_folder(tmp_path / "second").tokenizer.vocab_size


@pytest.mark.parametrize("r_drop", [0.0, 2.0])
def test_training_learns(
    r_drop: float, prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    losses: list[float] = []
    loss = gpu.loss
    monkeypatch.setattr(gpu, "loss", lambda *given: kept(loss(*given), losses))
    flags = [f"--data={prepared}", f"--out={tmp_path / 'model'}", "--steps=60", "--tokens=256"]
    run(monkeypatch, *flags, "--warmup=5", "--peak=0.01", f"--r-drop={r_drop}")
    training = json.loads((tmp_path / "model" / "config.json").read_text())["training"]
    assert training.get("r_drop", 0) == r_drop
    assert len(losses) == 60
    assert sum(losses[-10:]) < 0.8 * sum(losses[:10])


def kept(value: torch.Tensor, losses: list[float]) -> torch.Tensor:
    losses.append(value.item())
    return value


def test_it_ends_in_time_with_a_rate_of_nearly_nothing_and_a_state_on_the_way(
    prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A step takes a second of a clock of its own."""
    clock, rates, states = [0.0], [], []
    update, write_folder = gpu.update, gpu.write_folder

    def ticking(
        model: object, losses: object, optimizer: torch.optim.Optimizer, clip: float
    ) -> None:
        update(model, losses, optimizer, clip)  # type: ignore[arg-type]
        rates.append(optimizer.param_groups[0]["lr"])
        clock[0] += 1.0

    def counted(*given: object) -> None:
        states.append(clock[0])
        write_folder(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(gpu, "update", ticking)
    monkeypatch.setattr(gpu, "write_folder", counted)
    run(
        monkeypatch,
        f"--data={prepared}",
        f"--out={tmp_path / 'model'}",
        "--minutes=2",
        "--tokens=64",
    )
    assert 0.9 * 120 < len(rates) <= 120
    assert rates[-1] < 0.02 * max(rates)
    assert states[0] == 61
    training = json.loads((tmp_path / "model" / "config.json").read_text())["training"]
    assert training.get("stopped", training["steps"]) == len(rates)


@pytest.mark.parametrize("done", [0, 1, 300, 9_000])
def test_the_steps_fit_into_the_time(done: int) -> None:
    recipe = fitted(Recipe(steps=10**6, warmup=800, peak=1.0, tokens=1), done, 30.0, 540.0)
    assert done < recipe.steps
    assert recipe.steps <= max(1, done) * 540 / 30
    assert recipe.warmup < recipe.steps
    assert recipe.rate(recipe.steps) == 0


@pytest.mark.parametrize(
    ("flags", "told"),
    [
        (["--prepare", "--r-drop=5"], "--r-drop is a matter of the training"),
        (["--prepare", "--steps=5"], "--steps is a matter of the training"),
        (["--prepare", "--minutes=3"], "--minutes is a matter of the training"),
        (["--steps=5", "--minutes=3"], "--minutes would change nothing beside --steps"),
        (["--dropout=0.2"], "--dropout is a matter of the data"),
        (["--tagged", "more.tsv"], "--tagged is a matter of the data"),
        (["--resume"], "--resume is of no use on one GPU"),
        (["--prepare", "--accumulate=2"], "--accumulate is of no use on one GPU"),
    ],
)
def test_a_flag_that_would_change_nothing_is_refused(
    flags: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SystemExit, match=told):
        run(monkeypatch, *flags, f"--data={tmp_path}", f"--out={tmp_path / 'out'}")


def test_a_state_on_the_way_tells_how_many_steps_are_done(
    prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gpu, "STATE", 0.0)
    told: list[int | None] = []
    write_folder = gpu.write_folder

    def noted(folder: Path, config: dict[str, Any], *more: Any) -> None:
        told.append(config["training"].get("stopped"))
        assert told[-1] is None or config["training"]["average"] == 1  # no mean was made yet
        write_folder(folder, config, *more)

    monkeypatch.setattr(gpu, "write_folder", noted)
    flags = [f"--data={prepared}", f"--out={tmp_path / 'model'}", "--steps=3", "--tokens=256"]
    run(monkeypatch, *flags)
    assert told == [1, 2, None, None]


def test_data_that_was_not_prepared_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir()
    with pytest.raises(SystemExit, match="tokens.safetensors"):
        run(monkeypatch, f"--data={tmp_path / 'data'}", f"--out={tmp_path / 'model'}")


def test_a_model_with_other_pieces_is_no_beginning(
    prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_model(tmp_path / "other", "transformer")
    flags = [f"--data={prepared}", f"--out={tmp_path / 'model'}", "--steps=2"]
    with pytest.raises(SystemExit, match="--init has other pieces"):
        run(monkeypatch, *flags, f"--init={tmp_path / 'other'}")
