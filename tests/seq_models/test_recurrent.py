"""The recurrent pair: the oracles are `nn.GRU` a row at a time, and the equations written out."""

import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from seq_models.recurrent import RecurrentDecoder, RecurrentEncoder
from tests.tiny import VOCABULARY, belongings, close, randomized, same_belongings, targets, words

LENGTHS = st.lists(st.integers(1, 8), min_size=1, max_size=4)


def encoder() -> RecurrentEncoder:
    """A random encoder of two layers, E = 5, H = 6."""
    return randomized(RecurrentEncoder(VOCABULARY, 5, 2, 6, 0.1))


def decoder() -> RecurrentDecoder:
    """A random decoder with E = 5, H = 6."""
    return randomized(RecurrentDecoder(VOCABULARY, 5, 6, 0.1))


def source(*lengths: int) -> tuple[Tensor, Tensor]:
    """A random encoder output (B, S, 6), zero on padding, and the mask (B, S)."""
    mask = torch.arange(max(lengths)) < torch.tensor(lengths).unsqueeze(1)
    return torch.randn(len(lengths), max(lengths), 6) * mask.unsqueeze(2), mask


@settings(max_examples=10, deadline=None)
@given(LENGTHS)
def test_each_row_is_read_by_torchs_gru_as_if_there_were_no_padding(lengths: list[int]) -> None:
    ours, x = encoder(), words(*lengths)
    output, weights = ours(x)
    assert weights == ()
    assert output.shape == (len(lengths), max(lengths), 6)
    for row, length in enumerate(lengths):
        alone, _ = ours.rnn(ours.embedding(x[row : row + 1, :length]))
        close(output[row : row + 1, :length], alone)
        assert (output[row, length:] == 0).all()


def test_every_word_of_the_source_sees_the_words_after_it() -> None:
    ours, x = encoder(), words(6)
    changed = x.clone()
    changed[0, 5] = x[0, 5] % 19 + 4
    difference = (ours(changed)[0] - ours(x)[0]).abs().sum(dim=2)
    assert (difference > 1e-7).all()


def test_the_decoder_is_its_equations() -> None:
    ours, x, (memory, mask) = decoder(), targets(2, 4), source(5, 3)
    mean = torch.stack([memory[0, :5].mean(dim=0), memory[1, :3].mean(dim=0)])
    hidden = torch.tanh(ours.first(mean))
    logits, weights = ours(x, memory, mask)
    for t in range(4):
        context, row = ours.attention(hidden, memory, mask)
        word = ours.embedding(x[:, t])
        hidden = ours.cell(torch.cat([word, context[:, 0]], dim=1), hidden)
        seen = torch.cat([hidden, context[:, 0], word], dim=1)
        close(weights[:, t], row)
        close(logits[:, t], ours.fc_out(torch.tanh(ours.out(seen))))


@settings(max_examples=10, deadline=None)
@given(LENGTHS, st.integers(1, 5))
def test_weights_sum_to_one_and_padding_gets_exactly_none(lengths: list[int], length: int) -> None:
    memory, mask = source(*lengths)
    _, weights = decoder()(targets(len(lengths), length), memory, mask)
    assert weights.shape == (len(lengths), length, max(lengths))
    close(weights.sum(dim=2), torch.ones(len(lengths), length))
    assert (weights.transpose(1, 2)[~mask] == 0).all()
    assert (weights.transpose(1, 2)[mask] > 0).all()


def test_what_stands_on_padding_of_the_source_does_not_matter() -> None:
    ours, x, (memory, mask) = decoder(), targets(2, 4), source(5, 3)
    changed = torch.where(mask.unsqueeze(2), memory, torch.tensor(100.0))
    close(ours(x, changed, mask)[0], ours(x, memory, mask)[0])


def test_changing_the_future_leaves_the_past_alone() -> None:
    ours, x, (memory, mask) = decoder(), targets(2, 6), source(5, 3)
    changed = x.clone()
    changed[:, 3:] = x[:, 3:] % 19 + 4
    before, after = ours(x, memory, mask), ours(changed, memory, mask)
    for old, new in zip(before, after, strict=True):
        close(new[:, :3], old[:, :3])
    assert not torch.allclose(after[0][:, 3:], before[0][:, 3:])


def test_replaced_weights_reach_the_context_and_the_next_word() -> None:
    ours, (memory, mask) = decoder(), source(5, 3)
    chosen = torch.eye(5)[[4, 0]]
    tokens = torch.tensor([5, 6])
    state = ours.start(memory, mask)
    logits, after, weights = ours.step(tokens, state, chosen)
    assert torch.equal(weights, chosen)
    word, context = ours.embedding(tokens), memory[[0, 1], [4, 0]]
    hidden = ours.cell(torch.cat([word, context], dim=1), state.hidden)
    assert torch.equal(after.hidden, hidden)
    seen = torch.cat([hidden, context, word], dim=1)
    close(logits, ours.fc_out(torch.tanh(ours.out(seen))))


def test_the_weights_it_computed_itself_given_back_change_nothing() -> None:
    ours, x, (memory, mask) = decoder(), targets(2, 4), source(5, 3)
    logits, state, weights = ours.decode(x, ours.start(memory, mask))
    again, state_again, _ = ours.decode(x, ours.start(memory, mask), weights)
    close(again, logits)
    close(state_again.hidden, state.hidden)


def test_without_a_mask_the_whole_source_is_seen() -> None:
    ours, x, (memory, mask) = decoder(), targets(2, 4), source(5, 5)
    close(ours(x, memory)[0], ours(x, memory, mask)[0])


def test_reading_and_writing_leave_nothing_behind() -> None:
    reader, writer, (memory, mask) = encoder(), decoder(), source(5, 3)
    before = belongings(reader), belongings(writer)
    reader(words(5, 3))
    writer(targets(2, 4), memory, mask)
    writer.step(torch.tensor([5, 6]), writer.start(memory, mask))
    assert same_belongings(before[0], belongings(reader))
    assert same_belongings(before[1], belongings(writer))
