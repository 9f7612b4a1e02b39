"""A larger model begins as the smaller one, to rounding, and every part of it can learn."""

from typing import Any

import pytest
import torch
from torch import nn

from seq_models import UNKNOWN
from seq_models.models import build
from seq_models.tokenizer import train_pieces, train_words, with_whole_words
from tests.folders import LINES
from tests.tiny import CONFIGS, RECURRENT, VOCABULARY, close, model, targets, words
from train.engine.growth import grow, with_pieces, with_words


def built(kind: str, **sizes: Any) -> nn.Module:
    """A new model of other sizes."""
    config = {**CONFIGS[kind], "arguments": {**CONFIGS[kind]["arguments"], **sizes}}
    return build(config).eval()


def logits(of: nn.Module, kind: str) -> torch.Tensor:
    found: torch.Tensor = (
        of(words(5, 3), targets(2, 4)) if kind == "transformer" else of(words(5))[0]
    )
    return found


@pytest.mark.parametrize(
    ("kind", "sizes"),
    [
        ("transformer", {"encoder_layers": 4}),
        ("transformer", {"decoder_layers": 3, "ff_dim": 40}),
        ("transformer", {"encoder_layers": 5, "decoder_layers": 3, "ff_dim": 17}),
        ("causal", {"num_layers": 3, "ff_dim": 20}),
        *((cell, {"hidden_size": 17}) for cell in RECURRENT),
    ],
)
def test_a_grown_model_computes_what_the_smaller_one_does(kind: str, sizes: dict[str, int]) -> None:
    small, large = model(kind), built(kind, **sizes)
    before = logits(large, kind)
    grow(large, dict(small.named_parameters()))
    assert not torch.allclose(before, logits(small, kind), atol=0.1)
    assert torch.allclose(logits(large, kind), logits(small, kind), atol=1e-3)


@pytest.mark.parametrize("kind", ["gru", "causal"])
def test_a_new_word_is_read_as_an_unknown_one_and_shares_its_probability(kind: str) -> None:
    """P(⟨unknown⟩) before = P(⟨unknown⟩) + P(each new word) now; a known word's stays."""
    before = train_words(LINES, VOCABULARY)
    now = train_words([*LINES, "new words here", "new words there"], VOCABULARY + 4)
    small, large = model(kind), built(kind, vocab_size=now.vocab_size)
    grow(large, with_words(dict(small.named_parameters()), before, now))
    text = "the new cat has words"
    had = small(torch.tensor([before.encode(text)]))[0].softmax(-1)
    has = large(torch.tensor([now.encode(text)]))[0].softmax(-1)
    assert before.number("▁new") == UNKNOWN != now.number("▁new")
    for number in range(before.vocab_size):
        same = [n for n, piece in enumerate(now.pieces) if before.number(piece) == number]
        assert same
        close(has[..., same].sum(-1), had[..., number])


@pytest.mark.parametrize("kind", ["transformer", "attention"])
def test_a_new_piece_is_the_mean_of_those_it_was_made_of(kind: str) -> None:
    before = train_pieces(LINES, VOCABULARY)
    now = with_whole_words(before, ["chat", "dog", "sat"], VOCABULARY + 2)
    small, large = model(kind), built(kind, vocab_size=now.vocab_size)
    grow(large, with_pieces(dict(small.named_parameters()), before, now))
    old, new = (dict(of.named_parameters()) for of in (small, large))
    matrix = next(name for name in old if "embedding" in name)
    for name in (matrix, "decoder.fc_out.bias"):
        close(new[name][:VOCABULARY], old[name])
        for number in (VOCABULARY, VOCABULARY + 1):
            parts = before.encode(now.piece(number).removeprefix("▁"))
            assert len(parts) > 1
            close(new[name][number], old[name][parts].mean(0))
    read, written = words(5, 3), targets(2, 4)
    close(large(read, written)[..., :VOCABULARY], small(read, written))


@pytest.mark.parametrize(
    ("kind", "sizes"),
    [
        ("transformer", {"encoder_layers": 4, "ff_dim": 20}),
        *((cell, {"hidden_size": 17}) for cell in RECURRENT),
    ],
)
def test_what_is_new_can_learn(kind: str, sizes: dict[str, int]) -> None:
    """Where a product is 0, one of its two factors is not."""
    small, large = model(kind), built(kind, **sizes)
    grow(large, dict(small.named_parameters()))
    optimizer = torch.optim.AdamW(large.parameters(), lr=1e-2, weight_decay=0)
    before = {name: values.detach().clone() for name, values in large.named_parameters()}
    for _ in range(2):
        optimizer.zero_grad()
        logits(large, kind).logsumexp(-1).sum().backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    still = [n for n, values in large.named_parameters() if torch.equal(values, before[n])]
    assert [name for name in still if "keys.bias" not in name] == []


@pytest.mark.parametrize(
    ("kind", "sizes"),
    [
        ("transformer", {"embed_size": 24}),
        ("transformer", {"ff_dim": 8}),
        ("transformer", {"encoder_layers": 1}),
        ("gru", {"hidden_size": 9}),
        ("gru", {"embed_size": 8}),
        ("attention", {"hidden_size": 12}),
        ("attention", {"encoder_layers": 3}),
    ],
)
def test_nothing_else_can_grow_and_nothing_shrinks(kind: str, sizes: dict[str, int]) -> None:
    small, large = model(kind), built(kind, **sizes)
    before = {name: values.detach().clone() for name, values in large.named_parameters()}
    with pytest.raises(ValueError, match="grow"):
        grow(large, dict(small.named_parameters()))
    assert all(torch.equal(values, before[name]) for name, values in large.named_parameters())
