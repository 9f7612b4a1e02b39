"""What a wider beam brings: measured on test sentences, and tried on the one at hand.

    score = log P(tokens) / length ** penalty,  penalty 1 or 0

P. Koehn and R. Knowles, 2017, section 3.6, https://aclanthology.org/W17-3204
Y. Yang, L. Huang and M. Ma, 2018, https://aclanthology.org/D18-1342
"""

from dataclasses import dataclass
from typing import Any

from playground.reading.measurements import by_beam_width
from playground.reading.plain import fields
from playground.reading.searched import searched
from playground.reading.translating import french
from playground.translation.shared import AS_TYPED, MODEL
from playground.translation.wider import SCORE

WIDTHS = (1, 2, 4, 8, 16, 32)
MOST = 1_280  # hypotheses times source tokens: what a person waits for, a second or two
PENALTIES = {"length": 1.0, "whole": 0.0}


@dataclass(frozen=True)
class Found:
    """What a beam of some width finds."""

    beam: int
    text: str
    log_probability: float  # nats
    length: int  # tokens, ⟨end⟩ included
    score: float
    finished: bool  # False: cut at the limit of its length, so a beginning alone


@dataclass(frozen=True)
class Trace:
    """This sentence by beam width, and what was measured on test sentences."""

    found: list[Found]  # narrowest first
    measured: dict[str, list[dict[str, Any]]]  # by model, of the chosen score
    notes: tuple[str, ...] = ()  # what was repaired and left out of what was typed

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer."""
        return fields(self)


def explain(
    text: str,
    model: str = MODEL.default,
    score: str = SCORE.default,
    as_typed: bool = AS_TYPED.default,
) -> Trace:
    """A sentence by beams 1 to 32 wide, a long one less; BLEU and length on test sentences.

    Args:
        text: French, at most 1,000 characters and 160 words or pieces.
        model: "transformer" or "attention".
        score: what finished texts are compared by: "length" (log P / length) or "whole" (log P).
        as_typed: true reads the text without repairing capitals, accents and marks.

    Returns:
        found (beam, text, log_probability in nats, length in tokens, score, finished), measured (by
        model: beam, sentences, bleu, length, 1 being as long as people's translations).

    Raises ValueError, in a sentence, for bad text or settings.
    """
    network, tokenizer, text, tokens, told = french(model, text, as_typed)
    penalty = PENALTIES[SCORE.check(score)]
    widths = [width for width in WIDTHS if width * len(tokens) <= MOST]
    if widths[-1] < WIDTHS[-1]:
        told = (*told, f"A long text: no beam wider than {widths[-1]} was tried on it.")
    found = []
    for width in widths:
        search = searched(network, tokenizer, text, width, penalty)
        best = search.hypotheses[0]
        said = tokenizer.decode(best.tokens)
        found.append(
            Found(
                width,
                said,
                best.log_probability,
                len(best.tokens),
                best.score(penalty),
                best.finished,
            )
        )
    measured = {
        name: [entry for entry in entries if entry["length_penalty"] == penalty]
        for name, entries in by_beam_width().items()
    }
    return Trace(found, measured, told)
