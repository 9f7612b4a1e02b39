"""One query meets every key: products, sum, scale, mask, softmax, values, what the head writes.

    score[s] = sum over units of query * key[s] / sqrt(D)
    weights  = softmax(score),  read = sum over s of weights[s] * value[s]

A. Vaswani et al., 2017, section 3.2.1, https://arxiv.org/abs/1706.03762
The four parts of a first score: Z. Dai et al., 2019, section 3.3, https://arxiv.org/abs/1901.02860
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from playground.heads.query_meets_key import FIRST_LAYER, KEY, SECOND_HEAD, WORD
from playground.heads.shared import AS_TYPED, STACK
from playground.reading.looks import array, looked
from playground.reading.plain import plain
from playground.settings import within


@dataclass(frozen=True)
class Trace:
    """One word's look through one head of D units at S words."""

    stack: str
    layer: int  # from 1
    head: int
    word: int  # the place of the one that looks, from 1
    key: int  # the place of the key that is shown unit by unit
    queries: list[str]  # T
    keys: list[str]  # S
    query: np.ndarray  # (D,)
    key_vectors: np.ndarray  # (S, D)
    products: np.ndarray  # (S, D)
    sums: np.ndarray  # (S,), of the products
    scale: float  # the square root of D
    scores: np.ndarray  # (S,), sums / scale, before the mask
    seen: list[bool]  # S; False: masked, a later word
    weights: np.ndarray  # (S,), their sum is 1
    values: np.ndarray  # (S, D)
    read: np.ndarray  # (D,), the sum of weights times values
    written_length: float  # of the vector that the head adds to the word
    parts: np.ndarray | None  # (5, S), of the scores, in a first layer; see PARTS
    every: np.ndarray  # (layers, heads, T, S), the weights of all heads
    notes: tuple[str, ...] = ()  # what was repaired and left out of what was typed

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer: all but the weights of the other heads, which `heads` has."""
        return {name: part for name, part in plain(self).items() if name != "every"}


def explain(
    text: str,
    stack: str = STACK.default,
    layer: int = FIRST_LAYER.default,
    head: int = SECOND_HEAD.default,
    word: int = WORD.default,
    key: int = KEY.default,
    as_typed: bool = AS_TYPED.default,
) -> Trace:
    """How the scores of one word in one head come about, and what the head makes of them.

    Args:
        text: French, English for the language model; at most 1,000 characters and 160 words
            or pieces.
        stack: "encoder", "decoder" or "cross"; "language" for the language model.
        layer: of the head, from 1.
        head: which one, from 1.
        word: the place of the word that looks, from 1.
        key: the place of the key to show unit by unit, from 1.
        as_typed: true repairs no capitals, accents and marks.

    Returns:
        queries, keys, query, key_vectors, products, sums, scale, scores (before the mask), seen
        (false: masked), weights, values, read, written_length, and in a first layer the parts of
        each score: word with word, word with place, place with word, place with place, biases.

    Raises ValueError, in a sentence, for bad text or settings.
    """
    found = looked(text, STACK.check(stack), as_typed=as_typed)
    layers, heads, length, width = found.weights.shape
    floor = found.layers[within(FIRST_LAYER, layer, layers) - 1]
    which = within(SECOND_HEAD, head, heads) - 1
    row = within(WORD, word, length) - 1
    look = floor.look
    query, keys = array(look.queries[0, which, row]), array(look.keys[0, which])
    scale = math.sqrt(len(query))
    products = query * keys  # (S, D)
    parts = None
    if layer == 1 and found.first is not None:
        parts = array(floor.attention.score_parts(*found.first)[:, 0, which, row])
    return Trace(
        stack=stack,
        layer=int(layer),
        head=which + 1,
        word=row + 1,
        key=within(KEY, key, width),
        queries=found.queries.labels,
        keys=found.keys.labels,
        query=query,
        key_vectors=keys,
        products=products,
        sums=products.sum(axis=1),
        scale=scale,
        scores=products.sum(axis=1) / scale,
        seen=(look.score[0, which, row] > float("-inf")).tolist(),
        weights=array(look.weights[0, which, row]),
        values=array(look.values[0, which]),
        read=array(look.heads[0, which, row]),
        written_length=float(floor.attention.written(look.heads)[0, which, row].norm()),
        parts=parts,
        every=found.weights,
        notes=found.notes,
    )
