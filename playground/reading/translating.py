"""A French text before a translator: the model, what it wrote, and where it looked meanwhile."""

from typing import Any, NamedTuple

import numpy as np

from playground.reading.models import TRANSLATORS
from playground.reading.opening import sound
from playground.reading.pieces import joined, merge, starts, word_groups
from playground.reading.text import one_of, source_labels, source_tokens, target_labels
from seq_models.beam import Hypothesis
from seq_models.decoder import DecoderWeights
from seq_models.seq2seq import Seq2Seq
from seq_models.tokenizer import Tokenizer
from seq_models.translate import read, source_ids, translate


def load(model: str) -> tuple[Seq2Seq, Tokenizer]:
    """A translator by its short name. Raises ValueError for any other."""
    loaded = sound(TRANSLATORS[one_of(tuple(TRANSLATORS), model, "model")].folder)
    assert isinstance(loaded.model, Seq2Seq)
    return loaded.model, loaded.tokenizer


class Written(NamedTuple):
    """The greedy translation of a text by the recurrent translator, and what it was made with."""

    text: str
    network: Seq2Seq
    tokenizer: Tokenizer
    ids: list[int]  # S, ⟨end⟩ included
    source: list[str]  # S, for people
    best: Hypothesis  # T tokens
    target: list[str]  # T, for people


def write(text: str) -> Written:
    """Translate greedily. Raises ValueError, in a sentence, for bad text."""
    network, tokenizer = load("attention")
    source = source_labels(tokenizer, source_tokens(tokenizer, text))
    (search,) = translate(network, tokenizer, [text])
    best = search.hypotheses[0]
    ids, target = source_ids(tokenizer, text), target_labels(tokenizer, best.tokens)
    return Written(text, network, tokenizer, ids, source, best, target)


class Spotlight(NamedTuple):
    """Where the recurrent translator looked: S source and T target tokens, or words if merged."""

    source: list[str]  # S, ⟨end⟩ included
    target: list[str]  # T
    weights: np.ndarray  # (T, S), each row summing to 1: where it looked to write that token
    probabilities: np.ndarray  # (T,), each target token's, given those before it
    translation: str
    log_probability: float  # nats


def spotlight(text: str, merged: bool) -> Spotlight:
    """Translate greedily and keep the spotlight. Raises ValueError, in a sentence, for bad text.

    merged: the pieces of a word as one, its columns summed, its rows averaged, its probability
    their product.
    """
    _, network, tokenizer, ids, source, best, target = write(text)
    reading = read(network, tokenizer, text, best.tokens)
    weights = reading.decoder_weights[0].float().cpu().numpy()  # (T, S)
    probabilities = np.exp(reading.log_probabilities)
    if merged:
        rows, columns = word_groups(tokenizer, best.tokens), word_groups(tokenizer, ids)
        weights = merge(weights, rows, columns)
        probabilities = np.multiply.reduceat(probabilities, starts(rows))
        source, target = joined(source, columns), joined(target, rows)
    translation = tokenizer.decode(best.tokens)
    return Spotlight(source, target, weights, probabilities, translation, best.log_probability)


def cross_weights(decoder_weights: Any) -> np.ndarray:
    """A decoder's weights on the source as (layers, heads, T, S)."""
    if isinstance(decoder_weights, DecoderWeights):
        return np.stack([layer[0].float().cpu().numpy() for layer in decoder_weights.cross])
    additive: np.ndarray = decoder_weights[0].float().cpu().numpy()  # (T, S)
    return additive[None, None]
