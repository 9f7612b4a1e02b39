"""Finished texts by their score, to be ranked anew on the page: no server is asked.

    score = log P / penalty(length) + beta * coverage

The page's assets/panel_ranking.js draws the same rows in another order.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from playground.drawing.bars import TOP, Bars, Texts, bars, row_heights, translations
from playground.drawing.marks import Drawing
from playground.drawing.numbers import minus

LENGTH = 100  # pixels of the longest bar, of a score of 0


@dataclass(frozen=True)
class Ranked:
    """A finished text."""

    text: str
    log_probability: float  # nats
    length: int  # tokens
    coverage: float  # at most 0


@dataclass(frozen=True)
class Ranking:
    """Finished texts, best first, and what ranking them anew needs.

    alpha: the power of the length that ranked them so. alive: the log-probability (nats) of the
    likeliest that was still alive, None where nothing could go on. limit: tokens that a text may
    have. fixed: whether the search stopped without asking for scores. told: the sentences, with
    {first}, {score}, {was}, {alive} and {hope} in them. labels: of the controls, by their names.
    """

    rows: Sequence[Ranked]
    alpha: float
    alive: float | None
    limit: int
    fixed: bool
    told: Mapping[str, str]
    labels: Mapping[str, str]

    def score(self, row: Ranked) -> float:
        """A text's score as it is ranked now."""
        return row.log_probability / float(row.length**self.alpha)

    @property
    def columns(self) -> list[Bars | Texts]:
        """The texts as they are ranked now, and their numbers."""
        scores = [self.score(row) for row in self.rows]
        return [
            translations([row.text for row in self.rows]),
            Bars([math.exp(score) for score in scores], [minus(f"{score:.3f}") for score in scores],
                 "score", largest=1.0, length=LENGTH),
            Texts([minus(f"{row.log_probability:.2f}") for row in self.rows], "log P"),
            Texts([str(row.length) for row in self.rows], "pieces"),
            Texts([minus(f"{row.coverage:.2f}") for row in self.rows], "coverage"),
        ]  # fmt: skip

    def drawing(self) -> Drawing:
        """Each text with its place."""
        return bars([str(place) for place in range(1, len(self.rows) + 1)], self.columns)

    def to_json(self) -> dict[str, Any]:
        """The drawing, and beside it what the page ranks anew."""
        more = asdict(self) | {
            "heights": row_heights(self.columns, len(self.rows)),
            "top": TOP,
            "length": LENGTH,
        }
        return self.drawing().to_json() | {"ranking": more}
