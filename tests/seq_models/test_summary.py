"""The decoder without attention: the oracles are `nn.GRU`'s own last states and `nn.GRUCell`."""

import torch
from torch import nn

from seq_models.recurrent import RecurrentEncoder
from seq_models.summary import SummaryDecoder
from tests.tiny import VOCABULARY, close, randomized, targets, words


def decoder() -> SummaryDecoder:
    """A random decoder with E = 5, H = 6."""
    return randomized(SummaryDecoder(VOCABULARY, 5, 6, 0.1))


def test_the_summary_is_where_each_direction_of_torchs_gru_ended() -> None:
    encoder, x = randomized(RecurrentEncoder(VOCABULARY, 5, 1, 6, 0.1)), words(7, 3)
    state = decoder().start(encoder(x)[0], x != 0)
    for row, length in enumerate((7, 3)):
        _, last = encoder.rnn(encoder.embedding(x[row : row + 1, :length]))  # (2, 1, 3)
        close(state.summary[row], last.flatten())


def test_without_a_mask_the_whole_source_is_read() -> None:
    encoder, x = randomized(RecurrentEncoder(VOCABULARY, 5, 1, 6, 0.1)), words(7, 7)
    enc_out, _ = encoder(x)
    close(decoder().start(enc_out).summary, decoder().start(enc_out, x != 0).summary)


def test_the_decoder_is_its_equations() -> None:
    ours, x, enc_out = decoder(), targets(2, 4), torch.randn(2, 5, 6)
    state = ours.start(enc_out)
    cell = nn.GRUCell(11, 6)
    with torch.no_grad():
        for name, parameter in cell.named_parameters():
            parameter.copy_(getattr(ours.rnn, f"{name}_l0"))
    hidden = torch.tanh(ours.first(state.summary))
    logits, weights = ours(x, enc_out)
    assert weights == ()
    for t in range(4):
        word = ours.embedding(x[:, t])
        hidden = cell(torch.cat([word, state.summary], dim=1), hidden)
        seen = torch.cat([hidden, state.summary, word], dim=1)
        close(logits[:, t], ours.fc_out(torch.tanh(ours.out(seen))))


def test_of_the_words_of_the_source_it_sees_nothing_but_their_summary() -> None:
    ours, x, enc_out = decoder(), targets(2, 4), torch.randn(2, 5, 6)
    changed = enc_out.clone()
    changed[:, 1:4] = 9.0  # neither the last forwards nor the first backwards
    close(ours(x, changed)[0], ours(x, enc_out)[0])
