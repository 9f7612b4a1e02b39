"""A French text before a translator: the model, what it wrote, and where it looked meanwhile."""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor

from playground.reading.models import TRANSLATORS
from playground.reading.opening import sound
from playground.reading.pieces import joined, merge, starts, word_groups
from playground.reading.searched import searched
from playground.reading.text import (
    few,
    legible,
    one_of,
    source_labels,
    source_tokens,
    target_labels,
    tokens_of,
)
from playground.settings import AS_TYPED
from seq_models import START
from seq_models.beam import Hypothesis
from seq_models.cuts import likeliest_cut
from seq_models.decoder import DecoderWeights
from seq_models.loaded import Loaded
from seq_models.normalise import normalise
from seq_models.seq2seq import Seq2Seq
from seq_models.tokenizer import Token, Tokenizer
from seq_models.translate import read, source_ids
from seq_models.typed import Typed

BEFORE_A_MARK = re.compile(r"(?<=\S)\s+(?=[.,;:?!]+(?:\s|$))")


def load(model: str) -> tuple[Seq2Seq, Tokenizer]:
    """A translator by its short name. Raises ValueError for any other."""
    loaded = translator(model)
    assert isinstance(loaded.model, Seq2Seq)
    return loaded.model, loaded.tokenizer


def translator(model: str) -> Loaded:
    """A translator with all that it needs, by its short name. Raises ValueError for any other."""
    return sound(TRANSLATORS[one_of(tuple(TRANSLATORS), model, "model")].folder)


class French(NamedTuple):
    """A French text before a translator that reads it."""

    network: Seq2Seq
    tokenizer: Tokenizer
    text: str  # as the model reads it: repaired, what it cannot know left out
    tokens: list[Token]  # S - 1, without ⟨end⟩
    notes: tuple[str, ...]  # what was repaired and left out, in sentences


def french(model: str, text: str, as_typed: bool) -> French:
    """A typed text before a translator. Raises ValueError, in a sentence, for bad text.

    as_typed: nothing is repaired; what the model cannot know is left out all the same.
    """
    network, tokenizer = load(model)
    source_tokens(tokenizer, text)
    try:
        typed = translator(model).read(text, AS_TYPED.check(as_typed))
    except ValueError as error:
        raise ValueError(f"{str(error).rstrip('.')}.") from error
    tokens = few(tokenizer.tokens(typed.read_as))
    return French(network, tokenizer, typed.read_as, tokens, notes(typed))


def notes(typed: Typed) -> tuple[str, ...]:
    """What a person is told of how the text was read."""
    told = []
    if typed.repaired:
        told.append(f"Read as: {typed.read_as}")
    if typed.left_out:
        told.append(f"Left out, for the model does not know it: {' '.join(typed.left_out)}")
    return tuple(told)


class Written(NamedTuple):
    """The greedy translation of a text by the recurrent translator, and what it was made with."""

    text: str  # as the model reads it
    network: Seq2Seq
    tokenizer: Tokenizer
    ids: list[int]  # S, ⟨end⟩ included
    source: list[str]  # S, for people
    best: Hypothesis  # T tokens
    target: list[str]  # T, for people
    notes: tuple[str, ...]  # what was repaired and left out


def write(text: str, as_typed: bool) -> Written:
    """Translate greedily. Raises ValueError, in a sentence, for bad text."""
    network, tokenizer, text, tokens, told = french("attention", text, as_typed)
    search = searched(network, tokenizer, text)
    best = search.hypotheses[0]
    source, target = source_labels(tokenizer, tokens), target_labels(tokenizer, best.tokens)
    ids = source_ids(tokenizer, text)
    return Written(text, network, tokenizer, ids, source, best, target, told)


class Spotlight(NamedTuple):
    """Where the recurrent translator looked: S source and T target tokens, or words if merged."""

    source: list[str]  # S, ⟨end⟩ included
    target: list[str]  # T
    weights: np.ndarray  # (T, S), each row summing to 1: where it looked to write that token
    probabilities: np.ndarray  # (T,), each target token's, given those before it
    translation: str
    log_probability: float  # nats
    finished: bool  # False: cut at the limit of its length
    notes: tuple[str, ...]  # what was repaired and left out


def spotlight(text: str, merged: bool, as_typed: bool) -> Spotlight:
    """Translate greedily and keep the spotlight. Raises ValueError, in a sentence, for bad text.

    merged: the pieces of a word as one, its columns summed, its rows averaged, its probability
    their product.
    """
    text, network, tokenizer, ids, source, best, target, told = write(text, as_typed)
    reading = read(network, tokenizer, text, best.tokens)
    weights = reading.decoder_weights[0].float().cpu().numpy()  # (T, S)
    probabilities = np.exp(reading.log_probabilities)
    if merged:
        rows, columns = word_groups(tokenizer, best.tokens), word_groups(tokenizer, ids)
        weights = merge(weights, rows, columns)
        probabilities = np.multiply.reduceat(probabilities, starts(rows))
        source, target = joined(source, columns), joined(target, rows)
    return Spotlight(
        source,
        target,
        weights,
        probabilities,
        translation=tokenizer.decode(best.tokens),
        log_probability=best.log_probability,
        finished=best.finished,
        notes=told,
    )


def cross_weights(decoder_weights: Any) -> np.ndarray:
    """A decoder's weights on the source as (layers, heads, T, S)."""
    if isinstance(decoder_weights, DecoderWeights):
        return np.stack([layer[0].float().cpu().numpy() for layer in decoder_weights.cross])
    additive: np.ndarray = decoder_weights[0].float().cpu().numpy()  # (T, S)
    return additive[None, None]


def wanted_tokens(
    network: Seq2Seq, tokenizer: Tokenizer, ids: Sequence[int], text: str, whole: bool = True
) -> list[int]:
    """A text that a person wants written, in the pieces that the model finds likeliest.

    ids: the source, ⟨end⟩ included. whole: the text ends there. Raises ValueError, in a sentence,
    for bad text and for signs that the model does not know.
    """
    text = as_printed(text)
    refuse_unwritable(tokenizer, text)
    device = device_of(network)
    with torch.inference_mode():
        state = network.start(torch.tensor([[*ids]], device=device))
    return likeliest_cut(network, state, tokenizer, text, device, whole)


def as_printed(text: str) -> str:
    """A text that a person wants written, no space before the mark that ends a word.

    French has one there; English has none, so a model would find it unlikely. Raises ValueError, in
    a sentence, for bad text.
    """
    return BEFORE_A_MARK.sub("", normalise(legible(text)).text)


def refuse_unwritable(tokenizer: Tokenizer, text: str) -> None:
    """Raise ValueError, in a sentence, for signs that a model does not know."""
    tokens = tokens_of(tokenizer, text)
    odd = dict.fromkeys(token.text.strip() for token in tokens if not token.known)
    if odd:
        raise ValueError(f"The model cannot write {' '.join(odd)}: please leave that out.")


def device_of(network: Seq2Seq) -> torch.device:
    """Where a model is."""
    return next(network.parameters()).device


def distributions(network: Seq2Seq, ids: Sequence[int], tokens: Sequence[int]) -> Tensor:
    """Log-probabilities (T, V) at each place of a target's tokens, in one parallel pass.

    ids: the source, ⟨end⟩ included.
    """
    device = device_of(network)
    source = torch.tensor([[*ids]], device=device)
    past = torch.tensor([[START, *tokens[:-1]]], device=device)
    with torch.inference_mode():
        logits: Tensor = network(source, past)[0]  # (T, V)
        return logits.float().log_softmax(dim=-1).cpu()
