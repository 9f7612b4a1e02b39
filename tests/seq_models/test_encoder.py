"""The encoder: the oracle is a stack of `nn.TransformerEncoderLayer`."""

from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from seq_models import PAD
from seq_models.encoder import Encoder
from seq_models.transformer import positions
from tests.seq_models.test_transformer import torchs
from tests.tiny import VOCABULARY, belongings, close, randomized, same_belongings, words

LENGTHS = st.lists(st.integers(1, 8), min_size=1, max_size=4)


def encoder(layers: int = 2) -> Encoder:
    """A random encoder with E = 6 and three heads."""
    return randomized(Encoder(VOCABULARY, 6, layers, 3, 9, 0.1))


def test_it_is_torchs_stack_of_encoder_layers_with_padding() -> None:
    ours, x = encoder(), words(5, 3)
    expected = ours.embedding.token(x) * 6**0.5 + positions(5, 6)
    for layer in ours.layers:
        expected = torchs(layer, 6, 3, 9)(expected, src_key_padding_mask=x == PAD)
    close(ours(x)[0][x != PAD], expected[x != PAD])


@settings(max_examples=10, deadline=None)
@given(LENGTHS)
def test_each_row_is_what_it_is_alone_without_its_padding(lengths: list[int]) -> None:
    ours, x = encoder(), words(*lengths)
    output, weights = ours(x)
    for row, length in enumerate(lengths):
        alone, alone_weights = ours(x[row : row + 1, :length])
        close(output[row : row + 1, :length], alone)
        for layer, alone_layer in zip(weights, alone_weights, strict=True):
            close(layer[row : row + 1, :, :length, :length], alone_layer)


@settings(max_examples=10, deadline=None)
@given(LENGTHS)
def test_weights_sum_to_one_and_padding_gets_exactly_none(lengths: list[int]) -> None:
    x = words(*lengths)
    _, weights = encoder()(x)
    assert len(weights) == 2
    for layer in weights:
        close(layer.sum(dim=3), torch.ones(layer.shape[:3]))
        assert (layer.transpose(1, 3)[x == PAD] == 0).all()
        assert (layer.transpose(1, 3)[x != PAD] > 0).all()


def test_every_word_sees_the_words_after_it() -> None:
    ours, x = encoder(), words(6)
    changed = x.clone()
    changed[0, 5] = x[0, 5] % 19 + 4
    assert changed[0, 5] != x[0, 5]
    difference = (ours(changed)[0] - ours(x)[0]).abs().sum(dim=2)
    assert (difference > 1e-6).all()


def test_the_order_of_words_matters() -> None:
    ours, x = encoder(), words(6)
    assert not torch.allclose(ours(x.flip(1))[0], ours(x)[0].flip(1), atol=1e-3)


@pytest.mark.parametrize("layer", [0, 1])
def test_a_head_is_switched_off_in_its_own_layer_only(layer: int) -> None:
    ours, x = encoder(), words(5, 3)
    silent: Any = encoder()
    with torch.no_grad():
        silent.layers[layer].attention.fc_out.weight[:, 2:4] = 0  # the second of three heads
    scale = torch.ones(2, 3)
    assert torch.equal(ours(x, scale)[0], ours(x)[0])
    scale[layer, 1] = 0
    close(ours(x, scale)[0], silent(x)[0])
    assert not torch.allclose(ours(x, scale)[0], ours(x)[0])


def test_a_sentence_longer_than_any_in_training_is_read() -> None:
    output, weights = encoder()(words(700))
    assert output.isfinite().all()
    close(weights[0].sum(dim=3), torch.ones(1, 3, 700))


def test_encoding_leaves_nothing_behind() -> None:
    ours = encoder()
    before = belongings(ours)
    ours(words(5, 3), torch.ones(2, 3))
    assert same_belongings(before, belongings(ours))
