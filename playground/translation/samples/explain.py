"""Minimum Bayes risk: the sample that is most like all samples.

    choice = argmax over h of sum over r of P(r) chrF(h, r),  P(r) as often as r was drawn

B. Eikema and W. Aziz, 2020, section 5, https://arxiv.org/abs/2005.10283
"""

import math
from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from playground.reading.plain import fields
from playground.reading.quality import chrf
from playground.reading.searched import searched
from playground.reading.translating import french
from playground.translation.samples import SEED, TEMPERATURE
from playground.translation.shared import AS_TYPED, MODEL
from seq_models import START
from seq_models.beam import Beam, Hypothesis
from seq_models.decode import select, steps
from seq_models.sample import sampler
from seq_models.seq2seq import Seq2Seq
from seq_models.tokenizer import Tokenizer
from seq_models.translate import NEVER_WRITTEN, limit, source_ids

DRAWS = 30


@dataclass(frozen=True)
class Trace:
    """N different texts among the draws, the most agreed-on first."""

    texts: list[str]  # N
    times: list[int]  # N, how often each was drawn; they sum to 30
    log_probabilities: list[float]  # N, of the likeliest way to write each (nats)
    cut: list[bool]  # N, whether it found no end: then it is a beginning, no text
    chrf: np.ndarray  # (N, N), 0..100, of the row's text with the column's as reference
    agreement: np.ndarray  # (N,), 0..100, the mean chrF with all draws as references
    beam: str  # what beam search of width 4 finds
    beam_log_probability: float  # nats
    beam_finished: bool  # whether that found an end
    held: float  # 0..1, of all different texts that ended together, without temperature
    notes: tuple[str, ...] = ()  # what was repaired and left out of what was typed

    @property
    def beam_probability(self) -> float:
        """0..1, of the beam's translation; 0 for one that found no end, so is no text."""
        return math.exp(self.beam_log_probability) if self.beam_finished else 0.0

    @property
    def mean_chrf(self) -> float | None:
        """0..100, of each text with each other; None where there is one text only."""
        others = self.chrf[~np.eye(len(self.texts), dtype=bool)]  # all but the diagonal
        return float(others.mean()) if len(others) else None

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer."""
        return fields(self) | {
            "beam_probability": self.beam_probability,
            "mean_chrf": self.mean_chrf,
        }


def explain(
    text: str,
    model: str = MODEL.default,
    temperature: float = TEMPERATURE.default,
    seed: int = SEED.default,
    as_typed: bool = AS_TYPED.default,
) -> Trace:
    """Thirty translations drawn at random, and the one that is most like all of them.

    Args:
        text: French, at most 1,000 characters and 160 words or pieces.
        model: "transformer" or "attention".
        temperature: 0.1 (nearly always the likeliest piece) to 2; 1 is as the model says.
        seed: the same seed draws the same translations.
        as_typed: true reads the text without repairing capitals, accents and marks.

    Returns:
        texts (different ones, the most agreed-on first) with times drawn, log_probabilities (nats),
        cut (whether it found no end), chrf of each pair, agreement (mean chrF with all draws), beam
        (what beam search of width 4 finds) with its log-probability and whether it found an end
        (beam_finished), held (the probability of all that ended together), beam_probability and
        mean_chrf (of each text with each other; null where there is one only).

    Raises ValueError, in a sentence, for bad text or settings.
    """
    network, tokenizer, text, _, told = french(model, text, as_typed)
    drawn = draw(network, tokenizer, text, TEMPERATURE.check(temperature), SEED.check(seed))
    said = [tokenizer.decode(one.tokens) for one in drawn]
    times = Counter(said)
    ways = sorted(zip(said, drawn, strict=True),
                  key=lambda way: (way[1].finished, way[1].log_probability))  # fmt: skip
    best = dict(ways)  # of the ways to write a text the last, so the likeliest that ended
    texts = list(times)
    table = np.array([[chrf(one, other) for other in texts] for one in texts])  # (N, N)
    agreed = agreement(table, [times[one] for one in texts])
    order = np.argsort(-agreed, kind="stable")
    search = searched(network, tokenizer, text, 4)
    found = search.hypotheses[0]
    return Trace(
        texts=[texts[place] for place in order],
        times=[times[texts[place]] for place in order],
        log_probabilities=[best[texts[place]].log_probability for place in order],
        cut=[not best[texts[place]].finished for place in order],
        chrf=table[order][:, order],
        agreement=agreed[order],
        beam=tokenizer.decode(found.tokens),
        beam_log_probability=found.log_probability,
        beam_finished=found.finished,
        held=sum(math.exp(one.log_probability) for one in best.values() if one.finished),
        notes=told,
    )


def draw(
    network: Seq2Seq, tokenizer: Tokenizer, text: str, temperature: float, seed: int
) -> list[Hypothesis]:
    """Thirty texts, each piece drawn with its probability; all side by side in one batch."""
    ids = source_ids(tokenizer, text)
    device = next(network.parameters()).device
    with torch.inference_mode():
        one = network.start(torch.tensor([ids], device=device))
        state = select(one, torch.zeros(DRAWS, dtype=torch.long, device=device))
    beams = [Beam(1, 0.0, limit(len(ids))) for _ in range(DRAWS)]
    first = torch.full((DRAWS,), START, dtype=torch.long, device=device)
    for _ in steps(
        network, state, first, beams, sampler(temperature, seed=seed), NEVER_WRITTEN, least=1
    ):
        pass
    return [beam.result().hypotheses[0] for beam in beams]


def agreement(table: np.ndarray, times: list[int]) -> np.ndarray:
    """The mean chrF (N,) of each text, given that of each pair (N, N) and how often each came."""
    counts = np.array(times)
    mean: np.ndarray = table @ counts / counts.sum()
    return mean
