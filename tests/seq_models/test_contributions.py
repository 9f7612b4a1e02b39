"""ALTI+: rows sum to one, the parts sum to the block's output, and nobody comes from the future."""

import copy

import pytest
import torch

from seq_models import PAD
from seq_models.contributions import (
    causal_contributions,
    cross_parts,
    decoder_contributions,
    encoder_contributions,
    own_parts,
    shares,
)
from seq_models.inside import decoder_layers, encoder_layers
from seq_models.moves import decoder_moves, encoder_moves
from tests.tiny import close, model, targets, words

TRANSLATOR, SOURCE, TARGET = model("transformer"), words(6, 4), targets(2, 5)


def test_rows_sum_to_one_and_padding_gives_nothing() -> None:
    read = encoder_contributions(TRANSLATOR.encoder, SOURCE)
    enc_out, _ = TRANSLATOR.encoder(SOURCE)
    found = decoder_contributions(TRANSLATOR.decoder, TARGET, enc_out, read, SOURCE != PAD)
    close(read.sum(dim=-1), torch.ones(2, 6))
    close(found.source.sum(dim=-1) + found.own.sum(dim=-1), torch.ones(2, 5))
    assert found.source.min() >= 0
    assert found.own.min() >= 0
    close(read[1, :4, 4:], torch.zeros(4, 2), within=0.02)
    language = model("causal")
    looked = causal_contributions(language.network, language.embed(words(7)))
    close(looked.sum(dim=-1), torch.ones(1, 7))


def test_the_parts_sum_to_the_output_of_the_block() -> None:
    """Oracle: the block's own vectors after its norm; what no word brings are the biases."""
    for layer, moves, block in zip(
        encoder_layers(TRANSLATOR.encoder, SOURCE),
        encoder_moves(TRANSLATOR.encoder, SOURCE),
        TRANSLATOR.encoder.blocks(),
        strict=True,
    ):
        parts, whole = own_parts(layer, block.norm1)
        close(whole, moves[0].after)
        spread = (moves[0].summed.var(-1, correction=0, keepdim=True) + block.norm1.eps).sqrt()
        bias = block.attention.fc_out.bias
        rest = (bias - bias.mean()) / spread * block.norm1.weight + block.norm1.bias
        close(parts.sum(dim=2) + rest, whole)
    enc_out, _ = TRANSLATOR.encoder(SOURCE)
    _, cross = decoder_layers(TRANSLATOR.decoder, TARGET, enc_out, SOURCE != PAD)
    decoded = decoder_moves(TRANSLATOR.decoder, TARGET, enc_out, SOURCE != PAD)
    for layer, moves, decoder_block in zip(
        cross, decoded, TRANSLATOR.decoder.blocks(), strict=True
    ):
        norm = decoder_block.norm2
        parts, whole = cross_parts(layer, norm)
        close(whole, moves[1].after)
        spread = (moves[1].summed.var(-1, correction=0, keepdim=True) + norm.eps).sqrt()
        bias = decoder_block.cross_attention.fc_out.bias
        rest = (bias - bias.mean()) / spread * norm.weight + norm.bias
        close(parts.sum(dim=2) + rest, whole)


def test_nothing_comes_from_the_future() -> None:
    read = encoder_contributions(TRANSLATOR.encoder, SOURCE)
    enc_out, _ = TRANSLATOR.encoder(SOURCE)
    found = decoder_contributions(TRANSLATOR.decoder, TARGET, enc_out, read, SOURCE != PAD)
    assert found.own.triu(diagonal=1).abs().max() == 0
    language = model("causal")
    looked = causal_contributions(language.network, language.embed(words(7)))
    assert looked.triu(diagonal=1).abs().max() == 0


def test_a_part_that_is_the_whole_gives_all_and_one_that_leads_away_nothing() -> None:
    whole = torch.tensor([[[3.0, -1.0]]])
    parts = torch.stack([whole, -whole, whole / 2], dim=2)
    close(shares(parts, whole), torch.tensor([[[2 / 3, 0.0, 1 / 3]]]))
    away = torch.stack([-whole, -3 * whole], dim=2)
    close(shares(away, whole), torch.tensor([[[0.25, 0.75]]]))


@pytest.mark.parametrize("kind", [torch.float64, torch.bfloat16])
def test_they_are_told_in_any_precision(kind: torch.dtype) -> None:
    found = encoder_contributions(copy.deepcopy(TRANSLATOR.encoder).to(kind), SOURCE)
    close(found.float(), encoder_contributions(TRANSLATOR.encoder, SOURCE), within=0.05)
