"""A beam search for people: every beginning that it weighed, in words, and what became of each.

A pruned one says how much likelier it would have had to be to stay.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from playground.reading.text import target_labels
from playground.reading.translating import device_of
from seq_models import END, START
from seq_models.beam import Candidate, Search
from seq_models.decode import select
from seq_models.decoder import DecoderWeights
from seq_models.seq2seq import Seq2Seq
from seq_models.tokenizer import SPECIAL, Tokenizer

TAIL = 20  # tokens of a candidate's text that a step tells


@dataclass(frozen=True)
class Step:
    """One candidate of one step of the search."""

    step: int  # from 1
    parent: int  # the place among all steps of the beginning that it goes on from; -1: ⟨start⟩
    word: str  # what it adds
    text: str  # so far, as typed; only its end, where it is long
    log_probability: float  # nats
    score: float
    fate: str  # kept, finished or pruned
    needed: float | None  # nats that a pruned one lacked to stay; None for the others
    token: int  # what it adds, as a number of the vocabulary


def search_steps(tokenizer: Tokenizer, search: Search, width: int) -> list[Step]:
    """Every candidate that the search of this width weighed, with its text so far."""
    live: list[tuple[int, tuple[int, ...]]] = [(-1, ())]  # each one's place, and its tokens
    told: list[Step] = []
    for number, weighed in enumerate(search.steps, start=1):
        kept = []
        for candidate in weighed:
            parent, before = live[candidate.parent]
            tokens = (*before, candidate.token)
            step = Step(
                number,
                parent,
                target_labels(tokenizer, [candidate.token])[0],
                so_far(tokenizer, tokens),
                candidate.log_probability,
                candidate.score,
                candidate.fate,
                needed(candidate, weighed, width),
                candidate.token,
            )
            if candidate.fate == "kept":
                kept.append((len(told), tokens))
            told.append(step)
        live = kept
    return told


def so_far(tokenizer: Tokenizer, tokens: Sequence[int]) -> str:
    """A beginning as typed, ⟨end⟩ told after it; only its end, where it is long."""
    said = tokenizer.decode(tokens[-TAIL:])
    begun = ["…"] if len(tokens) > TAIL else []
    ended = [SPECIAL[END]] if tokens[-1] == END else []
    return " ".join([*begun, said, *ended])


def needed(candidate: Candidate, weighed: Sequence[Candidate], width: int) -> float | None:
    """The nats that a pruned candidate lacked: to be kept, or for ⟨end⟩ among the first `width`.

    weighed: all of its step, likeliest first.
    """
    if candidate.fate != "pruned":
        return None
    if candidate.token == END:
        last = weighed[width - 1]
    else:
        last = [one for one in weighed if one.fate == "kept"][-1]
    return last.log_probability - candidate.log_probability


def live_beginnings(search: Search) -> list[list[tuple[int, ...]]]:
    """The tokens of what was alive before each step, in the order of `Candidate.parent`."""
    found: list[list[tuple[int, ...]]] = []
    live: list[tuple[int, ...]] = [()]
    for weighed in search.steps:
        found.append(live)
        live = [(*live[one.parent], one.token) for one in weighed if one.fate == "kept"]
    return found


def live_weights(network: Seq2Seq, ids: Sequence[int], search: Search) -> list[np.ndarray]:
    """Where the decoder looked before each step to go on from each beginning: (live, S) each.

    The search's own steps, taken once more: as much memory as one of them, however long it went on.
    The mean over the heads of the last layer, each row summing to 1. ids: the source, ⟨end⟩
    included.
    """
    device = device_of(network)
    found: list[np.ndarray] = []
    tokens, rows = [START], [0]
    with torch.inference_mode():
        state = network.start(torch.tensor([[*ids]], device=device))
        for weighed in search.steps:
            state = select(state, torch.tensor(rows, device=device))
            _, state, looked = network.step(torch.tensor(tokens, device=device), state)
            last = looked.cross[-1].mean(1)[:, 0] if isinstance(looked, DecoderWeights) else looked
            found.append(last.float().cpu().numpy())
            kept = [one for one in weighed if one.fate == "kept"]
            tokens, rows = [one.token for one in kept], [one.parent for one in kept]
    return found


def weights_along(
    live: Sequence[Sequence[tuple[int, ...]]],
    weights: Sequence[np.ndarray],
    tokens: Sequence[int],
) -> np.ndarray:
    """Where the decoder looked for each token of a text that the search finished: (T, S).

    live: of `live_beginnings`. weights: of `live_weights`.
    """
    places = [live[step].index(tuple(tokens[:step])) for step in range(len(tokens))]
    return np.stack([weights[step][place] for step, place in enumerate(places)])


def along(steps: Sequence[Step], tokens: Sequence[int]) -> list[int]:
    """The places of the steps that a text goes along, as far as the search went with it."""
    children: dict[tuple[int, int], int] = {}
    for place, step in enumerate(steps):
        children[step.parent, step.token] = place
    path: list[int] = []
    last = -1
    for token in tokens:
        if (last, token) not in children:
            break
        last = children[last, token]
        path.append(last)
    return path
