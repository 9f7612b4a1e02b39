"""A sentence on its way through the layers: lenses, moves, and where each vector comes from.

    after = norm(before + added),  moved = |after - before|

DecoderLens: A. Langedijk et al., 2023, https://arxiv.org/abs/2310.03686
Where it comes from: J. Ferrando et al., 2022, https://arxiv.org/abs/2205.11631
"""

import math
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor

from playground.heads.shared import AS_TYPED, STACK
from playground.heads.through_the_layers import WORD
from playground.reading.looks import array, looked
from playground.reading.plain import fields
from playground.reading.translating import load
from playground.reading.words import load as load_language_model
from playground.reading.words import word_of
from playground.settings import within
from seq_models import END, PAD, UNKNOWN
from seq_models.causal import CausalTransformer
from seq_models.contributions import (
    causal_contributions,
    decoder_contributions,
    encoder_contributions,
)
from seq_models.lens import DecoderLens, logits_by_layer
from seq_models.moves import Move, causal_moves, decoder_moves, encoder_moves
from seq_models.seq2seq import Seq2Seq
from seq_models.tokenizer import SPECIAL, Tokenizer
from seq_models.translate import translate


@dataclass(frozen=True)
class Step:
    """One part of one layer, and how long each of T words' vectors is around it."""

    layer: int  # from 1
    part: str  # attention, cross-attention or feed-forward
    before: np.ndarray  # (T,), what stays: the residual
    added: np.ndarray  # (T,)
    summed: np.ndarray  # (T,)
    after: np.ndarray  # (T,), after the norm
    moved: np.ndarray  # (T,), from before to after


@dataclass(frozen=True)
class Layers:
    """What each of L encoder layers would be translated to."""

    written: list[str]  # L
    bits: np.ndarray  # (L,), log2 of the probability of the translation, read from that layer


@dataclass(frozen=True)
class Expected:
    """What a language model expects after each of T words, read off after each layer.

    Layer 0 is the words' vectors. A ⟨mark⟩ is not expected, though it has its probability.
    """

    words: list[list[str]]  # (1 + L), T, the likeliest next word of each layer
    probabilities: np.ndarray  # (1 + L, T), 0..1, of the last layer's likeliest word
    ranks: np.ndarray  # (1 + L, T), of that word among all words, from 1
    end: np.ndarray  # (T,), 0..1, that the text ends there, by the last layer
    unknown: np.ndarray  # (T,), 0..1, that a word follows which is not in the vocabulary

    def likelier(self, at: int) -> dict[str, float]:
        """The ⟨marks⟩ that are likelier after a word than any word, with what they hold."""
        marks = {SPECIAL[END]: self.end[at], SPECIAL[UNKNOWN]: self.unknown[at]}
        return {mark: one for mark, one in marks.items() if one > self.probabilities[-1, at]}


@dataclass(frozen=True)
class Trace:
    """One text of T words that look (or were written) on its way through a model."""

    stack: str
    word: int  # the chosen one, from 1
    words: list[str]  # T, whose vectors move
    steps: list[Step]
    layers: Layers | None  # of the translator
    expected: Expected | None  # of the language model
    origin_words: list[str]  # N words that the vectors come from
    origins: np.ndarray  # (T, N), shares, rows summing to 1
    read_words: list[str]  # R that the decoder reads; none of the language model
    source_shares: np.ndarray  # (R,), 0..1, of the decoder's vectors: what comes from the source
    translation: str  # "" for the language model
    notes: tuple[str, ...] = ()  # what was repaired and left out of what was typed

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer."""
        return fields(self)


class Inside(NamedTuple):
    """What one stack computed."""

    moves: list[list[Move]]
    origins: Tensor  # (T, N)
    source_shares: Tensor  # (R,)


def explain(
    text: str,
    stack: str = STACK.default,
    word: int = WORD.default,
    as_typed: bool = AS_TYPED.default,
) -> Trace:
    """What each layer of a Transformer adds to the words of a text.

    Args:
        text: French, English for the language model; at most 1,000 characters and 160 words
            or pieces.
        stack: "encoder", "decoder" or "cross" (both the decoder); "language" for the language
            model.
        word: whose vector is shown on its way, from 1.
        as_typed: true repairs no capitals, accents and marks.

    Returns:
        layers (what the decoder would write of each encoder layer, and log2 of the probability of
        the translation from there), expected (of the language model: likeliest next words,
        probabilities and ranks by layer), steps (lengths before, added, summed, after, moved),
        origins (shares of origin_words in each word's vector), read_words and source_shares (of
        each that the decoder reads: how much of its vector comes from the source), translation.

    Raises ValueError, in a sentence, for bad text or settings.
    """
    side = "language" if STACK.check(stack) == "language" else "cross"
    found = looked(text, side, read=True, as_typed=as_typed)
    words, keys = found.keys if stack == "encoder" else found.queries, found.keys
    place = within(WORD, word, len(words.ids))
    with torch.inference_mode():
        if stack == "language":
            layers, expected, inside = None, after_each_layer(words.ids), causal_inside(words.ids)
        else:
            network, tokenizer = load("transformer")
            layers = read_early(network, tokenizer, keys.ids, found.translation)
            expected = None
            inside = translator_inside(network, stack, keys.ids, found.queries.ids)
    origin_words = keys.labels if stack in ("encoder", "language") else keys.labels + words.labels
    return Trace(
        stack=stack,
        word=place,
        words=words.labels,
        steps=[
            step(number, move)
            for number, moves in enumerate(inside.moves, start=1)
            for move in moves
        ],
        layers=layers,
        expected=expected,
        origin_words=origin_words,
        origins=array(inside.origins),
        read_words=[] if stack == "language" else found.queries.labels,
        source_shares=array(inside.source_shares),
        translation=found.translation,
        notes=found.notes,
    )


def step(layer: int, move: Move) -> Step:
    """The lengths of a move's vectors."""
    vectors = (move.before, move.added, move.summed, move.after, move.after - move.before)
    before, added, summed, after, moved = (array(each[0].norm(dim=-1)) for each in vectors)
    return Step(layer, move.part, before, added, summed, after, moved)


def read_early(
    network: Seq2Seq, tokenizer: Tokenizer, source: list[int], translation: str
) -> Layers:
    """What would be written of each encoder layer."""
    lens, depth = DecoderLens(network), len(network.encoder.blocks())
    text = tokenizer.decode(source)
    searches = translate(lens, tokenizer, [text] * depth)
    best = [search.hypotheses[0] for search in searches]
    target = torch.tensor([best[-1].tokens] * depth)
    device = next(network.parameters()).device
    rows = torch.tensor([source] * depth, device=device)
    given = torch.cat([torch.ones_like(target[:, :1]), target[:, :-1]], dim=1).to(device)
    logits, _, _ = network.decoder.decode(given, lens.start(rows))
    chosen = logits.float().log_softmax(dim=-1).gather(2, target.to(device).unsqueeze(-1))
    written = [tokenizer.decode(one.tokens) for one in best[:-1]]
    return Layers([*written, translation], array(chosen.sum(dim=(1, 2)) / math.log(2)))


def after_each_layer(ids: list[int]) -> Expected:
    """What the language model expects after each word, by layer."""
    model, tokenizer = load_language_model("transformer")
    device = next(model.parameters()).device
    logits = logits_by_layer(model, torch.tensor([ids], device=device))[:, 0].float()
    chances = logits.softmax(dim=-1)
    logits[..., : len(SPECIAL)] = -torch.inf  # no mark is expected
    best = logits.argmax(dim=-1)  # (1 + L, T)
    chosen = best[-1].expand_as(best).unsqueeze(-1)
    ranks = 1 + (logits > logits.gather(2, chosen)).sum(dim=-1)
    words = [[word_of(tokenizer, number) for number in row] for row in best.tolist()]
    end, unknown = (array(chances[-1, :, mark]) for mark in (END, UNKNOWN))
    shares = array(chances.gather(2, chosen)[..., 0])
    return Expected(words, shares, ranks.cpu().numpy(), end, unknown)


def causal_inside(ids: list[int]) -> Inside:
    """The language model's moves and contributions."""
    model, _ = load_language_model("transformer")
    assert isinstance(model.network, CausalTransformer)
    x = model.embed(torch.tensor([ids], device=next(model.parameters()).device))
    origins = causal_contributions(model.network, x)[0]
    return Inside(causal_moves(model.network, x), origins, torch.zeros(0))


def translator_inside(
    network: Seq2Seq, stack: str, source_ids: list[int], given_ids: list[int]
) -> Inside:
    """A side's moves and contributions, and how much of the decoder comes from the source."""
    device = next(network.parameters()).device
    source = torch.tensor([source_ids], device=device)
    given = torch.tensor([given_ids], device=device)
    read = encoder_contributions(network.encoder, source)
    enc_out, _ = network.encoder(source)
    both = decoder_contributions(network.decoder, given, enc_out, read, source != PAD)
    source_shares = both.source[0].sum(dim=-1)
    if stack == "encoder":
        return Inside(encoder_moves(network.encoder, source), read[0], source_shares)
    origins = torch.cat([both.source[0], both.own[0]], dim=1)
    moves = decoder_moves(network.decoder, given, enc_out, source != PAD)
    return Inside(moves, origins, source_shares)
