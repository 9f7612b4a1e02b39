"""The quicker dropout drops as many, grows the rest as much, and rests in evaluation."""

import pytest
import torch
from torch import nn

from train.engine.dropout import QuickDropout, quicken


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("shape", [(1000, 1000), (333, 3001)])
def test_the_share_is_dropped_and_the_mean_stays(share: float, shape: tuple[int, ...]) -> None:
    torch.manual_seed(0)
    found = QuickDropout(share)(torch.ones(shape))
    assert found.eq(0).float().mean().item() == pytest.approx(share, abs=0.005)
    assert found.mean().item() == pytest.approx(1, abs=0.02)
    assert len(found.unique()) == 2


def test_neighbours_are_dropped_independently() -> None:
    torch.manual_seed(0)
    kept = QuickDropout(0.5)(torch.ones(1 << 20)).ne(0).float()
    for distance in (1, 2, 3, 4):
        both = (kept[distance:] * kept[:-distance]).mean().item()
        assert both == pytest.approx(0.25, abs=0.005)


def test_what_is_dropped_passes_no_gradient_and_what_is_kept_passes_more() -> None:
    x = torch.ones(1000, requires_grad=True)
    found = QuickDropout(0.2)(x)
    found.sum().backward()
    assert x.grad is not None
    torch.testing.assert_close(x.grad, found.detach())


def test_in_evaluation_or_with_a_share_of_nothing_all_passes() -> None:
    x = torch.randn(100)
    assert QuickDropout(0.5).eval()(x) is x
    assert QuickDropout(0.0)(x) is x


def test_a_seed_decides_what_is_dropped() -> None:
    found = []
    for _ in range(2):
        torch.manual_seed(3)
        found.append(QuickDropout(0.5)(torch.ones(101)))
    assert torch.equal(*found)


def test_every_dropout_of_a_model_becomes_a_quick_one_and_parameters_stay() -> None:
    model = nn.Sequential(nn.Linear(2, 2), nn.Sequential(nn.Dropout(0.3)), nn.Dropout(0.1))
    names = dict(model.named_parameters())
    quicken(model)
    shares = [part.p for part in model.modules() if isinstance(part, QuickDropout)]
    assert shares == [0.3, 0.1]
    assert dict(model.named_parameters()) == names
