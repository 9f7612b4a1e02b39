"""Search error or model error: the log-probabilities of all suspects, and exact search's proof.

    search error: log P(expected) > log P(what the beam found): the search missed it
    model error:  the model itself prefers another

F. Stahlberg and B. Byrne, 2019, https://aclanthology.org/D19-1331
"""

import math
from dataclasses import dataclass
from typing import Any

import torch

from playground.reading.difference import compared
from playground.reading.measurements import search_errors
from playground.reading.plain import fields
from playground.reading.quality import bleu, chrf
from playground.reading.searched import searched
from playground.reading.translating import device_of, french, wanted_tokens
from playground.translation.fault import EXPECTED
from playground.translation.shared import AS_TYPED, MODEL, WIDTH
from seq_models import END
from seq_models.exact import exact_search
from seq_models.seq2seq import Seq2Seq
from seq_models.tokenizer import Tokenizer
from seq_models.translate import NEVER_WRITTEN, limit, read, source_ids

MOST = 1_500  # expansions of the exact search: a second or two
MOST_NATS = math.log(1e6)  # a difference that is still told as a number of times
SAME = 1e-3  # nats: two ways to compute one log-probability differ by less


@dataclass(frozen=True)
class Suspect:
    """A translation, whoever it is from."""

    name: str  # beam, greedy, yours, empty, exact
    text: str
    log_probability: float  # nats
    tokens: int  # ⟨end⟩ included
    finished: bool = True  # False: cut at the limit of its length, so a beginning alone


@dataclass(frozen=True)
class Trace:
    """What the model thinks of some translations of one sentence."""

    suspects: list[Suspect]  # likeliest first
    verdict: str  # none, same, search, model
    expansions: int  # beginnings that the exact search read
    proved: bool  # no text is likelier than the first suspect that is whole
    difference: list[tuple[str, str]]  # words of the beam's and the expected: same, removed, added
    chrf: float | None  # 0..100, of the beam's against the expected; None without one
    bleu: float | None
    measured: dict[str, dict[str, Any]]  # `measurements.search_errors`
    notes: tuple[str, ...] = ()  # what was repaired and left out of what was typed

    def named(self, name: str) -> Suspect | None:
        """A suspect by its name."""
        return next((one for one in self.suspects if one.name == name), None)

    @property
    def times(self) -> float | None:
        """How many times likelier the likelier one of the beam's and the expected is."""
        mine, yours = self.named("beam"), self.named("yours")
        if mine is None or yours is None or not mine.finished:
            return None
        gap = abs(yours.log_probability - mine.log_probability)
        return math.exp(gap) if gap < MOST_NATS else None

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer."""
        return fields(self) | {"times": self.times}


def explain(
    text: str,
    model: str = MODEL.default,
    expected: str = EXPECTED.default,
    beam_width: int = WIDTH.default,
    as_typed: bool = AS_TYPED.default,
) -> Trace:
    """Why a translation is not the one that was expected.

    Args:
        text: French, at most 1,000 characters and 160 words or pieces.
        model: "transformer" or "attention".
        expected: an English translation; empty compares only what the model finds itself.
        beam_width: hypotheses kept, 1 (greedy) to 10.
        as_typed: true reads the text without repairing capitals, accents and marks.

    Returns:
        suspects (beam, greedy, yours, empty and, if it found a likelier one, exact; each with text,
        log_probability in nats and tokens; likeliest first), verdict ("search": the search missed
        yours; "model": the model prefers its own; "same"; "cut": the beam found no end; "none"),
        expansions and proved of the exact search, difference, chrf and bleu; times (how many times
        likelier the likelier of the beam's and yours is, null beyond a million); measured (by
        model, over test sentences: missed, how often something is likelier than what a beam of 4
        finds, and empty_best, how often that is the empty translation).

    Raises ValueError, in a sentence, for bad text or settings.
    """
    network, tokenizer, text, _, told = french(model, text, as_typed)
    width = WIDTH.check(beam_width)
    expected = EXPECTED.check(expected).strip()
    ids = source_ids(tokenizer, text)
    found = beam(network, tokenizer, text, width)
    found.append(forced(network, tokenizer, text, "empty", "", [END]))
    if expected:
        tokens = wanted_tokens(network, tokenizer, ids, expected)
        expected = tokenizer.decode(tokens)  # as the beam's is written
        found.append(forced(network, tokenizer, text, "yours", expected, [*tokens, END]))
    with torch.inference_mode():
        state = network.start(torch.tensor([ids], device=device_of(network)))
    likeliest = max(one.log_probability for one in found if one.finished)
    proof = exact_search(
        network,
        state,
        limit(len(ids)),
        device_of(network),
        likeliest + SAME,
        MOST,
        NEVER_WRITTEN,
        least=0,
    )
    if proof.best is not None:
        best = proof.best
        said = tokenizer.decode(best.tokens)
        found.append(Suspect("exact", said, best.log_probability, len(best.tokens)))
    found.sort(key=lambda one: -one.log_probability)
    mine = next(one for one in found if one.name == "beam")
    yours = next((one for one in found if one.name == "yours"), None)
    return Trace(
        suspects=found,
        verdict=verdict(mine, yours),
        expansions=proof.expansions,
        proved=proof.proved,
        difference=compared(mine.text, expected) if expected else [],
        chrf=chrf(mine.text, expected) if expected else None,
        bleu=bleu(mine.text, expected) if expected else None,
        measured=search_errors(),
        notes=told,
    )


def beam(network: Seq2Seq, tokenizer: Tokenizer, text: str, width: int) -> list[Suspect]:
    """What the beam and greedy decoding find; the beam's likeliest, whatever its length."""
    found = []
    for name, wide in (("beam", width), ("greedy", 1)):
        search = searched(network, tokenizer, text, wide, 0.0)
        best = search.hypotheses[0]
        said = tokenizer.decode(best.tokens)
        length = len(best.tokens)
        found.append(Suspect(name, said, best.log_probability, length, best.finished))
    return found


def forced(
    network: Seq2Seq, tokenizer: Tokenizer, text: str, name: str, said: str, tokens: list[int]
) -> Suspect:
    """The model made to write these tokens."""
    reading = read(network, tokenizer, text, tokens)
    return Suspect(name, said, sum(reading.log_probabilities), len(tokens))


def verdict(mine: Suspect, yours: Suspect | None) -> str:
    """Whose fault it is that the beam's translation is not the expected one."""
    if yours is None:
        return "none"
    if yours.text == mine.text:
        return "same"
    if not mine.finished:
        return "cut"
    return "search" if yours.log_probability > mine.log_probability + SAME else "model"
