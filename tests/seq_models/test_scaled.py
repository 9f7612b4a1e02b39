"""Heads turned up, down or off, in every stack, for each row of a batch."""

import copy
from typing import Any

import pytest
import torch
from torch import Tensor

from seq_models.decode import beam_search
from seq_models.scaled import STACKS, ScaledHeads
from seq_models.seq2seq import Seq2Seq
from tests.tiny import close, model, outputs, targets, words

EACH = pytest.mark.parametrize("stack", STACKS)
SIZE = (2, 3)  # layers and heads of the tiny Transformer


def attention_of(network: Seq2Seq, stack: str, layer: int) -> Any:
    """One layer's attention of a stack."""
    part = network.encoder if stack == "encoder" else network.decoder
    block = part.layers[layer]
    return block.cross_attention if stack == "cross" else block.attention


def without(network: Seq2Seq, stack: str, layer: int, head: int) -> Seq2Seq:
    """A copy in which nothing that the head writes is read: its columns of `fc_out` are zero."""
    other = copy.deepcopy(network)
    attention = attention_of(other, stack, layer)
    size = attention.head_size
    with torch.no_grad():
        attention.fc_out.weight[:, head * size : (head + 1) * size] = 0.0
    return other


def zero_at(layer: int, head: int) -> Tensor:
    scale = torch.ones(SIZE)
    scale[layer, head] = 0.0
    return scale


@EACH
@pytest.mark.parametrize(("layer", "head"), [(0, 1), (1, 2)])
def test_a_head_at_zero_is_a_pass_with_its_output_zeroed(stack: str, layer: int, head: int) -> None:
    network, src, trg = model("transformer"), words(5, 3), targets(2, 4)
    scaled = ScaledHeads(network, {stack: zero_at(layer, head)})
    plain = without(network, stack, layer, head)
    assert not torch.allclose(scaled(src, trg), network(src, trg))
    for one, other in zip(
        outputs(scaled.look(src, trg)), outputs(plain.look(src, trg)), strict=True
    ):
        close(one, other)


def test_ones_are_bit_equal_to_no_scale() -> None:
    network, src, trg = model("transformer"), words(5, 3), targets(2, 4)
    scaled = ScaledHeads(network, dict.fromkeys(STACKS, torch.ones(SIZE)))
    for one, other in zip(
        outputs(scaled.look(src, trg)), outputs(network.look(src, trg)), strict=True
    ):
        assert torch.equal(one, other)


@EACH
def test_a_batch_of_scales_is_each_scale_alone(stack: str) -> None:
    network, src, trg = model("transformer"), words(5).repeat(6, 1), targets(1, 4).repeat(6, 1)
    scales = [zero_at(layer, head) for layer in range(2) for head in range(3)]
    together = ScaledHeads(network, {stack: torch.stack(scales)})(src, trg)
    for row, scale in enumerate(scales):
        close(together[row], ScaledHeads(network, {stack: scale})(src[:1], trg[:1])[0])


@EACH
def test_stepping_gives_what_the_parallel_pass_gives(stack: str) -> None:
    generator = torch.Generator().manual_seed(3)
    scale = 2 * torch.rand(2, *SIZE, generator=generator)
    scaled, src, trg = ScaledHeads(model("transformer"), {stack: scale}), words(5, 3), targets(2, 4)
    state, logits = scaled.start(src), []
    for tokens in trg.unbind(dim=1):
        said, state, _ = scaled.step(tokens, state)
        logits.append(said)
    close(torch.stack(logits, dim=1), scaled(src, trg))


def test_scales_follow_their_hypotheses_through_a_beam() -> None:
    network, src = model("transformer"), words(5).repeat(6, 1)
    scales = torch.stack([zero_at(layer, head) for layer in range(2) for head in range(3)])
    scaled = ScaledHeads(network, dict.fromkeys(STACKS, scales))
    cpu = torch.device("cpu")
    together = beam_search(scaled, scaled.start(src), [8] * 6, cpu, width=3)
    for row, search in enumerate(together):
        one = ScaledHeads(network, dict.fromkeys(STACKS, scales[row]))
        (alone,) = beam_search(one, one.start(src[:1]), [8], cpu, width=3)
        assert [h.tokens for h in search.hypotheses] == [h.tokens for h in alone.hypotheses]


def test_a_stack_that_there_is_not_is_named() -> None:
    with pytest.raises(ValueError, match=r"no stack \['network'\], only encoder, decoder, cross"):
        ScaledHeads(model("transformer"), {"network": torch.ones(SIZE)})


def test_a_causal_transformer_takes_a_scale_for_each_row() -> None:
    network = model("causal").network
    x, scales = torch.randn(6, 4, 12), torch.rand(6, *SIZE)
    together = outputs(network.look(x, head_scale=scales))
    for row in range(6):
        alone = outputs(network.look(x[row : row + 1], head_scale=scales[row]))
        for one, other in zip(together, alone, strict=True):
            close(one[row : row + 1], other)
