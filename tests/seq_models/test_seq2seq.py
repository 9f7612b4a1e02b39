"""Sequence to sequence: whatever the pair of encoder and decoder, these properties hold."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from seq_models import PAD
from seq_models.decoder import Decoder
from seq_models.encoder import Encoder
from seq_models.seq2seq import Seq2Seq
from tests.tiny import (
    TRANSLATORS,
    VOCABULARY,
    belongings,
    close,
    model,
    outputs,
    randomized,
    same_belongings,
    targets,
    words,
)

EACH = pytest.mark.parametrize("name", TRANSLATORS)
LENGTHS = st.lists(st.integers(1, 8), min_size=1, max_size=4)


def columns(weights: list[Tensor], t: int) -> list[Tensor]:
    """Where word t looked, in the weights of a parallel pass: own words up to itself, source."""
    rows = [tensor[..., t, :] for tensor in weights]
    own = len(rows) // 2  # a Transformer's first half are own words; the recurrent one has no such
    return [row[..., : t + 1] for row in rows[:own]] + rows[own:]


@EACH
@settings(max_examples=8, deadline=None)
@given(lengths=LENGTHS, length=st.integers(1, 7))
def test_stepping_word_by_word_is_the_parallel_pass(
    name: str, lengths: list[int], length: int
) -> None:
    translator = model(name)
    src, trg = words(*lengths), targets(len(lengths), length)
    logits = translator(src, trg)
    assert logits.shape == (len(lengths), length, VOCABULARY)
    whole = outputs(translator.decoder(trg, translator.encoder(src)[0], src != PAD)[1])
    state = translator.start(src)
    for t in range(length):
        step_logits, state, weights = translator.step(trg[:, t], state)
        close(step_logits, logits[:, t])
        for actual, expected in zip(outputs(weights), columns(whole, t), strict=True):
            close(actual.reshape(expected.shape), expected)


@EACH
@settings(max_examples=8, deadline=None)
@given(lengths=LENGTHS)
def test_each_row_is_translated_as_if_it_were_alone(name: str, lengths: list[int]) -> None:
    translator = model(name)
    src, trg = words(*lengths), targets(len(lengths), 4)
    together = translator(src, trg)
    for row, length in enumerate(lengths):
        alone = translator(src[row : row + 1, :length], trg[row : row + 1])
        close(together[row : row + 1], alone)


@EACH
def test_padding_behind_the_source_changes_nothing(name: str) -> None:
    translator, src, trg = model(name), words(5, 3), targets(2, 4)
    longer = torch.cat([src, torch.full((2, 6), PAD)], dim=1)
    close(translator(longer, trg), translator(src, trg))


@EACH
def test_the_source_matters_to_every_word(name: str) -> None:
    translator, src, trg = model(name), words(5), targets(1, 4)
    changed = src.clone()
    changed[0, 1] = src[0, 1] % 19 + 4
    difference = (translator(changed, trg) - translator(src, trg)).abs().sum(dim=2)
    assert (difference > 1e-6).all()


@EACH
def test_translating_leaves_nothing_behind(name: str) -> None:
    translator, src, trg = model(name), words(5, 3), targets(2, 4)
    before = belongings(translator)
    translator(src, trg)
    translator.step(trg[:, 0], translator.start(src))
    assert same_belongings(before, belongings(translator))


def test_a_pair_put_together_by_hand_keeps_two_vocabularies() -> None:
    encoder, decoder = Encoder(7, 6, 1, 2, 8, 0.1), Decoder(9, 6, 1, 2, 8, 0.1)
    translator = randomized(Seq2Seq(encoder, decoder))
    assert encoder.embedding.token.weight.shape == (7, 6)
    logits = translator(torch.tensor([[4, 6, 5]]), torch.tensor([[1, 8]]))
    assert logits.shape == (1, 2, 9)


def test_a_shared_vocabulary_is_one_set_of_vectors() -> None:
    encoder, decoder = Encoder(9, 6, 1, 2, 8, 0.1), Decoder(9, 6, 1, 2, 8, 0.1)
    Seq2Seq(encoder, decoder, shared_embedding=True)
    assert encoder.embedding.token.weight is decoder.embedding.token.weight
