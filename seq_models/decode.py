"""Decoding feeds a model's own prediction back in, one token at a time, until it says ⟨end⟩.

    tokens -> model.step -> log-probabilities -> every beam chooses -> tokens -> ...

Greedy decoding is a beam of width 1; sampling is a beam of width 1 with a `sampler` as its rank.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any, Protocol

import torch
from torch import Tensor

from seq_models import END, PAD, START
from seq_models.beam import Beam, Search, Stop
from seq_models.limits import whole
from seq_models.sample import Rank

FORBIDDEN = (PAD, START)  # no text goes on with these


class Model(Protocol):
    """All that decoding knows of a model."""

    def step(self, tokens: Tensor, state: Any) -> tuple[Tensor, Any, Any]:
        """Read one token each, tokens (N,): logits (N, V), the new state, anything else.

        A state is a tensor with the rows first, or a tuple of states.
        """
        ...


def steps(
    model: Model,
    state: Any,
    first: Tensor,
    beams: Sequence[Beam],
    rank: Rank | None = None,
    forbidden: Sequence[int] = FORBIDDEN,
    least: int = 0,
) -> Iterator[Sequence[Beam]]:
    """The one loop: ask the model, let every beam choose, feed the choices back in.

    first (B,): the token that each text goes on from, B = len(beams); `state` is the state before
    it. No text goes on with a `forbidden` token, nor ends before it has `least` others. Yields the
    beams after each step; those that are done cost nothing more.
    """
    tokens, alive, length = first, list(beams), 0
    while alive:
        with torch.inference_mode():
            logits, state, _ = model.step(tokens, state)
            log_probabilities = logits.float().log_softmax(dim=-1)  # (N, V)
            never = torch.tensor([*forbidden, *[END] * (length < least)], device=tokens.device)
            ranks = log_probabilities.index_fill(1, never, float("-inf"))
            ranks = ranks if rank is None else rank(ranks)
            options = best_options(ranks, log_probabilities, 2 * max(b.width for b in alive))
        rows, chosen, first_row, going_on = [], [], 0, []
        for beam in alive:
            size = len(beam.live)
            moves = beam.advance(options[first_row : first_row + size])
            rows += [first_row + parent for parent, _ in moves]
            chosen += [token for _, token in moves]
            first_row += size
            if moves:
                going_on.append(beam)
        alive, length = going_on, length + 1
        yield beams
        if rows != list(range(len(tokens))):
            state = select(state, torch.tensor(rows, dtype=torch.long, device=tokens.device))
        tokens = torch.tensor(chosen, dtype=torch.long, device=tokens.device)


def best_options(
    ranks: Tensor, log_probabilities: Tensor, count: int
) -> list[list[tuple[float, float, int]]]:
    """The `count` best (rank, log-probability, token) of each row of ranks (N, V), best first."""
    best, tokens = ranks.topk(min(count, ranks.size(1)), dim=1)  # (N, count)
    chosen = log_probabilities.gather(1, tokens)
    return [
        [(r, p, t) for r, p, t in zip(*row, strict=True) if r != float("-inf")]
        for row in zip(best.tolist(), chosen.tolist(), tokens.tolist(), strict=True)
    ]


def select(state: Any, rows: Tensor) -> Any:
    """The state of the given rows (M,) only, in their order."""
    if isinstance(state, Tensor):
        return state[rows]
    parts = [select(part, rows) for part in state]
    return type(state)(*parts) if hasattr(state, "_fields") else tuple(parts)


def beam_search(
    model: Model,
    state: Any,
    limits: Sequence[int],
    device: torch.device,
    width: int = 1,
    length_penalty: float = 1.0,
    least: int = 0,
    forbidden: Sequence[int] = FORBIDDEN,
    stop: Stop = "nothing_alive_can_win",
    text_of: Callable[[Sequence[int]], Hashable] = tuple,
) -> list[Search]:
    """Translate from `state`, one search for each of its rows; width 1 is greedy decoding.

    limits: the most tokens each text may have. least: the fewest before ⟨end⟩. forbidden: tokens
    that no text has. stop, text_of: see `Beam`. Raises ValueError for settings that cannot be.
    """
    whole("least", least, least=0)
    beams = [Beam(width, length_penalty, limit, stop, text_of) for limit in limits]
    first = torch.full((len(beams),), START, dtype=torch.long, device=device)
    for _ in steps(model, state, first, beams, forbidden=forbidden, least=least):
        pass
    return [beam.result() for beam in beams]
