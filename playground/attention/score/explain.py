"""Why the recurrent translator looked at a word: the additive score, term by term."""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from playground.attention.score import SOURCE, TARGET
from playground.attention.shared import AS_TYPED
from playground.reading.translating import Written, write
from playground.settings import within
from seq_models import START
from seq_models.recurrent import RecurrentState

UNITS = 8  # told one by one; the others only as a sum


@dataclass(frozen=True)
class Unit:
    """One hidden unit's part in the score of one source token."""

    unit: int  # from 0
    query: float  # q, of the decoder's state
    key: float  # k, of the source token
    sum: float  # q + k
    tanh: float  # of the sum, -1..1
    v: float  # what the score multiplies it by
    term: float  # v tanh(q + k)


@dataclass(frozen=True)
class Trace:
    """How one target token's scores of S source tokens came about: score[i] = sum of terms[i]."""

    source: list[str]  # S, ⟨end⟩ included
    target: list[str]  # T
    target_position: int  # of the token about to be written, from 1
    source_position: int  # of the token that `units` and `rest` are about, from 1
    scores: np.ndarray  # (S,)
    weights: np.ndarray  # (S,), the softmax of the scores
    terms: np.ndarray  # (S, H), v[j] tanh(query[j] + keys[i, j])
    query: np.ndarray  # (H,)
    keys: np.ndarray  # (S, H), bias included
    v: np.ndarray  # (H,)
    context: np.ndarray  # (H,), weights @ encoder_outputs
    encoder_outputs: np.ndarray  # (S, H)
    units: list[Unit]  # those whose terms differ most between source tokens, most first
    rest: float  # the sum of all other units' terms
    notes: tuple[str, ...]  # what was repaired and left out of what was typed

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer: of the (S, H) arrays only what the told units have."""
        told = [unit.unit for unit in self.units]
        return {
            "source": self.source,
            "target": self.target,
            "target_position": self.target_position,
            "source_position": self.source_position,
            "scores": self.scores.tolist(),
            "weights": self.weights.tolist(),
            "units": [asdict(unit) for unit in self.units],
            "rest": self.rest,
            "terms": self.terms[:, told].tolist(),
            "context": self.context.tolist(),
            "notes": list(self.notes),
        }


def explain(
    text: str,
    target: int = TARGET.default,
    source: int = SOURCE.default,
    as_typed: bool = AS_TYPED.default,
) -> Trace:
    """Take apart the additive attention scores from which one English token was written.

    Args:
        text: French, at most 1,000 characters and 160 words or pieces.
        target: which token of the translation, from 1.
        source: which token of the text the told units are about, from 1.
        as_typed: true reads the text without repairing capitals, accents and marks.

    Returns:
        source and target tokens, both positions, scores and weights of each source token, units
        (the eight whose terms differ most: query, key, sum, tanh, v, term), rest (the sum of all
        other terms), terms (of those units for each source token), context, notes (what was
        repaired and left out).

    Raises ValueError, in a sentence, for bad text or positions.
    """
    made = write(text, as_typed)
    row = within(TARGET, target, len(made.target))
    column = within(SOURCE, source, len(made.source))
    with torch.inference_mode():
        state = state_before(made, row)
        attention = made.network.decoder.attention
        seen = (state.hidden, state.enc_out)
        scores = attention.score(*seen, state.source_mask, state.projected)
        context, weights = attention(*seen, state.source_mask, state.projected)
        terms = numbers(attention.terms(*seen, state.projected)[0])  # (S, H)
        query, keys = numbers(attention.query(state.hidden)[0]), numbers(state.projected[0])
    v = numbers(attention.v.weight[0])
    units = told(query, keys[column - 1], v, terms, column - 1)
    return Trace(
        source=made.source,
        target=made.target,
        target_position=row,
        source_position=column,
        scores=numbers(scores[0]),
        weights=numbers(weights[0]),
        terms=terms,
        query=query,
        keys=keys,
        v=v,
        context=numbers(context[0, 0]),
        encoder_outputs=numbers(state.enc_out[0]),
        units=units,
        rest=float(np.delete(terms[column - 1], [unit.unit for unit in units]).sum()),
        notes=made.notes,
    )


def state_before(made: Written, position: int) -> RecurrentState:
    """The decoder's state when it is about to write the token at `position`, from 1."""
    device = next(made.network.parameters()).device
    state = made.network.start(torch.tensor([made.ids], device=device))
    for token in [START, *made.best.tokens][: position - 1]:
        _, state, _ = made.network.step(torch.tensor([token], device=device), state)
    assert isinstance(state, RecurrentState)
    return state


def told(
    query: np.ndarray, key: np.ndarray, v: np.ndarray, terms: np.ndarray, column: int
) -> list[Unit]:
    """The `UNITS` units whose terms (S, H) spread most over the source, and their part in one."""
    most = np.argsort(-np.ptp(terms, axis=0), kind="stable")[:UNITS]
    return [
        Unit(
            unit=unit,
            query=float(query[unit]),
            key=float(key[unit]),
            sum=float(query[unit] + key[unit]),
            tanh=float(np.tanh(query[unit] + key[unit])),
            v=float(v[unit]),
            term=float(terms[column, unit]),
        )
        for unit in most.tolist()
    ]


def numbers(values: Tensor) -> np.ndarray:
    """A tensor as numbers of double precision."""
    return values.cpu().double().numpy()
