"""A sample of the vocabulary stands for all of it: every score and gradient right on average."""

import math

import pytest
import torch

from seq_models import PAD
from tests.tiny import model, targets, words
from train import next_word
from train.engine.cross_entropy import cross_entropy
from train.engine.sampled_softmax import Sampled, Sampling, sampled, scoring
from train.engine.translator import translation_loss

VOCABULARY, FREQUENT, DRAWN = 40, 8, 6
WANTED = torch.tensor([3, 30, PAD, 12, 30, 7])
RARE = VOCABULARY - FREQUENT - 2  # 12 and 30 are wanted


def draw(seed: int, drawn: int = DRAWN) -> Sampled:
    """A sample for `WANTED`."""
    torch.manual_seed(seed)
    return sampled(WANTED, VOCABULARY, Sampling(FREQUENT, drawn))


def test_the_frequent_and_the_wanted_are_always_there_and_count_once() -> None:
    for seed in range(20):
        among, wanted, offset = draw(seed)
        assert set(range(FREQUENT)) | set(WANTED.tolist()) <= set(among.tolist())
        assert len(among) == len(set(among.tolist())) == FREQUENT + 2 + DRAWN
        assert torch.equal(among[wanted], WANTED)
        assert torch.equal(wanted == PAD, WANTED == PAD)
        certain = (among < FREQUENT) | (among == 12) | (among == 30)
        assert offset[certain].count_nonzero() == 0
        torch.testing.assert_close(
            offset[~certain], torch.full((DRAWN,), math.log(RARE / DRAWN)), rtol=1e-6, atol=0
        )


def test_where_all_words_are_wanted_none_is_drawn() -> None:
    found = sampled(torch.arange(VOCABULARY), VOCABULARY, Sampling(FREQUENT, DRAWN))
    assert len(found.among) == VOCABULARY
    assert not found.offset.any()


def test_every_rare_word_is_drawn_as_often_as_any_other() -> None:
    count, times = 3_000, torch.zeros(VOCABULARY)
    for seed in range(count):
        times[draw(seed).among] += 1
    times[[12, 30]] = 0
    share = DRAWN / RARE
    spread = math.sqrt(count * share * (1 - share))
    assert ((times[FREQUENT:][times[FREQUENT:] > 0] - count * share).abs() < 5 * spread).all()
    assert (times[FREQUENT:] > 0).sum() == RARE


def test_the_sum_and_its_gradient_are_the_vocabularys_on_average() -> None:
    generator = torch.Generator().manual_seed(3)
    scores = torch.randn(VOCABULARY, generator=generator).requires_grad_()
    whole = scores.exp().sum()
    (slope,) = torch.autograd.grad(whole, scores)
    total, slopes, count = 0.0, torch.zeros(VOCABULARY), 2_000
    for seed in range(count):
        among, _, offset = draw(seed)
        part = (scores[among] + offset).exp().sum()
        total += part.item() / count
        slopes += torch.autograd.grad(part, scores)[0] / count
    assert total == pytest.approx(whole.item(), rel=0.01)
    assert (slopes - slope).norm() < 0.08 * slope.norm()


def test_a_sample_of_all_words_is_the_cross_entropy() -> None:
    scores = torch.randn(len(WANTED), VOCABULARY, generator=torch.Generator().manual_seed(4))
    among, wanted, offset = draw(0, drawn=VOCABULARY)
    assert torch.equal(among, torch.arange(VOCABULARY))
    torch.testing.assert_close(
        cross_entropy(scores[:, among] + offset, wanted), cross_entropy(scores, WANTED)
    )


def test_only_a_large_vocabulary_is_sampled(monkeypatch: pytest.MonkeyPatch) -> None:
    network = model("gru")
    text = (torch.tensor([[1, 5, 6, 2], [1, 7, 2, PAD]]),)
    words = network.embedding.num_embeddings
    whole = next_word.loss(network, text)
    assert next_word.loss(network, text, words) == whole
    monkeypatch.setattr(next_word, "SAMPLING", Sampling(4, 3))
    torch.manual_seed(0)
    losses = [next_word.loss(network, text, words) for _ in range(200)]
    assert len({loss.item() for loss in losses}) > 1
    assert torch.stack(losses).mean().item() == pytest.approx(whole.item(), rel=0.05)


@pytest.mark.parametrize("kind", ["transformer", "attention"])
def test_a_translator_scores_a_sample_and_its_own_parameters_learn(kind: str) -> None:
    translator = model(kind)
    source, target = words(3, 2), targets(2, 4)
    found = sampled(target.flatten(), translator.decoder.fc_out.out_features, Sampling(4, 3))
    logits = scoring(translator, found)(source, target)
    whole = translator(source, target)
    torch.testing.assert_close(logits, whole[..., found.among] + found.offset)
    own = [*translator.parameters()]
    slopes, theirs = (
        torch.autograd.grad(cross_entropy(scored.flatten(0, 1), found.wanted), own)
        for scored in (logits, whole[..., found.among] + found.offset)
    )
    torch.testing.assert_close(slopes, theirs)


def test_a_translators_loss_is_that_of_all_pieces_on_average(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    translator, source, target = model("transformer"), words(3, 2), targets(2, 4)
    pieces = translator.decoder.fc_out.out_features
    whole = translation_loss(translator, source, target, 0.0, 0.0, pieces)
    monkeypatch.setattr("train.engine.translator.SAMPLING", Sampling(4, 6))
    torch.manual_seed(0)
    losses = [translation_loss(translator, source, target, 0.0, 0.0, pieces) for _ in range(100)]
    assert len({loss.item() for loss in losses}) > 1
    assert torch.stack(losses).mean().item() == pytest.approx(whole.item(), rel=0.05)
