"""The training loop: a broken training goes on as if unbroken; two processes learn as one."""

import math
import os
import random
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import safetensors.torch
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn

import train.loop
from seq_models.models import build
from tests.tiny import CONFIGS, close, same_checkpoint
from train.data import Batches
from train.loop import Recipe, load_state, schedule, write_json
from train.next_word import loss

ROOT = Path(__file__).parents[2]
PATIENCE = 600  # seconds; a busy machine is slow
RECIPE = Recipe(steps=12, warmup=3, peak=1e-2, tokens=64, save_every=2)
SHARED = Recipe(steps=3, warmup=1, peak=1e-3, tokens=256, save_every=100, clip=1e9)


def batches(tokens: int = 64) -> Batches:
    """Batches of random texts of many lengths."""
    generator = random.Random(3)
    lengths = [generator.randint(3, 12) for _ in range(60)]
    rows = [[generator.randrange(4, 23) for _ in range(length)] for length in lengths]
    return Batches([(row,) for row in rows], tokens, seed=1)


def network(dropout: float = 0.2) -> nn.Module:
    """The tiny gated language model, before training."""
    torch.manual_seed(4)
    config = CONFIGS["gru"]
    return build(config | {"arguments": config["arguments"] | {"dropout": dropout}})


def learn(checkpoint: Path, recipe: Recipe = RECIPE, resume: bool = False, dies: int = 0) -> Any:
    """The trained parameters; with `dies`, training breaks off after so many steps."""
    calls = 0

    def mortal(model: nn.Module, fields: tuple[Tensor, ...]) -> Tensor:
        nonlocal calls
        if dies and calls == dies:
            raise KeyboardInterrupt
        calls += 1
        return loss(model, fields)

    model, is_main = train.loop.train(network(), batches(), mortal, recipe, checkpoint, resume)
    assert is_main
    return {name: p.detach() for name, p in model.named_parameters()}


def same(one: dict[str, Tensor], other: dict[str, Tensor]) -> bool:
    """Whether two sets of parameters are equal to the last bit."""
    return one.keys() == other.keys() and all(torch.equal(one[name], other[name]) for name in one)


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Tensor], Path]:
    """Parameters and last checkpoint of a training that nothing broke."""
    checkpoint = tmp_path_factory.mktemp("unbroken") / "run.safetensors"
    return learn(checkpoint), checkpoint


def test_training_lowers_the_loss(unbroken: tuple[dict[str, Tensor], Path]) -> None:
    model, data = network().eval(), batches()

    def mean() -> float:
        parts = [data.collate(rows) for rows in data.epoch(0)]
        return sum(loss(model, p.fields).item() for p in parts) / sum(p.targets for p in parts)

    before = mean()
    model.load_state_dict(unbroken[0])
    assert mean() < before - 0.03


@pytest.mark.parametrize("dies", [1, 5, 10])
def test_a_training_that_broke_off_goes_on_as_if_it_never_had(
    dies: int, unbroken: tuple[dict[str, Tensor], Path], tmp_path: Path
) -> None:
    checkpoint = tmp_path / "run.safetensors"
    with pytest.raises(KeyboardInterrupt):
        learn(checkpoint, dies=dies)
    torch.rand(7)
    assert same(learn(checkpoint, resume=True), unbroken[0])
    assert same_checkpoint(checkpoint, unbroken[1])


def test_a_kill_while_the_checkpoint_is_written_leaves_the_one_before_whole(
    unbroken: tuple[dict[str, Tensor], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkpoint = tmp_path / "run.safetensors"
    save_file = safetensors.torch.save_file
    writes: list[Path] = []

    def killed(tensors: dict[str, Tensor], path: Path, **rest: Any) -> None:
        save_file(tensors, path, **rest)
        writes.append(path)
        if len(writes) == 3:
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
            raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(safetensors.torch, "save_file", killed)
        with pytest.raises(KeyboardInterrupt):
            learn(checkpoint)
    assert writes[2].exists()
    assert load_state(checkpoint, *fresh(), RECIPE) == 4
    assert same(learn(checkpoint, resume=True), unbroken[0])
    assert same_checkpoint(checkpoint, unbroken[1])
    assert list(tmp_path.iterdir()) == [checkpoint]


def fresh() -> tuple[nn.Module, torch.optim.Optimizer]:
    """An untrained network and its optimizer."""
    model = network()
    return model, torch.optim.AdamW(model.parameters())


def test_a_checkpoint_holds_full_precision(unbroken: tuple[dict[str, Tensor], Path]) -> None:
    tensors = safetensors.torch.load_file(unbroken[1])
    assert {tensor.dtype for tensor in tensors.values()} == {torch.float32}
    for name, parameter in unbroken[0].items():
        assert torch.equal(tensors[f"model.{name}"], parameter)


def test_without_resume_training_begins_anew(
    unbroken: tuple[dict[str, Tensor], Path], tmp_path: Path
) -> None:
    checkpoint = tmp_path / "run.safetensors"
    learn(checkpoint, replace(RECIPE, steps=4))
    assert same(learn(checkpoint), unbroken[0])


def test_going_on_with_another_recipe_is_refused(tmp_path: Path) -> None:
    checkpoint = tmp_path / "run.safetensors"
    learn(checkpoint, replace(RECIPE, steps=2))
    with pytest.raises(ValueError, match="run.safetensors was made with another recipe.*--resume"):
        learn(checkpoint, RECIPE, resume=True)


def test_going_on_with_another_model_is_refused(
    unbroken: tuple[dict[str, Tensor], Path],
) -> None:
    other = build(CONFIGS["rnn"])
    with pytest.raises(ValueError, match="run.safetensors is a checkpoint of another model"):
        load_state(unbroken[1], other, torch.optim.AdamW(other.parameters()), RECIPE)


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 50), st.integers(1, 200))
def test_the_learning_rate_rises_to_its_peak_and_falls_to_nothing(warmup: int, more: int) -> None:
    recipe = Recipe(steps=warmup + more, warmup=warmup, peak=0.5, tokens=1)
    rates = [recipe.rate(step) for step in range(recipe.steps)]
    top = rates.index(max(rates))
    assert warmup - 1 <= top <= warmup
    assert all(0 < rate <= 0.5 for rate in rates)
    assert rates[: top + 1] == sorted(rates[: top + 1])
    assert rates[top:] == sorted(rates[top:], reverse=True)
    assert rates[0] == pytest.approx(min(0.5 / warmup, rates[0]))
    assert recipe.rate(recipe.steps) == 0


@pytest.mark.parametrize("first", [1, 7, 40])
def test_the_batches_of_a_resumed_training_are_those_it_had_not_seen(first: int) -> None:
    whole, rest = schedule(batches(), 0, 0, 1), schedule(batches(), first, 0, 1)
    for _ in range(first):
        next(whole)
    for _ in range(12):
        expected, actual = next(whole), next(rest)
        assert torch.equal(actual.fields[0], expected.fields[0])
        assert actual.targets == expected.targets


def test_every_epoch_is_trained_on_from_its_first_batch_to_its_last() -> None:
    data = batches()
    order = [rows for number in range(3) for rows in data.epoch(number)]
    for rows, actual in zip(order, schedule(data, 0, 0, 1), strict=False):
        assert torch.equal(actual.fields[0], data.collate(rows).fields[0])


def test_two_processes_learn_what_one_plain_loop_of_torch_learns(tmp_path: Path) -> None:
    """The oracle is the loop written out: the mean over all tokens of the batch, AdamW."""
    learned = two_processes(tmp_path)
    model, data = network(dropout=0.0), batches()
    optimizer = torch.optim.AdamW(model.parameters(), betas=(0.9, 0.98), weight_decay=0.01)
    for step, rows in enumerate(data.epoch(0)[:3]):
        batch = data.collate(rows)
        optimizer.param_groups[0]["lr"] = 1e-3 * min(1, (3 - step) / 2)
        optimizer.zero_grad()
        (loss(model, batch.fields) / batch.targets).backward()
        optimizer.step()
        for name, parameter in model.named_parameters():
            assert parameter.grad is not None
            close(learned[f"{step}/{name}"], parameter.grad)
    assert not math.isclose(learned["0/bias"].norm().item(), 0, abs_tol=1e-3)
    for name, parameter in model.named_parameters():
        close(learned[f"end/{name}"], parameter.detach())


def two_processes(folder: Path) -> dict[str, Tensor]:
    """What `tests.train.two_processes` writes when two processes share its batches."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    shared = {"WORLD_SIZE": "2", "LOCAL_WORLD_SIZE": "2", "MASTER_PORT": port}
    shared |= {"MASTER_ADDR": "127.0.0.1", "OMP_NUM_THREADS": "1", "ACCELERATE_USE_CPU": "true"}
    command = [sys.executable, "-m", "tests.train.two_processes", str(folder / "learned")]
    processes = [
        subprocess.Popen(
            command, cwd=ROOT, env=os.environ | shared | {"RANK": rank, "LOCAL_RANK": rank}
        )
        for rank in ("0", "1")
    ]
    try:
        assert [process.wait(timeout=PATIENCE) for process in processes] == [0, 0]
    finally:
        for process in processes:
            process.kill()
    return safetensors.torch.load_file(folder / "learned")


def test_json_is_written_for_people(tmp_path: Path) -> None:
    write_json(tmp_path / "x.json", {"a": "⟨é⟩"})
    assert (tmp_path / "x.json").read_text(encoding="utf-8") == '{\n  "a": "⟨é⟩"\n}\n'
