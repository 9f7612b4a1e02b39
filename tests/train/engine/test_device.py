"""A training computes in bf16 where that is fast, and the card says in what it did."""

from pathlib import Path

import pytest
import torch

from tests.tiny import CONFIGS, model
from train.engine import loop
from train.engine.batches import Batches
from train.engine.device import has_half, precision, training_device
from train.engine.loop import train
from train.engine.recipe import Recipe
from train.engine.shards import SHARDS
from train.hub.card_text import training
from train.next_word import loss


@pytest.mark.parametrize(("half", "mixed"), [(True, "bf16"), (False, "no")])
def test_without_instructions_for_it_no_training_computes_in_half_precision(
    half: bool, mixed: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    class Asked(Exception):
        pass

    def asked(mixed_precision: str, **_: object) -> None:
        raise Asked(mixed_precision)

    monkeypatch.setattr(loop, "has_half", lambda _device: half)
    monkeypatch.setattr(loop, "Accelerator", asked)
    batches = Batches(dict.fromkeys(range(SHARDS), [([1, 5, 6, 2],)]), 16, 1)
    recipe = Recipe(steps=1, warmup=1, peak=1e-3, tokens=16)
    with pytest.raises(Asked, match=f"^{mixed}$"):
        train(model("gru"), batches, loss, recipe, tmp_path / "none.safetensors", resume=False)


def test_a_processor_is_asked_what_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    cpu = torch.device("cpu")
    for has in (True, False):
        monkeypatch.setattr(torch.ops.mkldnn, "_is_mkldnn_bf16_supported", lambda has=has: has)
        assert has_half(cpu) is has
        assert precision(cpu) == ("bf16" if has else "float32")
    assert training_device().type in ("cpu", "cuda")


def test_a_card_names_each_number_format_once() -> None:
    stage = {"steps": 1, "warmup": 1, "peak": 1e-3, "tokens": 9, "seed": 1, "examples": 4}
    config = CONFIGS["gru"] | {"training": {**stage, "precision": "float32", "before": [stage] * 2}}
    assert "AdamW, bf16 and float32, seed 1" in training(config)
