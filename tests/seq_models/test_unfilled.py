"""Building without random numbers: the oracle is the same model, built with them."""

from threading import Thread

import pytest
import torch
from torch import nn

from seq_models.models import build
from seq_models.unfilled import Unfilled
from tests.tiny import CONFIGS


@pytest.mark.parametrize("name", CONFIGS)
def test_no_random_number_is_drawn_and_all_but_the_parameters_is_the_same(name: str) -> None:
    before = torch.get_rng_state()
    with Unfilled():
        unfilled = build(CONFIGS[name])
    assert torch.equal(torch.get_rng_state(), before)
    model = build(CONFIGS[name])
    assert [*map(shapes, unfilled.parameters())] == [*map(shapes, model.parameters())]
    computed = dict(model.named_buffers())
    assert dict(unfilled.named_buffers()).keys() == computed.keys()
    for buffer, values in unfilled.named_buffers():
        assert torch.equal(values, computed[buffer])


def shapes(values: torch.Tensor) -> tuple[torch.Size, torch.dtype, bool]:
    return values.shape, values.dtype, values.requires_grad


def test_another_thread_and_what_follows_are_filled() -> None:
    built: list[nn.Linear] = []
    torch.manual_seed(1)
    with Unfilled():
        other = Thread(target=lambda: built.append(nn.Linear(50, 50)))
        other.start()
        other.join()
    built.append(nn.Linear(50, 50))
    for layer in built:
        assert 0 < layer.weight.std() < 1
        assert len(layer.weight.unique()) > 1_000
