"""A beam search keeps the best few beginnings of a text, and remembers all that it weighed.

    score = log P(tokens) / length ** length_penalty

It stops when nothing alive can win: log P only falls, so a hypothesis can at best reach the limit
with what it has now. Or, as many do, as soon as `width` texts are finished.

Y. Wu et al., 2016, section 7, https://arxiv.org/abs/1609.08144
L. Huang, K. Zhao, M. Ma, 2017, on when to stop, https://aclanthology.org/D17-1227
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Literal, get_args

from seq_models import END
from seq_models.limits import finite, shown, whole

MOST_WIDTH = 1_000  # hypotheses; more are no search but a flood
MOST_LENGTH = 10_000  # tokens
MOST_PENALTY = 10.0
Stop = Literal["nothing_alive_can_win", "width_finished"]


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

    def grown(self, token: int, log_probability: float) -> "Hypothesis":
        """With one token more."""
        return Hypothesis((*self.tokens, token), (*self.log_probabilities, log_probability))

    def score(self, length_penalty: float) -> float:
        """What hypotheses of different lengths are compared by."""
        return self.log_probability / float(max(1, len(self.tokens)) ** length_penalty)


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

    hypotheses: list[Hypothesis]  # the `width` best of different texts, best first
    steps: list[list[Candidate]]  # each step's candidates, best first
    finished: list[Hypothesis] = field(default_factory=list)  # all that said ⟨end⟩, best first


class Beam:
    """The search for one text: its live hypotheses, the finished ones, all candidates so far.

    text_of: what a hypothesis' tokens say; of those that say the same only the best counts.
    Raises ValueError for settings that no search can have.
    """

    def __init__(
        self,
        width: int,
        length_penalty: float,
        limit: int,
        stop: Stop = "nothing_alive_can_win",
        text_of: Callable[[Sequence[int]], Hashable] = tuple,
    ) -> None:
        if stop not in get_args(Stop):
            known = ", ".join(get_args(Stop))
            raise ValueError(f"stop is {shown(stop)}; it must be one of {known}")
        self.width = whole("width", width, 1, MOST_WIDTH)
        self.length_penalty = finite("length_penalty", length_penalty, 0, MOST_PENALTY)
        self.limit = whole("limit", limit, 1, MOST_LENGTH)
        self.stop = stop
        self.live = [Hypothesis()]
        self.finished: list[Hypothesis] = []
        self.steps: list[list[Candidate]] = []
        self._text_of = text_of
        self._texts: set[Hashable] = set()  # of the finished ones

    def advance(self, options: list[list[tuple[float, float, int]]]) -> list[tuple[int, int]]:
        """Take one step.

        options: for each live hypothesis, its best (rank, log-probability, token), all negative
        infinities left out. Returns (parent, token) of each hypothesis that lives on.
        """
        totals = [hypothesis.log_probability for hypothesis in self.live]
        pool = [
            (totals[parent] + rank, parent, log_probability, token)
            for parent, best in enumerate(options)
            for rank, log_probability, token in best
        ]
        pool.sort(key=itemgetter(0), reverse=True)  # of equals the earlier parent comes first
        length = float((len(self.steps) + 1) ** self.length_penalty)
        moves: list[tuple[int, int]] = []
        live: list[Hypothesis] = []
        step: list[Candidate] = []
        for place, (_, parent, log_probability, token) in enumerate(pool[: 2 * self.width]):
            fate: Literal["kept", "finished", "pruned"] = "pruned"
            if token == END:
                if place < self.width:
                    fate = "finished"
                    grown = self.live[parent].grown(token, log_probability)
                    self.finished.append(grown)
                    self._texts.add(self._text_of(grown.tokens))
            elif len(live) < self.width:
                fate = "kept"
                live.append(self.live[parent].grown(token, log_probability))
                moves.append((parent, token))
            total = totals[parent] + log_probability
            step.append(Candidate(parent, token, total, total / length, fate))
        self.live = live
        self.steps.append(step)
        return [] if self.done else moves

    @property
    def done(self) -> bool:
        """Whether the search is over; a beam of 1 is greedy and ends with its first text."""
        if not self.live or len(self.steps) >= self.limit:
            return True
        if len(self._texts) < self.width:
            return False
        if self.width == 1 or self.stop == "width_finished":
            return True
        return max(map(self._hope, self.live)) <= max(map(self._score, self.finished))

    def result(self) -> Search:
        """The best finished hypotheses; where too few finished, the best live ones after them."""
        best = sorted(self.finished, key=self._score, reverse=True)
        rest = sorted(self.live, key=self._score, reverse=True)
        different = {self._text_of(h.tokens): h for h in reversed(best + rest)}
        ranked = [h for h in best + rest if different[self._text_of(h.tokens)] is h]
        return Search(ranked[: self.width], self.steps, best)

    def _score(self, hypothesis: Hypothesis) -> float:
        return hypothesis.score(self.length_penalty)

    def _hope(self, hypothesis: Hypothesis) -> float:
        """More than any text that begins so can score."""
        return hypothesis.log_probability / float(self.limit**self.length_penalty)
