"""The means of heads: kept beside the parameters that they are of, and of no others."""

from pathlib import Path

import torch

from seq_models import head_means


def test_they_come_back_for_their_parameters_alone(tmp_path: Path) -> None:
    means = {"encoder": torch.randn(2, 3, 4), "cross": torch.randn(1, 3, 4)}
    head_means.write(tmp_path, "a" * 64, means)
    found = head_means.read(tmp_path, "a" * 64)
    assert found.keys() == means.keys()
    assert all(torch.equal(found[stack], means[stack]) for stack in means)
    assert head_means.read(tmp_path, "b" * 64) == {}


def test_where_there_is_none_or_a_damaged_one_there_are_none(tmp_path: Path) -> None:
    assert head_means.read(tmp_path, "a" * 64) == {}
    (tmp_path / head_means.FILE).write_bytes(b"no safetensors")
    assert head_means.read(tmp_path, "a" * 64) == {}
