"""Two answers to one batch: their disagreement and its gradient are torch's, and it shrinks."""

from functools import partial

import pytest
import torch
from torch import Tensor, nn

from seq_models import PAD
from train.engine.cross_entropy import ROWS, cross_entropy
from train.engine.r_drop import disagreement, r_drop_loss

VOCABULARY = 12
SMOOTHED = partial(cross_entropy, smoothing=0.1)


def logits(count: int) -> tuple[Tensor, Tensor]:
    """Two answers (N, 50) that want a gradient."""
    generator = torch.Generator().manual_seed(count)
    first, second = 3 * torch.randn(2, count, 50, generator=generator)
    return first.requires_grad_(), second.requires_grad_()


@pytest.mark.parametrize("count", [1, ROWS, 2 * ROWS + 3])
def test_the_disagreement_and_its_gradients_are_torchs(count: int) -> None:
    first, second = logits(count)
    counts = torch.arange(count) % 3 != 1
    log_p, log_q = first.log_softmax(1)[counts], second.log_softmax(1)[counts]
    theirs = sum(
        nn.functional.kl_div(of, to, log_target=True, reduction="sum")
        for of, to in ((log_p, log_q), (log_q, log_p))
    )
    ours = disagreement(first, second, counts)
    torch.testing.assert_close(ours, theirs)
    found = torch.autograd.grad(ours * 0.3, (first, second))
    wanted = torch.autograd.grad(theirs * 0.3, (first, second))
    torch.testing.assert_close(found, wanted)


def test_the_same_answer_twice_costs_nothing() -> None:
    first, _ = logits(ROWS)
    assert disagreement(first, first.detach().clone(), torch.ones(ROWS, dtype=torch.bool)) == 0


class Guesser(nn.Module):
    """Scores the next token by the sum of the source and by the last token, with dropout."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.embedding = nn.Embedding(VOCABULARY, 16)
        self.dropout = nn.Dropout(dropout)
        self.output = nn.Linear(16, VOCABULARY)

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        mixed = self.embedding(source).sum(1, keepdim=True) + self.embedding(target)
        logits: Tensor = self.output(self.dropout(mixed))
        return logits


@pytest.fixture
def batch() -> tuple[Tensor, Tensor]:
    generator = torch.Generator().manual_seed(1)
    source, target = torch.randint(1, VOCABULARY, (2, 5, 6), generator=generator)
    target[2:, 4:] = PAD
    return source, target


def test_without_dropout_it_is_the_cross_entropy(batch: tuple[Tensor, Tensor]) -> None:
    source, target = batch
    torch.manual_seed(1)
    model = Guesser(0.0)
    once = cross_entropy(model(source, target[:, :-1]).flatten(0, 1), target[:, 1:].flatten(), 0.1)
    torch.testing.assert_close(r_drop_loss(model, source, target, SMOOTHED, 0.0), once)
    torch.testing.assert_close(r_drop_loss(model, source, target, SMOOTHED, 5.0), once)


class Undecided(nn.Module):
    """Answers the second half of a batch otherwise than the first, by noise of a token's place."""

    def __init__(self) -> None:
        super().__init__()
        generator = torch.Generator().manual_seed(1)
        self.noise = torch.randn(2, 1, 9, VOCABULARY, generator=generator)

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        half, length = target.size(0) // 2, target.size(1)
        return self.noise[:, :, :length].expand(-1, half, -1, -1).flatten(0, 1)


def test_padding_does_not_count(batch: tuple[Tensor, Tensor]) -> None:
    source, target = batch
    short = r_drop_loss(Undecided(), source[2:], target[2:, :4], SMOOTHED, 5.0)
    assert short > r_drop_loss(Undecided(), source[2:], target[2:, :4], SMOOTHED, 1e-9)
    padded = r_drop_loss(Undecided(), source[2:], target[2:], SMOOTHED, 5.0)
    torch.testing.assert_close(padded, short)


def test_the_loss_is_the_mean_of_both_and_a_quarter_of_the_weighted_disagreement() -> None:
    """Oracle: torch's cross entropy and its divergence."""
    source, target = torch.ones(1, 3, dtype=torch.long), torch.tensor([[1, 5, 7, 2]])
    model = Undecided()
    first, second = model(source.repeat(2, 1), target[:, :-1].repeat(2, 1))
    wanted = target[0, 1:]
    p, q = first.log_softmax(1), second.log_softmax(1)
    entropy = sum(nn.functional.cross_entropy(one, wanted, reduction="sum") for one in (p, q)) / 2
    apart = sum(
        nn.functional.kl_div(of, to, log_target=True, reduction="sum")
        for of, to in ((p, q), (q, p))
    )
    plain = partial(cross_entropy, smoothing=0.0)
    found = r_drop_loss(model, source, target, plain, 5.0)
    torch.testing.assert_close(found, entropy + 5 / 4 * apart)


def test_what_learns_with_it_disagrees_less_with_itself(batch: tuple[Tensor, Tensor]) -> None:
    source, target = batch

    def disagrees(weight: float) -> float:
        torch.manual_seed(1)
        model = Guesser(0.3)
        optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
        for _ in range(60):
            optimizer.zero_grad()
            r_drop_loss(model, source, target, SMOOTHED, weight).backward()
            optimizer.step()
        answers = [model(source, target[:, :-1]).flatten(0, 1) for _ in range(20)]
        counts = target[:, 1:].flatten() != PAD
        pairs = zip(answers[::2], answers[1::2], strict=True)
        return sum(float(disagreement(a, b, counts).detach()) for a, b in pairs)

    assert disagrees(5.0) < 0.5 * disagrees(0.0)
