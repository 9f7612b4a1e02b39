"""The comparison is fair: PyTorch's Transformer is ours by other hands, and learns the same way."""

import itertools
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn
from torch.optim.optimizer import register_optimizer_step_pre_hook

from benchmarks.quality import build, main
from benchmarks.timed_training import stream, train_for
from benchmarks.torch_translator import as_torchs, torch_translator
from seq_models import PAD
from seq_models.decode import beam_search
from seq_models.models import transformer_translator
from seq_models.seq2seq import Seq2Seq
from seq_models.training import sequence_loss
from tests.tiny import CONFIGS, VOCABULARY, close, randomized, sentences, targets, words, write_data
from train.engine.batches import Batches
from train.engine.recipe import Recipe

SIZES: dict[str, Any] = CONFIGS["transformer"]["arguments"]
RECIPE = Recipe(steps=1_000, warmup=100, peak=1e-2, tokens=64)
LENGTHS = st.lists(st.integers(1, 8), min_size=1, max_size=4)


def both() -> tuple[Seq2Seq, Seq2Seq]:
    """Ours and PyTorch's with the same random parameters, in evaluation mode."""
    ours, torchs = randomized(transformer_translator(**SIZES)), torch_translator(**SIZES)
    torchs.load_state_dict(as_torchs(ours.state_dict()))
    return ours, torchs.eval()


def batches() -> Batches:
    """Random pairs of many lengths."""
    lengths = [3 + number % 9 for number in range(200)]
    rows = [words(length, seed=number)[0].tolist() for number, length in enumerate(lengths)]
    return Batches([(row, row[::-1]) for row in rows], RECIPE.tokens, RECIPE.seed)


def lesson(model: nn.Module, steps: int) -> tuple[list[tuple[Tensor, ...]], list[float]]:
    """What a model is shown when the time is enough for so many steps, and at which rates."""
    shown: list[tuple[Tensor, ...]] = []
    rates: list[float] = []
    seen = model.register_forward_pre_hook(lambda _, fields: shown.append(fields))
    moved = register_optimizer_step_pre_hook(
        lambda optimizer, *_: rates.append(optimizer.param_groups[0]["lr"])
    )
    ticks = itertools.chain([0], itertools.count())
    try:
        train_for(steps, model, batches(), RECIPE, clock=lambda: next(ticks))
    finally:
        seen.remove()
        moved.remove()
    return shown, rates


def test_both_have_as_many_parameters_and_each_has_an_equal() -> None:
    ours, torchs = (build(name, SIZES, 1, same_start=False) for name in ("ours", "torch"))
    counts = [sum(p.numel() for p in model.parameters()) for model in (ours, torchs)]
    assert counts[0] == counts[1]
    shapes = {name: p.shape for name, p in torchs.state_dict().items()}
    assert {name: p.shape for name, p in as_torchs(ours.state_dict()).items()} == shapes


@settings(max_examples=10, deadline=None)
@given(lengths=LENGTHS, length=st.integers(1, 7))
def test_the_same_parameters_give_the_same_logits_with_padding_too(
    lengths: list[int], length: int
) -> None:
    ours, torchs = both()
    src, trg = words(*lengths), targets(len(lengths), length)
    logits = torchs(src, trg)
    assert logits.shape == (len(lengths), length, VOCABULARY)
    close(logits, ours(src, trg), within=1e-4)
    with torch.inference_mode():  # PyTorch takes another path then
        close(torchs(src, trg), ours(src, trg), within=1e-4)


def test_the_same_parameters_are_taught_the_same() -> None:
    """The gradient of the loss, with the parameters that two parts share."""
    gradients = []
    src, trg = words(5, 3), words(6, 4, seed=1)
    criterion = nn.CrossEntropyLoss(ignore_index=PAD, label_smoothing=0.1)
    for model in both():
        sequence_loss(model, src, trg, criterion).backward()
        names = model.named_parameters(remove_duplicate=False)
        gradients.append({name: p.grad for name, p in names if p.grad is not None})
    expected = as_torchs(gradients[0])
    assert gradients[1].keys() == expected.keys()
    for name, gradient in gradients[1].items():
        close(gradient, expected[name], within=1e-4)


@settings(max_examples=8, deadline=None)
@given(lengths=LENGTHS, length=st.integers(1, 7))
def test_stepping_word_by_word_is_the_parallel_pass(lengths: list[int], length: int) -> None:
    _, torchs = both()
    src, trg = words(*lengths), targets(len(lengths), length)
    logits, state = torchs(src, trg), torchs.start(src)
    for t in range(length):
        step_logits, state, _ = torchs.step(trg[:, t], state)
        close(step_logits, logits[:, t], within=1e-4)


@pytest.mark.parametrize("width", [1, 3])
def test_the_same_parameters_translate_the_same(width: int) -> None:
    src = words(7, 5, 2)
    found = []
    for model in both():
        with torch.inference_mode():
            state = model.start(src)
        searches = beam_search(model, state, [9, 9, 9], src.device, width)
        found.append([[h.tokens for h in search.hypotheses] for search in searches])
    assert found[0] == found[1]


def test_the_same_numbers_are_dropped() -> None:
    """Every dropout of a pass in training: what shape it has, and which share it drops."""
    dropout, attend = nn.functional.dropout, nn.functional.scaled_dot_product_attention
    dropped = []
    for model in both():
        seen: list[tuple[tuple[int, ...], float]] = []

        def drop(x: Tensor, p: float, *rest: Any, seen: list[Any] = seen) -> Tensor:
            seen.append((tuple(x.shape), p))
            return dropout(x, p, *rest)

        def look(*args: Any, seen: list[Any] = seen, **more: Any) -> Tensor:
            share = more.get("dropout_p", args[4] if len(args) > 4 else 0.0)
            seen.append(((), share))
            return attend(*args, **more)

        with (
            mock.patch("torch.nn.functional.dropout", drop),
            mock.patch("torch.nn.functional.scaled_dot_product_attention", look),
        ):
            model.train()(words(5, 3), targets(2, 4))
        dropped.append(Counter((shape, p) for shape, p in seen if p > 0))
    layers = SIZES["encoder_layers"] * 2 + SIZES["decoder_layers"] * 3
    assert dropped[0].total() == layers + 2
    assert dropped[0] == dropped[1]


def test_both_are_shown_the_same_batches_at_the_same_rates() -> None:
    models = [build(name, SIZES, 1, same_start=False) for name in ("ours", "torch")]
    shown, rates = zip(*(lesson(model, 20) for model in models), strict=True)
    assert rates[0] == rates[1]
    assert len(shown[0]) == len(shown[1]) == 20
    for mine, yours in zip(*shown, strict=True):
        assert all(map(torch.equal, mine, yours))
    assert len({tuple(src.flatten().tolist()) for src, _ in shown[0]}) > 5


@pytest.mark.parametrize("steps", [10, 25])
def test_the_schedule_goes_by_the_clock_and_ends_however_many_the_steps(steps: int) -> None:
    _, rates = lesson(build("ours", SIZES, 1, same_start=False), steps)
    peak = rates.index(max(rates))
    assert peak / steps == pytest.approx(RECIPE.warmup / RECIPE.steps, abs=1 / steps)
    assert rates[:peak] == sorted(rates[:peak])
    assert rates[peak:] == sorted(rates[peak:], reverse=True)
    assert 0 < rates[-1] < RECIPE.peak * 1.2 / steps


def test_what_is_learned_is_learned_by_both() -> None:
    """As many steps from the same parameters, without dropout: they stay side by side."""
    sizes = SIZES | {"dropout": 0.0}
    models = [build(name, sizes, 1, same_start=True) for name in ("ours", "torch")]
    src, trg = next(stream(batches()))
    criterion = nn.CrossEntropyLoss(ignore_index=PAD)
    before = [sequence_loss(model, src, trg, criterion).item() for model in models]
    for model in models:
        lesson(model, 20)
        assert not model.training
    after = [sequence_loss(model, src, trg, criterion).item() for model in models]
    assert before[0] == pytest.approx(before[1], rel=1e-4)
    assert after[0] == pytest.approx(after[1], rel=0.05)
    assert max(after) < min(before) - 0.1


def command(monkeypatch: pytest.MonkeyPatch, *flags: str) -> None:
    """Run the benchmark with these flags."""
    monkeypatch.setattr(sys, "argv", ["quality", "--quick", *flags])
    main()


@pytest.mark.processes
def test_the_command_ends_in_one_line_of_json(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    data = str(write_data(tmp_path, sentences()))
    (tmp_path / "valid.tsv").write_bytes((tmp_path / "train.tsv").read_bytes())
    more = ["--sentences", "8", "--order", "torch-first", "--same-start"]
    command(monkeypatch, "--data", data, "--minutes", "0.03", *more)
    lines = capfd.readouterr().out.splitlines()
    found = json.loads(lines[-1])
    assert found["minutes"] == 0.03
    for name in ("ours", "torch"):
        assert 0 <= found[f"{name}_bleu"] <= 100
        assert found[f"{name}_steps"] > 0
    assert found["ours_parameters"] == found["torch_parameters"]
    counts = [line.split(":")[0] for line in lines if line.endswith("parameters")]
    assert counts == ["torch", "ours"]


def test_what_cannot_be_run_is_answered_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="has neither train.tsv"):
        command(monkeypatch, "--data", str(tmp_path), "--minutes", "1")
    with pytest.raises(SystemExit):
        command(monkeypatch, "--data", str(tmp_path), "--minutes", "0")
    assert "--minutes and --sentences must be above 0" in capfd.readouterr().err
