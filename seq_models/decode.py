"""Decoding feeds a model's own prediction back in, one token at a time, until it says ⟨end⟩.

    tokens -> model.step -> log-probabilities -> every beam chooses -> tokens -> ...

Greedy decoding is a beam of width 1; sampling is a beam of width 1 with a `sampler` as its rank.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any, NamedTuple, Protocol

import torch
from torch import Tensor

from seq_models import END, PAD, START
from seq_models.beam import Beam, Search, Stop
from seq_models.limits import whole
from seq_models.sample import Rank

FORBIDDEN = (PAD, START)  # no text goes on with these
NEVER = float("-inf")


class Model(Protocol):
    """All that decoding knows of a model."""

    def step(self, tokens: Tensor, state: Any) -> tuple[Tensor, Any, Any]:
        """Read one token each, tokens (N,): logits (N, V), the new state, anything else.

        A state is a tensor with the rows first, a tuple of states, or has `select` itself.
        """
        ...


class Step(NamedTuple):
    """What one step of decoding did."""

    beams: Sequence[Beam]  # all of them, after it
    alive: Sequence[Beam]  # those that it was a step of
    counts: Sequence[int]  # of each of these, how many rows it had: one for each live hypothesis
    logits: Tensor  # (N, V), as the model's
    extra: Any  # what else the model returned, such as where it looked: N rows


def steps(
    model: Model,
    state: Any,
    first: Tensor,
    beams: Sequence[Beam],
    rank: Rank | None = None,
    forbidden: Sequence[int] = FORBIDDEN,
    least: int = 0,
) -> Iterator[Step]:
    """The one loop: ask the model, let every beam choose, feed the choices back in.

    first (B,): the token that each text goes on from, B = len(beams); `state` is the state before
    it. No text goes on with a `forbidden` token, nor ends before it has `least` others. Yields
    each step with all that the model returned; beams that are done cost nothing more.
    """
    never = torch.tensor([*forbidden], dtype=torch.long, device=first.device)
    early = torch.tensor([*forbidden, END], dtype=torch.long, device=first.device)
    tokens, alive, length = first, list(beams), 0
    while alive:
        counts, width = [len(beam.live) for beam in alive], max(beam.width for beam in alive)
        with torch.inference_mode():
            logits, state, extra = model.step(tokens, state)
            log_probabilities = logits.float().log_softmax(dim=-1)  # (N, V)
            log_probabilities.index_fill_(1, early if length < least else never, NEVER)
            options = best_options(log_probabilities, rank, 2 * width)
        rows, chosen, going_on, first_row = [], [], [], 0
        for beam, count in zip(alive, counts, strict=True):
            moves = beam.advance(options[first_row : first_row + count])
            rows += [first_row + parent for parent, _ in moves]
            chosen += [token for _, token in moves]
            first_row += count
            if moves:
                going_on.append(beam)
        yield Step(beams, alive, counts, logits, extra)
        if rows != list(range(len(tokens))):
            state = select(state, torch.tensor(rows, dtype=torch.long, device=tokens.device))
        tokens = torch.tensor(chosen, dtype=torch.long, device=tokens.device)
        alive, length = going_on, length + 1


def best_options(
    log_probabilities: Tensor, rank: Rank | None, count: int
) -> list[list[tuple[float, float, int]]]:
    """The `count` best (rank, log-probability, token) of each row (N, V), best first."""
    ranks = log_probabilities if rank is None else rank(log_probabilities)
    best, tokens = ranks.topk(min(count, ranks.size(1)), dim=1)  # (N, count)
    ranked = best.tolist()
    chosen = ranked if rank is None else log_probabilities.gather(1, tokens).tolist()
    return [
        [(r, p, t) for r, p, t in zip(*row, strict=True) if r != NEVER]
        for row in zip(ranked, chosen, tokens.tolist(), strict=True)
    ]


def select(state: Any, rows: Tensor) -> Any:
    """The state of the given rows (M,) only, in their order."""
    if isinstance(state, Tensor):
        return state.index_select(0, rows)
    if hasattr(state, "select"):
        return state.select(rows)
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
