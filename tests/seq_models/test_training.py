"""One step of learning: spies see what goes in, and the oracle is the step written out."""

import pytest
import torch
from torch import Tensor, nn

from seq_models import PAD
from seq_models.models import build
from seq_models.training import sequence_loss, train_step, update
from tests.tiny import CONFIGS, TRANSLATORS, VOCABULARY, model, targets, words


class SpyModel(nn.Module):
    """Remembers what it was fed and answers with logits (B, T, V) that a parameter shifts."""

    def __init__(self) -> None:
        super().__init__()
        self.logits = nn.Parameter(torch.zeros(VOCABULARY))
        self.fed: list[tuple[Tensor, Tensor]] = []
        self.modes: list[bool] = []

    def forward(self, src: Tensor, trg: Tensor) -> Tensor:
        self.fed.append((src, trg))
        self.modes.append(self.training)
        return self.logits.expand(*trg.shape, VOCABULARY)


class SpyCriterion(nn.CrossEntropyLoss):
    """Remembers what it was asked to compare."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[Tensor, Tensor]] = []

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        self.asked.append((input, target))
        return super().forward(input, target)


def test_a_step_feeds_all_but_the_last_word_and_expects_all_but_the_first() -> None:
    spy, criterion = SpyModel(), SpyCriterion()
    src, trg = words(5, 3), targets(2, 6)
    train_step(spy, src, trg, criterion, torch.optim.SGD(spy.parameters(), lr=0.1))
    ((fed_src, fed_trg),) = spy.fed
    assert torch.equal(fed_src, src)
    assert torch.equal(fed_trg, trg[:, :-1])
    ((logits, expected),) = criterion.asked
    assert logits.shape == (2 * 5, VOCABULARY)
    assert torch.equal(expected.reshape(2, 5), trg[:, 1:])


def test_a_step_trains_in_training_mode_and_returns_the_loss_before_it() -> None:
    spy, criterion = SpyModel().eval(), nn.CrossEntropyLoss()
    src, trg = words(5, 3), targets(2, 6)
    before = sequence_loss(spy, src, trg, criterion).item()
    loss = train_step(spy, src, trg, criterion, torch.optim.SGD(spy.parameters(), lr=0.1))
    assert type(loss) is float
    assert loss == pytest.approx(before)
    assert spy.modes[-1]


@pytest.mark.parametrize("name", TRANSLATORS)
def test_steps_on_one_batch_lower_its_loss(name: str) -> None:
    config = CONFIGS[name]
    translator = build(config | {"arguments": config["arguments"] | {"dropout": 0.0}})
    src, trg = words(5, 3), targets(2, 6)
    optimizer = torch.optim.Adam(translator.parameters(), lr=0.02)
    criterion = nn.CrossEntropyLoss(ignore_index=PAD)
    losses = [train_step(translator, src, trg, criterion, optimizer) for _ in range(40)]
    assert losses[-1] < 0.5 * losses[0]


@pytest.mark.parametrize("name", TRANSLATORS)
def test_a_step_reaches_every_parameter(name: str) -> None:
    translator, src, trg = model(name), words(5, 3), targets(2, 6)
    optimizer = torch.optim.SGD(translator.parameters(), lr=0.1)
    train_step(translator, src, trg, nn.CrossEntropyLoss(ignore_index=PAD), optimizer)
    assert all(p.grad is not None for p in translator.parameters())


def test_gradients_of_the_step_before_are_forgotten() -> None:
    once, twice = SpyModel(), SpyModel()
    src, trg = words(5, 3), targets(2, 6)
    nn.CrossEntropyLoss()(twice(src, trg).flatten(0, 1), trg.flatten()).backward()
    for spy in (once, twice):
        optimizer = torch.optim.SGD(spy.parameters(), lr=0.1)
        train_step(spy, src, trg, nn.CrossEntropyLoss(), optimizer)
    assert torch.equal(once.logits, twice.logits)


def test_a_huge_gradient_is_clipped_and_a_small_one_is_not() -> None:
    for size, moved in ((1000.0, 0.5), (0.25, 0.25)):
        parameter = nn.Parameter(torch.zeros(4))
        holder = nn.ParameterList([parameter])
        direction = torch.tensor([size, 0, 0, 0])
        update(holder, [direction @ parameter], torch.optim.SGD([parameter], lr=1.0), clip=0.5)
        assert parameter.norm().item() == pytest.approx(moved, rel=1e-4)
        assert parameter[0] < 0
