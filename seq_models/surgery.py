"""Surgery on a memory: read word by word, and change what is remembered between two words.

    h[t] = edit(t, network(word[t], h[t-1])),  logits[t] = score(h[t])

What a unit is good for shows when it is held at another value while the model reads on.
Y. Lakretz et al., "The Emergence of Number and Syntax Units in LSTM Language Models", 2019, who
switch single units off, https://arxiv.org/abs/1903.07435
"""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from seq_models.language_model import LanguageModel
from seq_models.rnn import LSTMState
from seq_models.self_attention import Cache

Edit = Callable[[int, Any], Any]
"""The position of the word just read (0 the first), and the state after it, to the state to use."""


def read(model: LanguageModel, ids: Tensor, edit: Edit) -> tuple[Tensor, Tensor]:
    """Read words ids (B, S), the state edited after each: logits (B, S, V) and memory (B, S, H).

    A recurrent model is scored by its edited memory. A Transformer has no other memory of a word
    than the one its layers just computed: an edit of its cache shows from the next word on.
    """
    state, memories = model.start(len(ids)), []
    for position, words in enumerate(ids.split(1, dim=1)):
        memory, state = model.network.read(model.embed(words), state)  # (B, 1, H)
        state = edit(position, state)
        edited = hidden(state)
        memories.append(memory if edited is None else edited.unsqueeze(1))
    memory = torch.cat(memories, dim=1)
    return model.score(memory), memory


def untouched(position: int, state: Any) -> Any:
    """The edit that changes nothing."""
    return state


def reset(at: int) -> Edit:
    """Empty the state before the word at position `at` is read."""

    def edit(position: int, state: Any) -> Any:
        return emptied(state) if position == at - 1 else state

    return edit


def zeroed(unit: int, since: int) -> Edit:
    """Hold a unit at zero after the word at position `since` and all later ones."""

    def edit(position: int, state: Any) -> Any:
        return state if position < since else held(state, unit, emptied(state))

    return edit


def frozen(unit: int, since: int) -> Edit:
    """Hold a unit at its value after the word at position `since`; for one reading only."""
    kept: list[Any] = []

    def edit(position: int, state: Any) -> Any:
        if position < since:
            return state
        if position == since:
            kept[:] = [state]
        return held(state, unit, kept[0])

    return edit


def hidden(state: Any) -> Tensor | None:
    """The memory (B, H) that a recurrent state is scored by; None for a Transformer's cache."""
    if isinstance(state, LSTMState):
        return state.hidden
    return state if isinstance(state, Tensor) else None


def emptied(state: Any) -> Any:
    """The state of its kind before any word."""
    if isinstance(state, Tensor):
        return torch.zeros_like(state)
    if isinstance(state, LSTMState):
        return LSTMState(*map(torch.zeros_like, state))
    return tuple(Cache(*(part[:, :, :0] for part in cache)) for cache in state)


def held(state: Any, unit: int, other: Any) -> Any:
    """The state with one unit's value taken from another state. Raises ValueError for a cache."""
    if isinstance(state, LSTMState):
        pairs = zip(state, other, strict=True)
        return LSTMState(*(held(mine, unit, theirs) for mine, theirs in pairs))
    if not isinstance(state, Tensor):
        raise ValueError("this state is a Transformer's cache; only a recurrent one has units")
    only = torch.arange(state.size(1), device=state.device) == unit
    return torch.where(only, other, state)
