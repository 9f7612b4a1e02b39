"""A beam search keeps the best few beginnings of a text, and remembers all that it weighed.

    score = log P(tokens) / length ** length_penalty

Y. Wu et al., 2016, section 7, https://arxiv.org/abs/1609.08144
"""

from dataclasses import dataclass
from typing import Literal

from seq_models import END


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
