"""The training loop: a broken training goes on as if unbroken; parts of a batch make the whole."""

import os
import random
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import safetensors.torch
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn

from seq_models.models import build
from seq_models.training import update
from tests.tiny import CONFIGS, close, same_checkpoint
from train.engine import loop
from train.engine.batches import Batches
from train.engine.loop import Progress, losses_of, schedule, there
from train.engine.recipe import Recipe
from train.engine.state import Average, load_state
from train.next_word import loss

RECIPE = Recipe(steps=12, warmup=3, peak=1e-2, tokens=64, save_every=2)


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

    model, is_main = loop.train(network(), batches(), mortal, recipe, checkpoint, resume)
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
    unfinished = checkpoint.with_suffix(".unfinished")
    writes = 0

    def killed(file: int) -> None:
        nonlocal writes
        writes += 1
        if writes == 3:
            os.truncate(file, os.fstat(file).st_size // 2)
            raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", killed)
        with pytest.raises(KeyboardInterrupt):
            learn(checkpoint)
    assert unfinished.exists()
    assert load_state(checkpoint, *fresh(), RECIPE, Average(), "") == 4
    assert same(learn(checkpoint, resume=True), unbroken[0])
    assert same_checkpoint(checkpoint, unbroken[1])
    assert list(tmp_path.iterdir()) == [checkpoint]


TORN = {
    "cut in half": lambda content: content[: len(content) // 2],
    "cut by one byte": lambda content: content[:-1],
    "empty": lambda _: b"",
    "zeros": lambda content: bytes(len(content)),
    "a page of the network": lambda _: b"<html>404</html>",
    "without a word of its training": lambda _: safetensors.torch.save({"a": torch.zeros(1)}),
    "with half a word": lambda content: content.replace(b'"averaged":"1"', b'"averaged":"{"'),
}


@pytest.mark.parametrize("how", TORN)
def test_a_torn_checkpoint_is_told_in_a_sentence_before_the_first_step(
    how: str, unbroken: tuple[dict[str, Tensor], Path], tmp_path: Path
) -> None:
    checkpoint = tmp_path / "run.safetensors"
    checkpoint.write_bytes(TORN[how](unbroken[1].read_bytes()))
    with pytest.raises(ValueError, match=r"run\.safetensors is damaged .*train without") as told:
        learn(checkpoint, resume=True)
    assert "\n" not in str(told.value)


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


def test_the_random_numbers_of_a_step_are_its_own_and_those_of_its_seed() -> None:
    optimizer = torch.optim.SGD(network().parameters())
    drawn = []
    for seed, step, rank in ((1, 7, 0), (2, 7, 0), (1, 8, 0), (1, 7, 1), (1, 7, 0)):
        loop.prepare(optimizer, replace(RECIPE, seed=seed), step, rank)
        drawn.append(torch.rand(1).item())
    assert drawn[0] == drawn.pop()
    assert len(set(drawn)) == len(drawn)


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
        load_state(unbroken[1], other, torch.optim.AdamW(other.parameters()), RECIPE, Average(), "")


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
    straight = Recipe(steps=110, warmup=10, peak=1.0, tokens=1)
    rates = [straight.rate(step) for step in (4, 10, 35, 60, 85)]
    assert rates == pytest.approx([0.5, 1.0, 0.75, 0.5, 0.25])


@pytest.mark.parametrize("first", [1, 7, 40])
def test_the_batches_of_a_resumed_training_are_those_it_had_not_seen(first: int) -> None:
    whole, rest = schedule(batches(), 0), schedule(batches(), first)
    for _ in range(first):
        next(whole)
    assert [next(rest) for _ in range(12)] == [next(whole) for _ in range(12)]


def test_every_epoch_is_trained_on_from_its_first_batch_to_its_last() -> None:
    data = batches()
    order = [rows for number in range(3) for rows in data.epoch(number)]
    assert [rows for rows, _ in zip(schedule(data, 0), order, strict=False)] == order


class Alone:
    """What `losses_of` asks of an Accelerator, for one process in full precision."""

    num_processes = 1
    device = torch.device("cpu")

    def no_sync(self, _: nn.Module) -> AbstractContextManager[None]:
        return nullcontext()


@pytest.mark.parametrize("count", [2, 3, 4, 100])
def test_a_batch_in_parts_has_the_gradient_of_the_whole_batch(count: int) -> None:
    """The oracle is the whole batch's loss, a mean over its tokens, and one backward pass."""
    model, data = network(dropout=0.0), batches(600)
    (rows, *_) = data.epoch(0)
    whole = data.collate(rows)
    (loss(model, whole.fields) / whole.targets).backward()
    expected = {name: p.grad.clone() for name, p in model.named_parameters() if p.grad is not None}
    stand_in: Any = Alone()
    parts, progress = data.parts(rows, count), Progress(1, 0, quiet=True)
    assert len(parts) == min(count, len(rows))
    still = torch.optim.SGD(model.parameters(), lr=0.0)
    update(model, losses_of(stand_in, model, loss, parts, progress), still, clip=1e9)
    assert len(expected) == len(list(model.parameters()))
    for name, parameter in model.named_parameters():
        assert parameter.grad is not None
        close(parameter.grad, expected[name], within=1e-6)


def states(
    monkeypatch: pytest.MonkeyPatch, checkpoint: Path, recipe: Recipe
) -> tuple[list[dict[str, Tensor]], dict[str, Tensor]]:
    """The parameters after each step of a training, and those it gave in the end."""
    found: list[dict[str, Tensor]] = []

    def spy(model: nn.Module, *rest: Any) -> None:
        update(model, *rest)
        found.append({name: p.detach().clone() for name, p in model.named_parameters()})

    monkeypatch.setattr(loop, "update", spy)
    return found, learn(checkpoint, recipe)


@pytest.mark.parametrize(
    ("steps", "every", "count"), [(12, 2, 3), (12, 5, 2), (7, 1, 7), (5, 2, 9)]
)
def test_the_result_is_the_mean_of_the_last_states_so_many_steps_apart(
    steps: int, every: int, count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last is the state after the last step; states before the first do not count."""
    recipe = replace(RECIPE, steps=steps, save_every=every, average=count)
    after, result = states(monkeypatch, tmp_path / "run.safetensors", recipe)
    chosen = after[::-1][::every][:count]
    for name, parameter in result.items():
        close(parameter, torch.stack([state[name] for state in chosen]).mean(dim=0), within=1e-6)
    assert not torch.equal(result["bias"], after[-1]["bias"])


@pytest.mark.parametrize("dies", [6, 8, 11])
def test_a_broken_training_with_a_mean_goes_on_as_if_it_never_had(
    dies: int, tmp_path: Path
) -> None:
    recipe = replace(RECIPE, average=3, save_every=5)  # the mean of the states after 2, 7, 12
    one, other = tmp_path / "one.safetensors", tmp_path / "other.safetensors"
    expected = learn(one, recipe)
    with pytest.raises(KeyboardInterrupt):
        learn(other, recipe, dies=dies)
    assert same(learn(other, recipe, resume=True), expected)
    assert same_checkpoint(other, one)


def test_a_checkpoint_that_only_some_processes_see_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop, "together", lambda seen: [True, seen])
    with pytest.raises(ValueError, match="run is not there for every process; all machines must"):
        there(tmp_path / "run")
