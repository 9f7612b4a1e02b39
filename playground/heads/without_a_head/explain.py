"""What a text loses when a head is turned down, off or up: one batch, a row for each removal.

    head writes  other + scale * (own - other),  other nothing, or its mean over a corpus
    cost(head) = log2 P(text | all heads) - log2 P(text | head at scale)

The text is the model's own translation, or what the language model was given to read.
P. Michel, O. Levy, G. Neubig, 2019, section 3.2, https://arxiv.org/abs/1905.10650
"""

import math
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor

from playground.heads.shared import AS_TYPED, HEAD, LAYER, STACK
from playground.heads.without_a_head import ALONE, INSTEAD, SCALE
from playground.reading.difference import compared
from playground.reading.measurements import disagreement, habits, mean_outputs
from playground.reading.plain import fields
from playground.reading.searched import searched
from playground.reading.translating import french
from playground.reading.words import opened, word_of
from playground.settings import within
from seq_models.causal import CausalTransformer
from seq_models.scaled import ScaledHeads, one_each, read_under, scored
from seq_models.self_attention import Blend
from seq_models.translate import source_ids, translate

COUNT = 8  # next words of each


class Scored(NamedTuple):
    """A text under N scales of a stack's heads."""

    bits: np.ndarray  # (N,), log2 of the probability of the text as all heads would have it
    written: list[str]  # N, what is written under each: translations; "" for the language model
    after: Tensor | None  # (N, V), log-probabilities of the language model's next word
    next_word: Any = None  # the name of a word of its vocabulary


@dataclass(frozen=True)
class Trace:
    """One stack of (layers, heads) heads, one of them at another scale."""

    stack: str
    layer: int  # from 1
    head: int
    scale: float
    costs_bits: np.ndarray  # (layers, heads), of each head's removal alone
    cost_bits: float  # of the chosen head at this scale
    log_probability_bits: float  # of the text with all heads as they are
    before: str  # the translation, or the text that was read
    after: str  # the translation with the head at this scale; "" for the language model
    difference: list[tuple[str, str]]  # (word, "same", "removed" or "added")
    next_words: list[str]  # of the language model, likeliest of both
    next_before: np.ndarray  # their probabilities, 0..1
    next_after: np.ndarray
    order: list[tuple[int, int]]  # (layer, head), the cheapest first
    curve_bits: np.ndarray  # (N + 1,), the cost with the first n of them removed
    written: list[str]  # N + 1, what is translated then
    harmless: int  # as many can go until the translation changes, or the costs pass one bit
    usual: dict[str, Any]  # what was measured of the chosen head on a corpus
    instead: str = "zero"  # what takes its place: nothing, or its mean
    alone: bool = False  # this head is left alone, the others are at that scale
    mean_costs_bits: np.ndarray | None = None  # (layers, heads), each given its mean
    disagreement: dict[str, Any] = field(default_factory=dict)  # see `told_apart`
    notes: tuple[str, ...] = ()  # what was repaired and left out of what was typed

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer."""
        return fields(self)


def explain(
    text: str,
    stack: str = STACK.default,
    layer: int = LAYER.default,
    head: int = HEAD.default,
    scale: float = SCALE.default,
    instead: str = INSTEAD.default,
    alone: bool = ALONE.default,
    as_typed: bool = AS_TYPED.default,
) -> Trace:
    """What each head of a stack is worth on one sentence, by removing it.

    Args:
        text: French, English for the language model; at most 1,000 characters and 160 words
            or pieces.
        stack: "encoder", "decoder" or "cross"; "language" for the language model.
        layer: of the head, from 1.
        head: which one, from 1.
        scale: what its output is multiplied by, 0 (removed) to 2.
        instead: what takes the place of what is removed: nothing ("zero"), or its "mean" over a
            corpus.
        alone: true leaves this head as it is and scales all others of the stack.
        as_typed: true repairs no capitals, accents and marks.

    Returns:
        costs_bits [layer][head] of each removal alone, mean_costs_bits where each has its mean
        instead, a corpus sentence of most disagreement between the two, cost_bits of the chosen
        head at this scale, before, after, difference (word by word), next_words with next_before
        and next_after (of the language model), order (cheapest first), curve_bits and written with
        the first n removed, harmless, usual (measured on a corpus).

    Raises ValueError, in a sentence, for bad text or settings.
    """
    scale = float(SCALE.check(scale))
    scorer = (
        Language(text, as_typed)
        if STACK.check(stack) == "language"
        else Translated(text, stack, as_typed)
    )
    layers, heads = scorer.size
    chosen = within(LAYER, layer, layers), within(HEAD, head, heads)
    means = known_means(stack)
    if INSTEAD.check(instead) == "mean" and means is None:
        raise ValueError(
            "The means of these heads have not been measured; please put nothing in their place."
        )
    other = means if instead == "mean" else None
    turned = torch.full((1, layers, heads), scale if ALONE.check(alone) else 1.0)
    turned[0, chosen[0] - 1, chosen[1] - 1] = 1.0 if alone else scale
    first = scorer.under(torch.cat([torch.ones_like(turned), turned]), other, write=True)
    zero, mean = removals(scorer, first.bits[0], means)
    order, scales = cheapest_first(zero if other is None or mean is None else mean)
    many = scorer.under(scales, other, write=True)
    curve = costs(first.bits[0], many)
    known = {(one["layer"], one["head"]): one for one in habits(stack)}
    words, before, after = next_words(first)
    return Trace(
        stack=stack,
        layer=chosen[0],
        head=chosen[1],
        scale=scale,
        costs_bits=zero,
        cost_bits=float(costs(first.bits[0], first)[1]),
        log_probability_bits=float(first.bits[0]),
        before=first.written[0] or scorer.text,
        after=first.written[1],
        difference=compared(first.written[0], first.written[1]),
        next_words=words,
        next_before=before,
        next_after=after,
        order=[(row + 1, column + 1) for row, column in order],
        curve_bits=curve,
        written=many.written,
        harmless=harmless(many.written, curve),
        usual=known.get(chosen, {}),
        instead=instead,
        alone=alone,
        mean_costs_bits=mean,
        disagreement=told_apart(stack),
        notes=scorer.notes,
    )


def told_apart(stack: str) -> dict[str, Any]:
    """See `measurements.disagreement`, with apart_bits, by how much the two differ; {}: unknown."""
    found = disagreement(stack)
    if found is None:
        return {}
    return {**found, "apart_bits": round(abs(found["zero_bits"] - found["mean_bits"]), 2)}


def known_means(stack: str) -> Tensor | None:
    """What each head reads on average (layers, heads, 1, D), if that was measured."""
    means = mean_outputs(stack)
    return None if means is None else means.unsqueeze(-2)


def removals(
    scorer: "Translated | Language", whole: float, means: Tensor | None
) -> tuple[np.ndarray, np.ndarray | None]:
    """What each head's removal costs (layers, heads): nothing in its place, its mean in its place.

    Both in one batch; the second only where means (layers, heads, 1, D) are known.
    """
    each = one_each(*scorer.size)
    if means is None:
        return costs(whole, scorer.under(each)).reshape(scorer.size), None
    mean = means.expand(len(each), -1, -1, -1, -1)
    both = scorer.under(torch.cat([each, each]), torch.cat([torch.zeros_like(mean), mean]))
    zero, instead = costs(whole, both).reshape(2, *scorer.size)
    return zero, instead


def costs(whole: float, under: Scored) -> np.ndarray:
    """How many bits the text loses under each scale (N,)."""
    return whole - under.bits


def cheapest_first(alone: np.ndarray) -> tuple[list[tuple[int, int]], Tensor]:
    """Heads in the order of what each costs alone (layers, heads), and the scales (N + 1, ...).

    Row n of the scales removes the first n of them.
    """
    places = np.argsort(alone, axis=None, kind="stable")
    scales = torch.ones(len(places) + 1, alone.size)
    for count, place in enumerate(places.tolist(), start=1):
        scales[count:, place] = 0.0
    order = [divmod(place, alone.shape[1]) for place in places.tolist()]
    return order, scales.unflatten(1, alone.shape)


def harmless(written: list[str], curve: np.ndarray) -> int:
    """How many heads can go before the translation changes, or a text costs a bit more."""
    for count in range(1, len(curve)):
        if written[count] != written[0] or (not written[0] and curve[count] > 1):
            return count - 1
    return len(curve) - 1


class Translated:
    """A sentence before the Transformer translator, and its own greedy translation."""

    def __init__(self, text: str, stack: str, as_typed: bool = False) -> None:
        self.stack = stack
        found = french("transformer", text, as_typed)
        self.model, self.tokenizer, self.text, _, self.notes = found
        search = searched(self.model, self.tokenizer, self.text)
        self.target = search.hypotheses[0].tokens

    @property
    def size(self) -> tuple[int, int]:
        """Layers and heads of the stack."""
        part: Any = self.model.encoder if self.stack == "encoder" else self.model.decoder
        return len(part.layers), part.layers[0].attention.heads

    def under(self, scales: Tensor, other: Tensor | None = None, write: bool = False) -> Scored:
        """The translation under each of scales (N, layers, heads); those written anew, if asked.

        other (layers, heads, 1, D) or (N, ...): what takes the place of what is scaled away.
        """
        scale = scales if other is None else Blend(scales, other)
        source = source_ids(self.tokenizer, self.text)
        nats = scored(self.model, self.stack, scale, source, self.target)
        written = [""] * len(scales)
        if write:
            model = ScaledHeads(self.model, {self.stack: scale})
            searches = translate(model, self.tokenizer, [self.text] * len(scales))
            written = [self.tokenizer.decode(one.hypotheses[0].tokens) for one in searches]
        return Scored(nats.numpy() / math.log(2), written, None)


class Language:
    """An English text before the causal Transformer."""

    def __init__(self, text: str, as_typed: bool = False) -> None:
        found = opened(text, "transformer", as_typed)
        self.model, self.tokenizer, self.ids = found.network, found.tokenizer, found.ids
        self.text, self.notes = found.text, tuple(found.notes)
        network = self.model.network
        if not isinstance(network, CausalTransformer):
            raise ValueError("this language model has no heads")
        self.network = network

    @property
    def size(self) -> tuple[int, int]:
        """Layers and heads."""
        blocks = self.network.blocks()
        return len(blocks), blocks[0].attention.heads

    def under(
        self,
        scales: Tensor,
        other: Tensor | None = None,
        write: bool = False,  # noqa: ARG002
    ) -> Scored:
        """The text under each of scales (N, layers, heads), as `Translated.under`."""
        scale = scales if other is None else Blend(scales, other)
        read, after = read_under(self.model, scale, self.ids[0, 1:].tolist())
        bits = read.sum(dim=1).numpy() / math.log(2)
        return Scored(bits, [""] * len(scales), after, self.named)

    def named(self, number: int) -> str:
        """A word of the vocabulary."""
        return word_of(self.tokenizer, number)


def next_words(first: Scored) -> tuple[list[str], np.ndarray, np.ndarray]:
    """The likeliest next words before and after, and their probabilities; none for a translator."""
    if first.after is None:
        return [], np.zeros(0), np.zeros(0)
    before, after = first.after.exp()  # (V,) each
    best = {*before.topk(COUNT).indices.tolist(), *after.topk(COUNT).indices.tolist()}
    order = sorted(best, key=lambda number: -before[number].item())
    names = [first.next_word(number) for number in order]
    return names, before[order].numpy(), after[order].numpy()
