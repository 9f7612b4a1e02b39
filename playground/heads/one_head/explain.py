"""One head of a Transformer at work, and those pinned beside it: where it looks, what it takes.

    looks[t][s] = weights[t][s],  takes[t][s] = |weights[t][s] * written(values[s])|

G. Kobayashi et al., 2020, section 3, https://arxiv.org/abs/2004.10102
Written or read: Y. Chen et al., 2020, section 3, https://arxiv.org/abs/2004.14837
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from playground.heads.one_head import MEASURE, PINNED, READING
from playground.heads.shared import AS_TYPED, HEAD, LAYER, PIECES, STACK
from playground.reading.looks import Looked, looked
from playground.reading.measurements import habits, head_alignment
from playground.reading.plain import plain
from playground.settings import within

MOST = 5  # heads at once, each in a colour of its own


@dataclass(frozen=True)
class Head:
    """One head on Q looking and K looked-at words."""

    layer: int  # from 1
    head: int
    looks: np.ndarray  # (Q, K), the weights, rows summing to 1
    takes: np.ndarray  # (Q, K), the length of what it takes from each
    rests_on: str  # the word that gets most of its weights
    looked_share: float  # of all its weights, 0..1
    taken_share: float  # of the length of all that it takes, 0..1
    measured: dict[str, Any]  # on a corpus; alignment error rates of a cross-attention head

    def of(self, measure: str) -> np.ndarray:
        """What it looks or takes."""
        return self.looks if measure == "looks" else self.takes


@dataclass(frozen=True)
class Trace:
    """Some heads of one stack on one text, the chosen one first."""

    stack: str
    measure: str
    queries: list[str]  # Q
    keys: list[str]  # K
    heads: list[Head]
    every: np.ndarray  # (layers, heads, T, S), the weights of all heads, of pieces
    translation: str  # "" for the language model
    notes: tuple[str, ...] = ()  # what was repaired and left out of what was typed

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer: all but the weights of the other heads, which `heads` has."""
        return {name: part for name, part in plain(self).items() if name != "every"}


def explain(
    text: str,
    stack: str = STACK.default,
    layer: int = LAYER.default,
    head: int = HEAD.default,
    pinned: str = PINNED.default,
    measure: str = MEASURE.default,
    reading: str = READING.default,
    pieces: bool = PIECES.default,
    as_typed: bool = AS_TYPED.default,
) -> Trace:
    """Where one attention head looks, and how much it takes from there.

    Args:
        text: French, English for the language model; at most 1,000 characters and 160 words
            or pieces.
        stack: "encoder", "decoder" or "cross"; "language" for the language model.
        layer: of the head, from 1.
        head: which one, from 1.
        pinned: at most four heads beside it, as "2.5 (4.6)", one in brackets switched off; those
            that the stack lacks are left out.
        measure: what the picture shows: "looks" or "takes".
        reading: a row of cross-attention is named by the word "written" by that step, or by the
            word that it has just "read".
        pieces: the model's own pieces of words instead of whole words.
        as_typed: true repairs no capitals, accents and marks.

    Returns:
        queries, keys, translation, and heads: each with layer, head, looks (weights, rows summing
        to 1), takes (weight times the length of the transformed value), rests_on with its
        looked_share and taken_share, and what was measured of it on a corpus.

    Raises ValueError, in a sentence, for bad text or settings.
    """
    MEASURE.check(measure)
    late = READING.check(reading) == "read"
    pieces = PIECES.check(pieces)
    found = looked(text, STACK.check(stack), late, as_typed)
    layers, heads = found.weights.shape[:2]
    chosen = within(LAYER, layer, layers), within(HEAD, head, heads)
    places = [
        chosen,
        *(p for p in pins(pinned) if p[0] <= layers and p[1] <= heads and p != chosen),
    ][:MOST]
    known = {
        (one["layer"], one["head"]): one
        for one in (head_alignment() if stack == "cross" else habits(stack))
    }
    return Trace(
        stack=stack,
        measure=measure,
        queries=found.queries.shown(pieces),
        keys=found.keys.shown(pieces),
        heads=[one_head(found, place, pieces, known.get(place, {})) for place in places],
        every=found.weights,
        translation=found.translation,
        notes=found.notes,
    )


def pins(text: str) -> list[tuple[int, int]]:
    """Heads written as "layer.head", from 1, each once, without those in brackets.

    Raises ValueError, in a sentence, for what names no head.
    """
    found: list[tuple[int, int]] = []
    for word in PINNED.check(text).split():
        off = word.startswith("(") and word.endswith(")")
        layer, _, head = word.strip("()").partition(".")
        if not (layer.isdecimal() and head.isdecimal() and int(layer) and int(head)):
            raise ValueError(f"{word!r} names no head; please write layer.head, as in 2.5.")
        if not off and (int(layer), int(head)) not in found:
            found.append((int(layer), int(head)))
    return found


def one_head(found: Looked, place: tuple[int, int], pieces: bool, measured: dict[str, Any]) -> Head:
    """A head by its place, from 1."""
    looks, takes = found.head(place[0] - 1, place[1] - 1, pieces)
    most = int(looks.sum(axis=0).argmax())
    return Head(
        layer=place[0],
        head=place[1],
        looks=looks,
        takes=takes,
        rests_on=found.keys.shown(pieces)[most],
        looked_share=float(looks[:, most].sum() / looks.sum()),
        taken_share=float(takes[:, most].sum() / (takes.sum() or 1.0)),
        measured=measured,
    )
