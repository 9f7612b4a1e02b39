"""A model's folder: every file checked, every parameter accounted for, nothing unpickled."""

import json
import pickle
from pathlib import Path

import pytest
import safetensors.torch
import torch
from torch import nn

from seq_models.folder import FILES, fill, load_folder, write_folder
from seq_models.manifest import DamagedWeights, fingerprints
from seq_models.repair import LISTS
from seq_models.tokenizer import train_pieces
from tests.folders import LINES, write_model
from tests.tiny import CONFIGS, model


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_model(tmp_path / "model", "transformer")
    return tmp_path / "model"


def load(folder: Path) -> nn.Module:
    """The folder's model, its files taken for what they should be."""
    return load_folder("model", folder, fingerprints(folder), "bundled", None).model


def test_every_parameter_comes_from_the_file_in_single_precision(folder: Path) -> None:
    model = load(folder)
    saved = safetensors.torch.load_file(folder / "model.safetensors")
    parameters = dict(model.named_parameters())
    assert parameters.keys() == saved.keys()
    for name, parameter in parameters.items():
        assert saved[name].dtype == torch.float16
        assert parameter.dtype == torch.float32
        assert torch.equal(parameter.cpu(), saved[name].float())


def test_the_model_is_ready_to_use(folder: Path) -> None:
    hashes = fingerprints(folder)
    loaded = load_folder("model", folder, hashes, "bundled", None)
    assert not any(module.training for module in loaded.model.modules())
    assert not any(parameter.requires_grad for parameter in loaded.model.parameters())
    assert loaded.sha256 == hashes["model.safetensors"]
    assert loaded.parameters == sum(p.numel() for p in loaded.model.parameters())
    assert loaded.config["arguments"]["vocab_size"] == loaded.tokenizer.vocab_size
    assert loaded.tokenizer.decode(loaded.tokenizer.encode("the cat")) == "the cat"
    assert loaded.device == str(next(loaded.model.parameters()).device)


def spoil(folder: Path, **changes: torch.Tensor | None) -> None:
    """Change tensors in the file; None takes one away."""
    saved = safetensors.torch.load_file(folder / "model.safetensors")
    kept = {name: tensor for name, tensor in (saved | changes).items() if tensor is not None}
    safetensors.torch.save_file(kept, folder / "model.safetensors")


def test_whoever_asks_first_a_gradient_can_be_taken_later(folder: Path) -> None:
    """A model loaded inside `inference_mode` would be closed to all gradients for ever."""
    with torch.inference_mode():
        model = load(folder)
    assert not any(parameter.is_inference() for parameter in model.parameters())


def test_a_missing_parameter_is_refused_by_name(folder: Path) -> None:
    name = next(iter(safetensors.torch.load_file(folder / "model.safetensors")))
    spoil(folder, **{name: None})
    with pytest.raises(DamagedWeights, match=f"{name} is missing"):
        load(folder)


def test_a_parameter_too_many_is_refused_by_name(folder: Path) -> None:
    spoil(folder, surplus=torch.zeros(1))
    with pytest.raises(DamagedWeights, match="surplus is not in the model"):
        load(folder)


def test_a_parameter_of_another_shape_is_refused_even_if_it_would_broadcast() -> None:
    model = nn.Linear(3, 2)
    saved = {"weight": torch.zeros(1, 3), "bias": torch.zeros(2)}
    before = model.weight.clone()
    with pytest.raises(ValueError, match=r"weight has shape \(1, 3\), not \(2, 3\)"):
        fill(model, saved)
    assert torch.equal(model.weight, before)


@pytest.mark.parametrize("file", ["config.json", "tokenizer.json", "model.safetensors"])
def test_a_changed_byte_is_refused_in_every_file(folder: Path, file: str) -> None:
    hashes = fingerprints(folder)
    content = bytearray((folder / file).read_bytes())
    content[-2] ^= 1
    (folder / file).write_bytes(content)
    found = fingerprints(folder)[file]
    with pytest.raises(DamagedWeights, match=f"{file} .*{hashes[file]}.*{found}"):
        load_folder("model", folder, hashes, "bundled", None)


class Trap:
    """What a pickle of this one does when it is opened."""

    sprung = False

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return exec, ("from tests.seq_models.test_folder import Trap; Trap.sprung = True",)


def test_a_pickle_is_never_opened(folder: Path) -> None:
    (folder / "model.safetensors").write_bytes(pickle.dumps(Trap()))
    with pytest.raises(DamagedWeights):
        load(folder)
    torch.save({"trap": Trap()}, folder / "model.safetensors")
    with pytest.raises(DamagedWeights):
        load(folder)
    assert not Trap.sprung


def test_a_tokenizer_of_another_size_is_refused(folder: Path) -> None:
    config = json.loads((folder / "config.json").read_text())
    config["arguments"]["vocab_size"] += 1
    (folder / "config.json").write_text(json.dumps(config))
    with pytest.raises(DamagedWeights, match=r"tokens in tokenizer\.json"):
        load(folder)


@pytest.mark.parametrize("config", ["", "[]", "{}", '{"architecture": "none", "arguments": {}}'])
def test_a_config_without_a_model_is_refused(folder: Path, config: str) -> None:
    (folder / "config.json").write_text(config)
    with pytest.raises(DamagedWeights, match="no working model"):
        load(folder)


def test_a_table_of_spelling_is_loaded_and_a_bad_one_refused(folder: Path) -> None:
    hashes = fingerprints(folder)
    assert load_folder("model", folder, hashes, "bundled", None).spelling is None
    lists = dict.fromkeys(LISTS, [])
    table = {**lists, "accents": ["école"], "spaced": "?", "final": "."}
    (folder / "spelling.json").write_text(json.dumps(table), encoding="utf-8")
    loaded = load_folder("model", folder, fingerprints(folder), "bundled", None)
    assert loaded.read("le chat").read_as == "le chat."
    assert loaded.read("le chat", as_typed=True).read_as == "le chat"
    (folder / "spelling.json").write_text("{}", encoding="utf-8")
    with pytest.raises(DamagedWeights, match="a table of spelling has"):
        load(folder)


def test_what_was_written_is_loaded_again_and_every_file_follows_the_umask(tmp_path: Path) -> None:
    network, tokenizer = model("transformer"), train_pieces(LINES, 23)
    write_folder(tmp_path / "model", CONFIGS["transformer"], network, tokenizer)
    back = load(tmp_path / "model")
    for mine, theirs in zip(network.parameters(), back.parameters(), strict=True):
        assert torch.equal(mine.half().float(), theirs.cpu())
    (tmp_path / "plain").touch()
    mode = (tmp_path / "plain").stat().st_mode
    files = list((tmp_path / "model").iterdir())
    assert {path.name for path in files} == set(FILES)
    assert all(path.stat().st_mode == mode for path in files)
