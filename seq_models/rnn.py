"""A recurrent network reads one word at a time and keeps a memory that each word rewrites.

    plain:  h[t] = tanh(W_ih x[t] + b_ih + W_hh h[t-1] + b_hh)
    gated:  h[t] = (1 - z) * n + z * h[t-1],  z the update gate, n the new content

Plain: J. Elman, "Finding Structure in Time", 1990, https://doi.org/10.1207/s15516709cog1402_1
Gated: K. Cho et al., 2014, section 2.3, https://arxiv.org/abs/1406.1078
"""

import torch
from torch import Tensor, nn


class SimpleRNN(nn.Module):
    """One layer of plain tanh recurrence and a linear reading of its memory, `fc`."""

    recurrence: type[nn.RNN] | type[nn.GRU] = nn.RNN

    def __init__(self, input_size: int, hidden_size: int, output_size: int) -> None:
        super().__init__()
        self.rnn = self.recurrence(input_size, hidden_size, batch_first=True)
        self.fc = nn.Linear(hidden_size, output_size)

    def forward(self, x: Tensor) -> Tensor:
        """Read x (B, S, input) and answer (B, output) from the memory after the last word."""
        memory, _ = self.read(x)
        return self.fc(memory[:, -1])

    def read(self, x: Tensor, state: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Memory (B, S, H) after each word of x (B, S, input), and the state (B, H) to go on from.

        `state` is the memory (B, H) to start from; without one, the memory is empty (zeros).
        """
        start = None if state is None else state.unsqueeze(0)  # (1, B, H)
        memory, last = self.rnn(x, start)
        return memory, last.squeeze(0)


class GatedRNN(SimpleRNN):
    """The same network with a gated recurrence (GRU), which can choose to keep its memory."""

    recurrence = nn.GRU


RECURRENCES: dict[str, type[SimpleRNN]] = {"rnn": SimpleRNN, "gru": GatedRNN}
"""The kinds of memory a language model can have, by the name in its `config.json`."""


def zero_state(batch: int, hidden_size: int, like: Tensor) -> Tensor:
    """An empty memory (batch, H), on the device and in the number format of `like`."""
    return torch.zeros(batch, hidden_size, device=like.device, dtype=like.dtype)
