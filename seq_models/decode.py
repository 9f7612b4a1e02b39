"""Decoding feeds a model's own prediction back in, one token at a time, until it says ⟨end⟩.

    beam search: keep the `width` best beginnings, by
    score = log P(tokens) / length ** length_penalty

Greedy decoding is a beam of width 1. Sampling is a beam of width 1 that ranks by
log P(token) + Gumbel noise, which draws each token with exactly its probability.

Beam search with a length penalty: Y. Wu et al., 2016, section 7, https://arxiv.org/abs/1609.08144
Top-p: A. Holtzman et al., 2020, section 3.1, https://arxiv.org/abs/1904.09751
Gumbel noise: W. Kool et al., 2019, section 2.3, https://arxiv.org/abs/1903.06059
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import torch
from torch import Tensor

from seq_models import END, PAD, START

Rank = Callable[[Tensor], Tensor]
"""Log-probabilities (N, V) to what candidates are ranked by (N, V); minus infinity: never."""

FORBIDDEN = (PAD, START)  # no text goes on with these


class Model(Protocol):
    """All that decoding knows of a model."""

    def step(self, tokens: Tensor, state: Any) -> tuple[Tensor, Any, Any]:
        """Read one token each, tokens (N,): logits (N, V), the new state, anything else.

        A state is a tensor with the rows first, or a tuple of states.
        """
        ...


@dataclass(frozen=True)
class Hypothesis:
    """A text so far."""

    tokens: tuple[int, ...] = ()  # with ⟨end⟩, when it is finished
    log_probabilities: tuple[float, ...] = ()  # each token's, given those before (nats)

    @property
    def log_probability(self) -> float:
        """Of the whole text (nats)."""
        return sum(self.log_probabilities)

    @property
    def finished(self) -> bool:
        """Whether it said ⟨end⟩, rather than being cut at the limit."""
        return self.tokens[-1:] == (END,)

    def score(self, length_penalty: float) -> float:
        """What hypotheses of different lengths are compared by."""
        return self.log_probability / max(1, len(self.tokens)) ** length_penalty


@dataclass(frozen=True)
class Candidate:
    """One way to go on that a step of the search weighed."""

    parent: int  # which of the step's live hypotheses it extends, 0 the best
    token: int
    log_probability: float  # of the whole text (nats)
    score: float
    fate: Literal["kept", "finished", "pruned"]


@dataclass(frozen=True)
class Search:
    """What a search found for one text, and how."""

    hypotheses: list[Hypothesis]  # best first
    steps: list[list[Candidate]]  # each step's candidates, best first


class Beam:
    """The search for one text: its live hypotheses, the finished ones, all candidates so far."""

    def __init__(self, width: int, length_penalty: float, limit: int) -> None:
        self.width = width
        self.length_penalty = length_penalty
        self.limit = limit
        self.live = [Hypothesis()]
        self.finished: list[Hypothesis] = []
        self.steps: list[list[Candidate]] = []

    def advance(self, options: list[list[tuple[float, float, int]]]) -> list[tuple[int, int]]:
        """Take one step.

        options: for each live hypothesis, its best (rank, log-probability, token), all negative
        infinities left out. Returns (parent, token) of each hypothesis that lives on.
        """
        pool = [
            (sum(self.live[parent].log_probabilities) + rank, parent, log_probability, token)
            for parent, best in enumerate(options)
            for rank, log_probability, token in best
        ]
        pool.sort(key=lambda option: (-option[0], option[1]))
        moves: list[tuple[int, int]] = []
        live: list[Hypothesis] = []
        step: list[Candidate] = []
        for place, (_, parent, log_probability, token) in enumerate(pool[: 2 * self.width]):
            before = self.live[parent]
            grown = Hypothesis(
                (*before.tokens, token), (*before.log_probabilities, log_probability)
            )
            fate: Literal["kept", "finished", "pruned"] = "pruned"
            if token == END:
                if place < self.width:
                    fate = "finished"
                    self.finished.append(grown)
            elif len(live) < self.width:
                fate = "kept"
                live.append(grown)
                moves.append((parent, token))
            score = grown.score(self.length_penalty)
            step.append(Candidate(parent, token, grown.log_probability, score, fate))
        self.live = live
        self.steps.append(step)
        return [] if self.done else moves

    @property
    def done(self) -> bool:
        """Enough hypotheses are finished, or the limit is reached."""
        enough = len(self.finished) >= self.width
        return enough or not self.live or len(self.steps) >= self.limit

    def result(self) -> Search:
        """The best finished hypotheses; where too few finished, the best live ones after them."""
        best = sorted(self.finished, key=self._score, reverse=True)
        rest = sorted(self.live, key=self._score, reverse=True)
        return Search((best + rest)[: self.width], self.steps)

    def _score(self, hypothesis: Hypothesis) -> float:
        return hypothesis.score(self.length_penalty)


def steps(
    model: Model,
    state: Any,
    first: Tensor,
    beams: Sequence[Beam],
    rank: Rank | None = None,
    forbidden: Sequence[int] = FORBIDDEN,
) -> Iterator[Sequence[Beam]]:
    """The one loop: ask the model, let every beam choose, feed the choices back in.

    first (B,): the token that each text goes on from, B = len(beams); `state` is the state before
    it. Yields the beams after each step; those that are done cost nothing more.
    """
    tokens, alive = first, list(beams)
    while alive:
        with torch.inference_mode():
            logits, state, _ = model.step(tokens, state)
            log_probabilities = logits.float().log_softmax(dim=-1)  # (N, V)
            ranks = log_probabilities.clone() if rank is None else rank(log_probabilities)
            ranks[:, list(forbidden)] = float("-inf")
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
        alive = going_on
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
) -> list[Search]:
    """Translate from `state`, one search for each of its rows; width 1 is greedy decoding.

    limits: the most tokens each text may have. Raises ValueError for a width below 1.
    """
    if width < 1:
        raise ValueError(f"width is {width}; a beam needs at least 1")
    beams = [Beam(width, length_penalty, limit) for limit in limits]
    first = torch.full((len(beams),), START, dtype=torch.long, device=device)
    for _ in steps(model, state, first, beams):
        pass
    return [beam.result() for beam in beams]


def sampler(
    temperature: float = 1.0, top_k: int | None = None, top_p: float = 1.0, seed: int = 0
) -> Rank:
    """A rank that draws tokens at random, the same ones again for the same seed."""
    generator = torch.Generator().manual_seed(seed)

    def rank(log_probabilities: Tensor) -> Tensor:
        allowed = reshape(log_probabilities, temperature, top_k, top_p)
        uniform = torch.rand(allowed.shape, generator=generator).clamp(1e-20, 1 - 1e-7)
        return allowed - (-uniform.log()).log().to(allowed.device)

    return rank


def reshape(
    log_probabilities: Tensor, temperature: float, top_k: int | None, top_p: float
) -> Tensor:
    """Log-probabilities (N, V) to choose from; minus infinity for what the rules remove.

    temperature: below 1 sharper, above 1 flatter. top_k: keep the k likeliest. top_p (0..1]: of
    those, keep the smallest set that holds this much probability. Raises ValueError otherwise.
    """
    if temperature <= 0:
        raise ValueError(f"temperature is {temperature}; it must be above 0")
    if top_k is not None and top_k < 1:
        raise ValueError(f"top_k is {top_k}; it must be at least 1")
    if not 0 < top_p <= 1:
        raise ValueError(f"top_p is {top_p}; it must be above 0 and at most 1")
    shaped = (log_probabilities / temperature).log_softmax(dim=-1)
    if top_k is not None and top_k < shaped.size(-1):
        least = shaped.topk(top_k, dim=-1).values[:, -1:]
        shaped = shaped.masked_fill(shaped < least, float("-inf")).log_softmax(dim=-1)
    if top_p < 1:
        ordered, order = shaped.sort(dim=-1, descending=True, stable=True)
        before = ordered.exp().cumsum(dim=-1) - ordered.exp()  # held by likelier words
        removed = torch.zeros_like(before, dtype=torch.bool).scatter(-1, order, before >= top_p)
        shaped = shaped.masked_fill(removed, float("-inf")).log_softmax(dim=-1)
    return shaped
