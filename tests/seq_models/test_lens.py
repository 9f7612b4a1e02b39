"""Lenses: the last layer says what the model says."""

import pytest
import torch

from seq_models.decode import beam_search
from seq_models.lens import DecoderLens, logits_by_layer
from tests.tiny import close, model, words


def test_the_decoder_lens_at_the_last_layer_is_the_translation_and_earlier_ones_are_not() -> None:
    network, src, cpu = model("transformer"), words(6), torch.device("cpu")
    (expected,) = beam_search(network, network.start(src), [8], cpu)
    lens = DecoderLens(network)
    first, last = beam_search(lens, lens.start(src.repeat(2, 1)), [8, 8], cpu)
    assert last.hypotheses[0].tokens == expected.hypotheses[0].tokens
    ours, others = (each.hypotheses[0].log_probabilities for each in (last, first))
    assert ours == pytest.approx(expected.hypotheses[0].log_probabilities, abs=1e-4)
    assert list(ours) != pytest.approx(list(others), abs=1e-4)


def test_a_row_reads_its_own_layer() -> None:
    """Oracle: the encoder with fewer blocks."""
    network, src = model("transformer"), words(6)
    state = DecoderLens(network).start(src.repeat(2, 1))
    network.encoder.layers = network.encoder.layers[:1]
    early = network.start(src)
    close(state.source[0].keys[:1], early.source[0].keys)


def test_a_row_for_each_layer_is_asked_for() -> None:
    with pytest.raises(ValueError, match="3 rows cannot read 2 layers"):
        DecoderLens(model("transformer")).start(words(6).repeat(3, 1))


def test_the_logit_lens_after_the_last_layer_is_the_models_answer() -> None:
    network, x = model("causal"), words(7)
    by_layer = logits_by_layer(network, x)
    assert by_layer.shape[:3] == (3, 1, 7)
    close(by_layer[-1], network(x)[0])
    network.network.layers = network.network.layers[:1]
    close(by_layer[1], network(x)[0])
    with pytest.raises(ValueError, match="has no layers"):
        logits_by_layer(model("gru"), x)
