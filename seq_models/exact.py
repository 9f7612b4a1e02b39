"""Exact search finds the best text there is, or proves that none beats the one already found.

    depth first: go on from a beginning only while log P(beginning) still beats the best whole text

A word more never makes a text likelier, so what falls behind can never catch up.
F. Stahlberg and B. Byrne, 2019, section 3, https://aclanthology.org/D19-1331
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from seq_models import END, START
from seq_models.beam import Hypothesis
from seq_models.decode import FORBIDDEN, Model, select

ROWS = 32  # beginnings that the model reads in one step: likelier ones of the same parent


@dataclass(frozen=True)
class Exact:
    """What an exact search found."""

    best: Hypothesis | None  # likelier than what it had to beat; None if it found nothing so
    expansions: int  # beginnings that the model read
    proved: bool  # nothing better exists; False: it stopped at its limit of expansions


@dataclass(frozen=True)
class Beginning:
    """A text so far, not yet ended, and what the model says comes after it."""

    tokens: tuple[int, ...]
    log_probabilities: tuple[float, ...]  # each token's (nats)
    after: Tensor  # (V,), log-probabilities of the next token
    state: Any  # the model's, of this one row


def exact_search(
    model: Model,
    state: Any,
    limit: int,
    device: torch.device,
    to_beat: float = float("-inf"),
    most: int = 1_000,
    forbidden: Sequence[int] = FORBIDDEN,
    least: int = 1,
) -> Exact:
    """The likeliest text of `least` tokens before ⟨end⟩ to `limit` in all, from a state of one row.

    to_beat: the log-probability (nats) of a text already known; only likelier ones count.
    most: expansions after which it stops.
    """
    first, state = opened(model, [START], state, device)
    stack = [Beginning((), (), first[0], state)]
    best: Hypothesis | None = None
    expansions = 1
    while stack and expansions < most:
        node = stack.pop()
        total = sum(node.log_probabilities)
        end = total + node.after[END].item()
        if len(node.tokens) >= least and end > to_beat:
            to_beat = end
            best = grown(node, END)
        tokens = promising(node, total, to_beat, forbidden)
        if not tokens or len(node.tokens) + 1 >= limit:
            continue
        now, later = tokens[:ROWS], tokens[ROWS:]
        if later:  # the unlikelier ones wait, with what is said of the others taken away
            after = node.after.index_fill(0, torch.tensor([END, *now], device=device), -torch.inf)
            stack.append(Beginning(node.tokens, node.log_probabilities, after, node.state))
        rows = torch.zeros(len(now), dtype=torch.long, device=device)
        following, states = opened(model, now, select(node.state, rows), device)
        expansions += len(now)
        for row in reversed(range(len(now))):  # so that the likeliest is looked at next
            child = grown(node, now[row])
            own = select(states, torch.tensor([row], device=device))
            stack.append(Beginning(child.tokens, child.log_probabilities, following[row], own))
    return Exact(best, expansions, proved=not stack)


def opened(
    model: Model, tokens: Sequence[int], state: Any, device: torch.device
) -> tuple[Tensor, Any]:
    """Log-probabilities (N, V) after each of N tokens, and the state by then."""
    with torch.inference_mode():
        logits, state, _ = model.step(torch.tensor(tokens, device=device), state)
        return logits.float().log_softmax(dim=-1), state


def promising(node: Beginning, total: float, to_beat: float, forbidden: Sequence[int]) -> list[int]:
    """The tokens that a beginning can go on with and still win, likeliest first."""
    never = torch.tensor([*forbidden, END], device=node.after.device)
    after = node.after.index_fill(0, never, -torch.inf)
    hopes = (after + total > to_beat).nonzero()[:, 0]  # (N,)
    return hopes[after[hopes].argsort(descending=True)].tolist()


def grown(node: Beginning, token: int) -> Hypothesis:
    """A beginning with one more token."""
    said = node.after[token].item()
    return Hypothesis((*node.tokens, token), (*node.log_probabilities, said))
