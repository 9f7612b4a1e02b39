"""Every attention head of the Transformer translator, for one sentence and its translation."""

from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
from torch import Tensor

from playground.reading.plain import plain
from playground.reading.text import one_of, read_labels, source_labels, source_tokens, target_labels
from playground.explain.translation import load
from seq_models.decoder import DecoderBlock
from seq_models.self_attention import SelfAttention
from seq_models.transformer import TransformerBlock
from seq_models.translate import read, translate

PARTS = (SelfAttention, TransformerBlock, DecoderBlock)  # what computes this tab's figures
Stack = Literal["encoder", "decoder", "cross"]
STACKS: tuple[Stack, ...] = get_args(Stack)


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

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer."""
        return plain(self)


def explain(text: str, stack: str = "encoder") -> Trace:
    """Look into a stack. Raises ValueError, in a sentence, for bad text or no such stack."""
    one_of(STACKS, stack, "stack")
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
    return Trace(stack, queries, keys, stacked(layers), tokenizer.decode(target))


def stacked(layers: tuple[Tensor, ...]) -> np.ndarray:
    """Each layer's weights (1, heads, Q, K) as one array (layers, heads, Q, K)."""
    return np.stack([layer[0].float().cpu().numpy() for layer in layers])
