"""The decoder: the oracle is a stack of `nn.TransformerDecoderLayer`."""

from typing import Any

import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn

from seq_models.decoder import Decoder
from seq_models.transformer import positions
from tests.seq_models.test_transformer import named
from tests.tiny import VOCABULARY, belongings, close, outputs, randomized, same_belongings, targets


def decoder(layers: int = 2) -> Decoder:
    """A random decoder with E = 6 and three heads."""
    return randomized(Decoder(VOCABULARY, 6, layers, 3, 9, 0.1))


def source(*lengths: int) -> tuple[Tensor, Tensor]:
    """A random encoder output (B, S, 6) and the mask (B, S) of rows of these lengths."""
    mask = torch.arange(max(lengths)) < torch.tensor(lengths).unsqueeze(1)
    return torch.randn(len(lengths), max(lengths), 6), mask


def torchs(ours: Any) -> nn.Module:
    """`nn.TransformerDecoderLayer` with our parameters."""
    oracle = nn.TransformerDecoderLayer(6, 3, 9, activation="relu", batch_first=True)
    parameters = {
        **named("linear1", ours.feed_forward[0]),
        **named("linear2", ours.feed_forward[2]),
        **named("norm1", ours.norm1),
        **named("norm2", ours.norm2),
        **named("norm3", ours.norm3),
    }
    for name, part in (("self_attn", ours.attention), ("multihead_attn", ours.cross_attention)):
        three = (part.queries, part.keys, part.values)
        parameters[f"{name}.in_proj_weight"] = torch.cat([linear.weight for linear in three])
        parameters[f"{name}.in_proj_bias"] = torch.cat([linear.bias for linear in three])
        parameters |= named(f"{name}.out_proj", part.fc_out)
    oracle.load_state_dict(parameters)
    return oracle.eval()


def test_it_is_torchs_stack_of_decoder_layers_with_padded_sources() -> None:
    ours, x, (memory, mask) = decoder(), targets(2, 4), source(5, 3)
    expected = ours.embedding.token(x) * 6**0.5 + positions(4, 6)
    future = ~torch.ones(4, 4, dtype=torch.bool).tril()
    for layer in ours.layers:
        expected = torchs(layer)(expected, memory, tgt_mask=future, memory_key_padding_mask=~mask)
    close(ours(x, memory, mask)[0], ours.fc_out(expected))


@settings(max_examples=10, deadline=None)
@given(length=st.integers(2, 8), data=st.data())
def test_changing_the_future_leaves_the_past_alone(length: int, data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, length - 1))
    ours, x, (memory, mask) = decoder(), targets(2, length), source(5, 3)
    changed = torch.cat([x[:, :cut], targets(2, length, seed=9)[:, cut:] % 19 + 4], dim=1)
    changed[:, cut] = x[:, cut] % 19 + 4
    before, after = ours(x, memory, mask), ours(changed, memory, mask)
    close(after[0][:, :cut], before[0][:, :cut])
    assert not torch.allclose(after[0][:, cut], before[0][:, cut])
    for new, old in zip(outputs(after[1]), outputs(before[1]), strict=True):
        close(new[:, :, :cut], old[:, :, :cut])


@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(1, 8), min_size=1, max_size=3), st.integers(1, 6))
def test_weights_sum_to_one_and_the_future_and_padding_get_exactly_none(
    lengths: list[int], length: int
) -> None:
    memory, mask = source(*lengths)
    _, weights = decoder()(targets(len(lengths), length), memory, mask)
    future = ~torch.ones(length, length, dtype=torch.bool).tril()
    for own, cross in zip(weights.own, weights.cross, strict=True):
        assert own.shape == (len(lengths), 3, length, length)
        assert cross.shape == (len(lengths), 3, length, max(lengths))
        close(own.sum(dim=3), torch.ones(own.shape[:3]))
        close(cross.sum(dim=3), torch.ones(cross.shape[:3]))
        assert (own[..., future] == 0).all()
        assert (own[..., ~future] > 0).all()
        assert (cross.transpose(1, 3)[~mask] == 0).all()
        assert (cross.transpose(1, 3)[mask] > 0).all()


def test_without_a_mask_the_whole_source_is_seen() -> None:
    ours, x, (memory, mask) = decoder(), targets(2, 4), source(5, 5)
    close(ours(x, memory)[0], ours(x, memory, mask)[0])


def test_what_stands_on_padding_of_the_source_does_not_matter() -> None:
    ours, x, (memory, mask) = decoder(), targets(2, 4), source(5, 3)
    changed = torch.where(mask.unsqueeze(2), memory, torch.tensor(100.0))
    close(ours(x, changed, mask)[0], ours(x, memory, mask)[0])


def test_the_decoder_attends_to_the_encoders_output() -> None:
    ours, x, (memory, mask) = decoder(), targets(1, 4), source(5)
    changed = memory.clone()
    changed[0, 2] += 1
    difference = (ours(x, changed, mask)[0] - ours(x, memory, mask)[0]).abs().sum(dim=2)
    assert (difference > 1e-6).all()


def test_words_read_in_two_goes_are_words_read_at_once() -> None:
    ours, x, (memory, mask) = decoder(), targets(2, 7), source(5, 3)
    logits, _, weights = ours.decode(x, ours.start(memory, mask))
    early, state, _ = ours.decode(x[:, :3], ours.start(memory, mask))
    late, state, late_weights = ours.decode(x[:, 3:], state)
    close(torch.cat([early, late], dim=1), logits)
    for part, whole in zip(late_weights.own, weights.own, strict=True):
        close(part, whole[:, :, 3:])
    assert state.past[0].keys.size(2) == 7


def test_a_state_can_be_gone_on_from_twice() -> None:
    ours, x, (memory, mask) = decoder(), targets(2, 4), source(5, 3)
    _, state, _ = ours.decode(x, ours.start(memory, mask))
    kept = [tensor.clone() for tensor in outputs(state)]
    first = ours.step(torch.tensor([5, 6]), state)[0]
    ours.step(torch.tensor([7, 8]), state)
    assert torch.equal(ours.step(torch.tensor([5, 6]), state)[0], first)
    assert all(map(torch.equal, outputs(state), kept))


def test_a_word_beyond_any_length_in_training_is_written() -> None:
    ours, x, (memory, mask) = decoder(), targets(1, 401), source(5)
    whole = ours(x, memory, mask)[0]
    assert whole.isfinite().all()
    _, state, _ = ours.decode(x[:, :400], ours.start(memory, mask))
    close(ours.step(x[:, 400], state)[0], whole[:, 400])


def test_words_going_in_and_out_share_their_vectors() -> None:
    ours = decoder()
    assert ours.fc_out.weight is ours.embedding.token.weight


def test_decoding_leaves_nothing_behind() -> None:
    ours, (memory, mask) = decoder(), source(5, 3)
    before = belongings(ours)
    ours(targets(2, 4), memory, mask)
    ours.step(torch.tensor([5, 6]), ours.start(memory, mask))
    assert same_belongings(before, belongings(ours))
