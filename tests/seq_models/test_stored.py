"""Parameters in a file: in half precision while they fit, else in eight bits."""

from pathlib import Path

import pytest
import safetensors.torch
import torch
from torch import Tensor

from seq_models import stored
from seq_models.folder import load_folder
from seq_models.manifest import DamagedWeights, fingerprints
from seq_models.stored import LARGEST, SCALE, in_eight_bits, needs_eight_bits, read
from tests.folders import write_model
from tests.tiny import model


def parameters() -> dict[str, Tensor]:
    torch.manual_seed(3)
    matrix = torch.randn(7, 5) * torch.logspace(-6, 3, 7).unsqueeze(1)
    return {"matrix": torch.cat([matrix, torch.zeros(1, 5)]), "bias": torch.randn(5)}


def test_a_matrix_comes_back_within_half_a_step_of_its_rows_scale() -> None:
    given = parameters()
    saved = in_eight_bits(given)
    back = read(saved)
    assert saved["matrix"].dtype == torch.int8
    step = given["matrix"].abs().amax(1, keepdim=True) / LARGEST
    assert bool(((back["matrix"] - given["matrix"]).abs() <= step * 0.5001).all())
    assert back["matrix"].abs().amax(1).allclose(given["matrix"].abs().amax(1))
    assert back.keys() == given.keys()


def test_a_row_of_zeros_stays_one() -> None:
    assert read(in_eight_bits(parameters()))["matrix"][-1].tolist() == [0.0] * 5


def test_vectors_stay_in_half_precision() -> None:
    given = parameters()
    assert read(in_eight_bits(given))["bias"].equal(given["bias"].half().float())


def test_written_again_in_eight_bits_nothing_changes() -> None:
    """What was rounded once lies on the steps: no training that goes on from it drifts."""
    once = read(in_eight_bits(parameters()))
    assert read(in_eight_bits(once))["matrix"].allclose(once["matrix"], rtol=1e-6)


def test_eight_bits_are_for_what_half_precision_makes_too_large() -> None:
    rows = torch.empty(5_000, 1_000, device="meta")
    assert needs_eight_bits({"a": rows})
    assert not needs_eight_bits({"a": rows[1:]})


@pytest.mark.parametrize("kind", ["gru", "transformer", "attention"])
def test_a_folder_in_eight_bits_loads_as_what_was_rounded(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "MOST_BYTES", 1)
    write_model(tmp_path, kind)
    loaded = load_folder("model", tmp_path, fingerprints(tmp_path), "bundled", None)
    wanted = read(in_eight_bits(dict(model(kind).named_parameters())))
    for name, parameter in loaded.model.named_parameters():
        assert parameter.dtype == torch.float32
        assert parameter.cpu().equal(wanted[name])


@pytest.mark.parametrize("scales", [None, torch.ones(3)], ids=["without scales", "too few scales"])
def test_eight_bits_whose_scales_do_not_fit_are_refused_by_name(
    scales: Tensor | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "MOST_BYTES", 1)
    write_model(tmp_path, "gru")
    saved = safetensors.torch.load_file(tmp_path / "model.safetensors")
    name = next(name for name in saved if name.endswith(SCALE))
    del saved[name]
    safetensors.torch.save_file(
        saved | ({name: scales} if scales is not None else {}), tmp_path / "model.safetensors"
    )
    with pytest.raises(DamagedWeights, match=f"{name.removesuffix(SCALE)} has scales"):
        load_folder("model", tmp_path, fingerprints(tmp_path), "bundled", None)


def test_scales_of_no_matrix_are_refused_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_model(tmp_path, "gru")
    saved = safetensors.torch.load_file(tmp_path / "model.safetensors")
    saved["bias" + SCALE] = torch.ones(1)
    safetensors.torch.save_file(saved, tmp_path / "model.safetensors")
    with pytest.raises(DamagedWeights, match="bias.scale is not in the model"):
        load_folder("model", tmp_path, fingerprints(tmp_path), "bundled", None)
