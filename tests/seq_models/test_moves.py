"""Moves: each block's last vector is what the block itself returns; nothing is hidden."""

import pytest
import torch

from seq_models import PAD
from seq_models.decoder import Decoder
from seq_models.inside import decoder_layers
from seq_models.moves import Move, causal_moves, decoder_moves, encoder_moves
from tests.tiny import close, model, targets, words


def every() -> list[tuple[list[list[Move]], torch.Tensor]]:
    """The moves of every stack, and the output of the last block, by the model's own pass."""
    translator, source, target = model("transformer"), words(6, 4), targets(2, 5)
    enc_out, _ = translator.encoder(source)
    decoded = decoder_moves(translator.decoder, target, enc_out, source != PAD)
    logits, _ = translator.decoder(target, enc_out, source != PAD)
    language = model("causal")
    vectors = language.embed(words(7))
    return [
        (encoder_moves(translator.encoder, source), enc_out),
        (causal_moves(language.network, vectors), language.network.read(vectors)[0]),
        (decoded, logits),
    ]


def test_the_last_vector_is_the_output_of_the_last_block() -> None:
    (read, enc_out), (looked, memory), (decoded, logits) = every()
    close(read[-1][-1].after, enc_out)
    close(looked[-1][-1].after, memory)
    close(model("transformer").decoder.fc_out(decoded[-1][-1].after), logits)


def test_each_move_begins_where_the_last_one_ended_and_is_a_sum_and_its_norm() -> None:
    for layers, _ in every():
        moves = [move for layer in layers for move in layer]
        for one, following in zip(moves, moves[1:], strict=False):
            close(one.after, following.before)
        for one in moves:
            close(one.summed, one.before + one.added)
            centred = one.summed - one.summed.mean(-1, keepdim=True)
            bare = centred / (one.summed.var(-1, correction=0, keepdim=True) + 1e-5).sqrt()
            flat, after = bare.flatten(0, 1), one.after.flatten(0, 1)
            line = torch.stack([torch.ones(len(flat)), flat[:, 0]], dim=1)
            fitted = line @ torch.linalg.lstsq(line, after[:, 0:1]).solution
            close(fitted.squeeze(1), after[:, 0], 1e-4)  # a gain and a bias for each unit


@pytest.mark.parametrize("left_out", ["causal", "cross", "residual", "scaled"])
def test_a_decoder_without_a_part_is_looked_into_as_it_is(left_out: str) -> None:
    torch.manual_seed(1)
    decoder = Decoder(23, 8, 2, 2, 16, 0.0, **{left_out: False}).eval()
    target, enc_out = targets(2, 5), torch.randn(2, 6, 8)
    logits, weights = decoder(target, enc_out)
    own, cross = decoder_layers(decoder, target, enc_out)
    for layers, wanted in ((own, weights.own), (cross, weights.cross)):
        for layer, expected in zip(layers, wanted, strict=True):
            close(layer.look.weights, expected)
    close(decoder.fc_out(decoder_moves(decoder, target, enc_out)[-1][-1].after), logits)


def test_the_parts_are_named() -> None:
    (read, _), _, (decoded, _) = every()
    assert [move.part for move in read[0]] == ["attention", "feed-forward"]
    assert [move.part for move in decoded[0]] == ["attention", "cross-attention", "feed-forward"]
