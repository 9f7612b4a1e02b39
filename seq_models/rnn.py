"""A recurrent network reads one word at a time and keeps a memory that each word rewrites.

    plain:  h[t] = tanh(W_ih x[t] + b_ih + W_hh h[t-1] + b_hh)
    gated:  h[t] = (1 - z) * n + z * h[t-1],  z the update gate, n the new content, which the
            reset gate r lets see the old memory
    LSTM:   c[t] = f * c[t-1] + i * g,  h[t] = o * tanh(c[t]),  f, i, o the forget, input and
            output gates, g the new content

Plain: J. Elman, "Finding Structure in Time", 1990, https://doi.org/10.1207/s15516709cog1402_1
Gated: K. Cho et al., 2014, section 2.3, https://arxiv.org/abs/1406.1078; r after the product and
z the other way round, as in https://docs.pytorch.org/docs/stable/generated/torch.nn.GRU.html
LSTM: S. Hochreiter and J. Schmidhuber, 1997, https://doi.org/10.1162/neco.1997.9.8.1735, with the
forget gate of F. Gers et al., 2000, https://doi.org/10.1162/089976600300015015
"""

from typing import Any, NamedTuple

import torch
from torch import Tensor, nn
from torch.nn.functional import linear


class LSTMState(NamedTuple):
    """What an LSTM goes on from: its memory and the cell behind it, each (B, H)."""

    hidden: Tensor
    cell: Tensor


class GatedSteps(NamedTuple):
    """What a gated network decides at each word, each (B, S, H)."""

    reset: Tensor  # 0..1, how much of the old memory the new content sees
    update: Tensor  # 0..1, how much of the old memory is kept
    new: Tensor  # -1..1
    memory: Tensor  # -1..1


class LSTMSteps(NamedTuple):
    """What an LSTM decides at each word, each (B, S, H)."""

    input: Tensor  # 0..1, how much of the new content is written
    forget: Tensor  # 0..1, how much of the old cell is kept
    output: Tensor  # 0..1, how much of the cell is told
    new: Tensor  # -1..1
    cell: Tensor
    memory: Tensor  # -1..1


class SimpleRNN(nn.Module):
    """One layer of plain tanh recurrence and a linear reading of its memory, `fc`."""

    recurrence: type[nn.RNN] | type[nn.GRU] | type[nn.LSTM] = nn.RNN

    def __init__(self, input_size: int, hidden_size: int, output_size: int) -> None:
        super().__init__()
        self.hidden_size = hidden_size
        self.rnn = self.recurrence(input_size, hidden_size, batch_first=True)
        self.fc = nn.Linear(hidden_size, output_size)

    def forward(self, x: Tensor) -> Tensor:
        """Read x (B, S, input) and answer (B, output) from the memory after the last word."""
        memory, _ = self.read(x)
        answer: Tensor = self.fc(memory[:, -1])
        return answer

    def start(self, batch: int = 1) -> Any:
        """The state before any word: an empty memory (B, H)."""
        return zero_state(batch, self.hidden_size, like=self.fc.weight)

    def read(self, x: Tensor, state: Any = None) -> tuple[Tensor, Any]:
        """Memory (B, S, H) after each word of x (B, S, input), and the state to go on from.

        The state is the memory (B, H) itself; without one, the memory is empty (zeros).
        """
        start = None if state is None else state.unsqueeze(0)  # (1, B, H)
        memory, last = self.rnn(x, start)
        return memory, last.squeeze(0)


class GatedRNN(SimpleRNN):
    """The same network with a gated recurrence (GRU), which can choose to keep its memory."""

    recurrence = nn.GRU

    def gates(self, x: Tensor, state: Tensor | None = None) -> GatedSteps:
        """Every gate while x (B, S, input) is read, by the equation from the layer's parameters."""
        hidden = self.start(len(x)) if state is None else state  # (B, H)
        from_words, recur, bias = from_parameters(self.rnn, x)
        steps = []
        for word in from_words.unbind(dim=1):
            reset_word, update_word, new_word = word.chunk(3, dim=-1)
            reset_past, update_past, new_past = linear(hidden, recur, bias).chunk(3, dim=-1)
            reset = (reset_word + reset_past).sigmoid()
            update = (update_word + update_past).sigmoid()
            new = (new_word + reset * new_past).tanh()
            hidden = (1 - update) * new + update * hidden
            steps.append((reset, update, new, hidden))
        return GatedSteps(*(torch.stack(each, dim=1) for each in zip(*steps, strict=True)))


class LSTM(SimpleRNN):
    """The same network with a second, protected memory: the cell, which only gates can change."""

    recurrence = nn.LSTM

    def start(self, batch: int = 1) -> LSTMState:
        """The state before any word: an empty memory and an empty cell."""
        empty = zero_state(batch, self.hidden_size, like=self.fc.weight)
        return LSTMState(empty, empty)

    def read(self, x: Tensor, state: LSTMState | None = None) -> tuple[Tensor, LSTMState]:
        """As `SimpleRNN.read`, but the state is an `LSTMState`: the cell goes on too."""
        start = None if state is None else tuple(part.unsqueeze(0) for part in state)
        memory, (hidden, cell) = self.rnn(x, start)
        return memory, LSTMState(hidden.squeeze(0), cell.squeeze(0))

    def gates(self, x: Tensor, state: LSTMState | None = None) -> LSTMSteps:
        """Every gate while x (B, S, input) is read, by the equation from the layer's parameters."""
        hidden, cell = self.start(len(x)) if state is None else state  # (B, H) each
        from_words, recur, bias = from_parameters(self.rnn, x)
        steps = []
        for word in from_words.unbind(dim=1):
            write, keep, new, tell = (word + linear(hidden, recur, bias)).chunk(4, dim=-1)
            write, keep, tell = write.sigmoid(), keep.sigmoid(), tell.sigmoid()
            new = new.tanh()
            cell = keep * cell + write * new
            hidden = tell * cell.tanh()
            steps.append((write, keep, tell, new, cell, hidden))
        return LSTMSteps(*(torch.stack(each, dim=1) for each in zip(*steps, strict=True)))


RECURRENCES: dict[str, type[SimpleRNN]] = {"rnn": SimpleRNN, "gru": GatedRNN, "lstm": LSTM}
"""The kinds of recurrent memory a language model can have, by the name in its `config.json`."""


def zero_state(batch: int, hidden_size: int, like: Tensor) -> Tensor:
    """An empty memory (batch, H), on the device and in the number format of `like`."""
    return torch.zeros(batch, hidden_size, device=like.device, dtype=like.dtype)


def from_parameters(layer: nn.RNNBase, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """What a layer's gates get from words x (B, S, input), and its recurrent matrix and bias."""
    own = dict(layer.named_parameters())
    from_words = linear(x, own["weight_ih_l0"], own["bias_ih_l0"])  # (B, S, gates * H)
    return from_words, own["weight_hh_l0"], own["bias_hh_l0"]
