"""The device: the fastest one that there is."""

import pytest
import torch

from seq_models.device import best_device


@pytest.mark.parametrize(
    ("cuda", "apple", "best"),
    [(True, True, "cuda"), (True, False, "cuda"), (False, True, "mps"), (False, False, "cpu")],
)
def test_a_graphics_processor_goes_before_the_cpu(
    monkeypatch: pytest.MonkeyPatch, cuda: bool, apple: bool, best: str
) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: cuda)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: apple)
    assert best_device().type == best
    monkeypatch.setenv("SPACES_ZERO_GPU", "1")
    assert best_device().type == "cpu"
