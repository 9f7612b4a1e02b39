"""Heads turned up, down or off, in every stack, for each row of a batch."""

import copy
from typing import Any

import pytest
import torch
from torch import Tensor

from seq_models import END, START
from seq_models.decode import beam_search
from seq_models.inside import decoder_layers, encoder_layers
from seq_models.scaled import STACKS, ScaledHeads, in_parts, one_each, read_under, scored
from seq_models.self_attention import Blend, HeadScale
from seq_models.seq2seq import Seq2Seq
from tests.tiny import VOCABULARY, close, model, outputs, targets, words

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


def own_outputs(network: Seq2Seq, src: Tensor, trg: Tensor) -> dict[str, Tensor]:
    """What each head of each stack read, (B, layers, heads, T, D)."""
    enc_out, _ = network.encoder(src)
    own, cross = decoder_layers(network.decoder, trg, enc_out)
    stacks = {"encoder": encoder_layers(network.encoder, src), "decoder": own, "cross": cross}
    return {name: torch.stack([one.look.heads for one in each], 1) for name, each in stacks.items()}


@EACH
def test_instead_of_its_own_output_its_own_output_is_no_change(stack: str) -> None:
    network, src, trg = model("transformer"), words(5, 5), targets(2, 4)
    own = own_outputs(network, src, trg)[stack]
    given = ScaledHeads(network, {stack: Blend(torch.zeros(2, *SIZE), own)})
    close(given(src, trg), network(src, trg))


@EACH
@pytest.mark.parametrize("scale", [0.0, 0.5, 2.0])
def test_a_blend_with_nothing_is_a_scale(stack: str, scale: float) -> None:
    network, src, trg = model("transformer"), words(5, 3), targets(2, 4)
    turned = torch.full(SIZE, scale)
    blend = Blend(turned, torch.zeros(*SIZE, 1, 4))
    close(
        ScaledHeads(network, {stack: blend})(src, trg),
        ScaledHeads(network, {stack: turned})(src, trg),
    )


@EACH
def test_a_blend_follows_its_rows_through_steps_and_a_beam(stack: str) -> None:
    network, src = model("transformer"), words(5).repeat(6, 1)
    generator = torch.Generator().manual_seed(3)
    mean = torch.randn(*SIZE, 1, 4, generator=generator)
    blend = Blend(one_each(*SIZE), mean)
    scaled, cpu = ScaledHeads(network, {stack: blend}), torch.device("cpu")
    together = beam_search(scaled, scaled.start(src), [8] * 6, cpu, width=3)
    for row, search in enumerate(together):
        one = ScaledHeads(network, {stack: Blend(blend.scale[row], mean)})
        (alone,) = beam_search(one, one.start(src[:1]), [8], cpu, width=3)
        assert [h.tokens for h in search.hypotheses] == [h.tokens for h in alone.hypotheses]


@EACH
def test_a_target_is_scored_under_each_scale_in_one_batch(stack: str) -> None:
    """Oracle: the model's own log-probabilities, one scale after the other."""
    network, source, target = model("transformer"), [5, 6, 7, END], [8, 9, END]
    together = scored(network, stack, one_each(*SIZE), source, target)
    given = torch.tensor([[START, *target[:-1]]])
    for row, scale in enumerate(one_each(*SIZE)):
        logits = ScaledHeads(network, {stack: scale})(torch.tensor([source]), given)[0]
        expected = logits.log_softmax(-1)[range(3), target].sum()
        assert together[row].item() == pytest.approx(expected.item(), abs=1e-4)


@EACH
@pytest.mark.parametrize("other", [None, SIZE, (6, *SIZE)])
def test_scales_in_parts_score_as_all_at_once(
    stack: str, other: tuple[int, ...] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    network, source, target = model("transformer"), [5, 6, 7, END], [8, 9, END]
    scale: HeadScale = one_each(*SIZE)
    if other is not None:
        scale = Blend(scale, torch.randn(*other, 1, 4, generator=torch.Generator().manual_seed(3)))
    whole = scored(network, stack, scale, source, target)
    monkeypatch.setattr("seq_models.scaled.AT_ONCE", 2 * len(target) * VOCABULARY)
    assert [count for count, _ in in_parts(scale, len(target) * VOCABULARY)] == [2, 2, 2]
    close(scored(network, stack, scale, source, target), whole)


def test_a_language_model_is_read_in_parts_as_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Oracle: the model's own log-probabilities, all heads on in the first row."""
    network, tokens = model("causal"), [5, 6, 7, 8]
    scale = torch.cat([torch.ones(1, *SIZE), one_each(*SIZE)])
    read, after = read_under(network, scale, tokens)
    logits, _, _ = network(torch.tensor([[START, *tokens]]))
    expected = logits[0].log_softmax(-1)
    close(read[0].float(), expected[range(4), tokens])
    close(after[0], expected[-1])
    monkeypatch.setattr("seq_models.scaled.AT_ONCE", 1)  # still a row at a time
    for one, other in zip(read_under(network, scale, tokens), (read, after), strict=True):
        close(one, other)
