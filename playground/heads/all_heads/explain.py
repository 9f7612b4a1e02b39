"""Every attention head of the Transformer translator, for one sentence and its translation."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from torch import Tensor

from playground.heads.shared import STACK
from playground.reading.measurements import habits
from playground.reading.plain import plain
from playground.reading.text import read_labels, source_labels, source_tokens, target_labels
from playground.reading.translating import load
from seq_models.translate import read, translate


@dataclass(frozen=True)
class Trace:
    """One stack's heads on one sentence.

    encoder: source words look at source words. decoder: words read so far, from ⟨start⟩ on, look at
    each other. cross: the row of a word about to be written looks at the source.
    """

    stack: str
    queries: list[str]  # Q
    keys: list[str]  # K
    weights: np.ndarray  # (layers, heads, Q, K), rows summing to 1
    translation: str
    habits: list[dict[str, Any]]  # of each head, measured on a corpus; empty if nothing was

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer."""
        return plain(self)


def explain(text: str, stack: str = STACK.default) -> Trace:
    """The attention weights of every head of the Transformer translator.

    Args:
        text: French, at most 1,000 characters.
        stack: "encoder", "decoder" or "cross".

    Returns:
        queries, keys, weights [layer][head][query][key] (rows summing to 1), translation, and
        habits: what was measured of each head on a corpus.

    Raises ValueError, in a sentence, for bad text or no such stack.
    """
    STACK.check(stack)
    network, tokenizer = load("transformer")
    source = source_labels(tokenizer, source_tokens(tokenizer, text))
    (search,) = translate(network, tokenizer, [text])
    target = search.hypotheses[0].tokens
    reading = read(network, tokenizer, text, target)
    past = read_labels(tokenizer, target)
    queries, keys, layers = {
        "encoder": (source, source, reading.encoder_weights),
        "decoder": (past, past, reading.decoder_weights.own),
        "cross": (target_labels(tokenizer, target), source, reading.decoder_weights.cross),
    }[stack]
    weights = stacked(layers)
    return Trace(stack, queries, keys, weights, tokenizer.decode(target), habits(stack))


def stacked(layers: tuple[Tensor, ...]) -> np.ndarray:
    """Each layer's weights (1, heads, Q, K) as one array (layers, heads, Q, K)."""
    return np.stack([layer[0].float().cpu().numpy() for layer in layers])
