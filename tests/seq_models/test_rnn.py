"""Memory: the oracles are the textbook network below, `nn.RNN`, `nn.GRU` and `nn.LSTM`."""

from collections.abc import Callable
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn

from seq_models import checkpoint
from seq_models.language_model import LanguageModel
from seq_models.rnn import LSTM, RECURRENCES, GatedRNN, LSTMState, SimpleRNN, zero_state
from tests.tiny import belongings, close, outputs, randomized, same_belongings, same_state

KINDS = pytest.mark.parametrize("kind", RECURRENCES.values(), ids=RECURRENCES)


class TextbookRNN(nn.Module):
    """As a course writes it."""

    def __init__(self, input_size: int, hidden_size: int, output_size: int) -> None:
        super().__init__()
        self.hidden_size = hidden_size
        self.rnn = nn.RNN(input_size, hidden_size, batch_first=True)
        self.fc = nn.Linear(hidden_size, output_size)

    def forward(self, x: Tensor) -> Tensor:
        h0 = torch.zeros(1, x.size(0), self.hidden_size)
        out, _ = self.rnn(x, h0)
        return self.fc(out[:, -1, :])


@settings(max_examples=15, deadline=None)
@given(*[st.integers(1, 7)] * 5)
def test_a_textbook_state_dict_gives_the_textbook_answer(
    batch: int, length: int, inputs: int, hidden: int, outputs: int
) -> None:
    textbook = randomized(TextbookRNN(inputs, hidden, outputs))
    ours = SimpleRNN(inputs, hidden, outputs)
    ours.load_state_dict(textbook.state_dict())
    x = torch.randn(batch, length, inputs)
    close(ours(x), textbook(x))


def test_the_plain_memory_is_the_equation_of_the_docstring() -> None:
    ours = randomized(SimpleRNN(4, 5, 3))
    x, hidden = torch.randn(2, 6, 4), torch.zeros(2, 5)
    p = dict(ours.rnn.named_parameters())
    memory, _ = ours.read(x)
    for t in range(6):
        from_word = x[:, t] @ p["weight_ih_l0"].T + p["bias_ih_l0"]
        hidden = torch.tanh(from_word + hidden @ p["weight_hh_l0"].T + p["bias_hh_l0"])
        close(memory[:, t], hidden)


@pytest.mark.parametrize(("kind", "oracle"), [(SimpleRNN, nn.RNN), (GatedRNN, nn.GRU)])
def test_reading_is_what_torch_reads(
    kind: type[SimpleRNN], oracle: Callable[..., nn.RNNBase]
) -> None:
    ours = randomized(kind(4, 5, 3))
    torchs = oracle(4, 5, batch_first=True)
    torchs.load_state_dict(ours.rnn.state_dict())
    x, state = torch.randn(2, 6, 4), torch.randn(2, 5)
    memory, last = ours.read(x, state)
    expected_memory, expected_last = torchs(x, state.unsqueeze(0))
    close(memory, expected_memory)
    close(last, expected_last[0])


def test_the_lstm_reads_what_torch_reads_and_goes_on_from_its_cell() -> None:
    ours = randomized(LSTM(4, 5, 3))
    torchs = nn.LSTM(4, 5, batch_first=True)
    torchs.load_state_dict(ours.rnn.state_dict())
    x, hidden, cell = torch.randn(2, 6, 4), torch.randn(2, 5), torch.randn(2, 5)
    memory, last = ours.read(x, LSTMState(hidden, cell))
    expected, (last_hidden, last_cell) = torchs(x, (hidden.unsqueeze(0), cell.unsqueeze(0)))
    close(memory, expected)
    close(last.hidden, last_hidden[0])
    close(last.cell, last_cell[0])


def test_the_lstm_is_the_equation_of_the_docstring() -> None:
    ours = randomized(LSTM(4, 5, 3))
    x, state = torch.randn(2, 6, 4), ours.start(2)
    p = dict(ours.rnn.named_parameters())
    memory, _ = ours.read(x)
    for t in range(6):
        from_word = x[:, t] @ p["weight_ih_l0"].T + p["bias_ih_l0"]
        gates = from_word + state.hidden @ p["weight_hh_l0"].T + p["bias_hh_l0"]
        i, f, g, o = gates.chunk(4, dim=1)
        cell = f.sigmoid() * state.cell + i.sigmoid() * g.tanh()
        state = LSTMState(o.sigmoid() * cell.tanh(), cell)
        close(memory[:, t], state.hidden)


GATED = pytest.mark.parametrize("kind", [GatedRNN, LSTM])


@GATED
@pytest.mark.parametrize("empty", [True, False])
def test_the_gates_lead_to_the_memory_that_torch_computes(kind: type[Any], empty: bool) -> None:
    """Oracle: `nn.GRU` and `nn.LSTM`, which keep their gates to themselves."""
    ours, x = randomized(kind(4, 5, 3)), torch.randn(2, 6, 4)
    state = ours.start(2)
    if not empty:
        state = torch.randn(2, 5) if kind is GatedRNN else LSTMState(*torch.randn(2, 2, 5))
    memory, last = ours.read(x, state)
    gates = ours.gates(x, state)
    close(gates.memory, memory)
    for mine, theirs in zip(
        outputs(last), (gates.memory, getattr(gates, "cell", None)), strict=False
    ):
        close(mine, theirs[:, -1])
    assert all(gate.shape == (2, 6, 5) for gate in gates)


@pytest.mark.parametrize("name", ["next-word-gru", "next-word-lstm"])
def test_the_gates_of_the_bundled_weights_lead_to_their_memory(name: str) -> None:
    """Oracle: torch's layer with the parameters that the page runs."""
    model = checkpoint.load(name).model
    assert isinstance(model, LanguageModel)
    network: Any = model.network
    with torch.inference_mode():
        x = model.embed(torch.randint(4, 9000, (2, 40), device=model.bias.device))
        close(network.gates(x).memory, network.rnn(x)[0])


def test_the_update_gate_is_the_share_of_the_memory_that_is_kept() -> None:
    ours, x = randomized(GatedRNN(4, 5, 3)), torch.randn(2, 6, 4)
    gates = ours.gates(x)
    before = torch.cat([torch.zeros(2, 1, 5), gates.memory[:, :-1]], dim=1)
    close(gates.memory, (1 - gates.update) * gates.new + gates.update * before)
    for gate in (gates.reset, gates.update):
        assert gate.min() > 0
        assert gate.max() < 1


def test_the_forget_and_input_gates_make_the_cell_and_the_output_gate_tells_it() -> None:
    ours, x = randomized(LSTM(4, 5, 3)), torch.randn(2, 6, 4)
    gates = ours.gates(x)
    before = torch.cat([torch.zeros(2, 1, 5), gates.cell[:, :-1]], dim=1)
    close(gates.cell, gates.forget * before + gates.input * gates.new)
    close(gates.memory, gates.output * gates.cell.tanh())


@GATED
def test_looking_at_the_gates_leaves_nothing_behind(kind: type[Any]) -> None:
    network = randomized(kind(4, 5, 3))
    before = belongings(network)
    network.gates(torch.randn(2, 6, 4))
    assert same_belongings(before, belongings(network))


@KINDS
@settings(max_examples=8, deadline=None)
@given(length=st.integers(2, 9), data=st.data())
def test_reading_in_two_goes_is_reading_at_once(
    kind: type[SimpleRNN], length: int, data: st.DataObject
) -> None:
    cut = data.draw(st.integers(1, length - 1))
    network = randomized(kind(4, 5, 3))
    x = torch.randn(2, length, 4)
    memory, last = network.read(x)
    early, state = network.read(x[:, :cut])
    late, state = network.read(x[:, cut:], state)
    close(torch.cat([early, late], dim=1), memory)
    same_state(state, last)


@KINDS
def test_the_state_is_the_memory_after_the_last_word(kind: type[SimpleRNN]) -> None:
    memory, state = randomized(kind(4, 5, 3)).read(torch.randn(2, 6, 4))
    assert torch.equal(memory[:, -1], outputs(state)[0])


@KINDS
def test_without_a_state_the_memory_begins_empty(kind: type[SimpleRNN]) -> None:
    network = randomized(kind(4, 5, 3))
    x = torch.randn(2, 6, 4)
    empty = network.start(2)
    assert not any(part.any() for part in outputs(empty))
    close(network.read(x)[0], network.read(x, empty)[0])


@KINDS
def test_a_later_word_leaves_the_memory_before_it_alone(kind: type[SimpleRNN]) -> None:
    network = randomized(kind(4, 5, 3))
    x = torch.randn(1, 6, 4)
    changed = x.clone()
    changed[:, 4:] = torch.randn(1, 2, 4)
    before, after = network.read(x)[0], network.read(changed)[0]
    close(after[:, :4], before[:, :4])
    assert not torch.allclose(after[:, 4:], before[:, 4:])


@KINDS
def test_a_batch_of_two_is_two_batches_of_one(kind: type[SimpleRNN]) -> None:
    network = randomized(kind(4, 5, 3))
    x = torch.randn(2, 6, 4)
    close(network(x), torch.cat([network(x[:1]), network(x[1:])]))


@KINDS
def test_reading_leaves_nothing_behind(kind: type[SimpleRNN]) -> None:
    network = randomized(kind(4, 5, 3))
    before = belongings(network)
    network(torch.randn(2, 6, 4))
    assert same_belongings(before, belongings(network))


def test_an_empty_memory_takes_the_number_format_asked_for() -> None:
    assert zero_state(2, 3, like=torch.zeros(1, dtype=torch.float16)).dtype == torch.float16
