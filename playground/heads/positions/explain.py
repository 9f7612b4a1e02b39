"""The words of a sentence shuffled: heads that follow the words, and heads that stay at places.

    words  = mean over rows t of sum over s of min(after[t][s], before[p(t)][p(s)])
    places = mean over rows t of sum over s of min(after[t][s], before[t][s])

p(t) is where the word at place t stood before. A row that sees only itself, as ⟨start⟩ before all
words, does not count. The codes of places: A. Vaswani et al., 2017, section 3.5,
https://arxiv.org/abs/1706.03762
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from playground.heads.positions import SEED
from playground.heads.shared import AS_TYPED, HEAD, LAYER, STACK
from playground.reading.looks import array, looked
from playground.reading.plain import plain
from playground.reading.translating import load
from playground.reading.words import load as load_language_model
from playground.settings import within
from seq_models import END, PAD, START
from seq_models.causal import CausalTransformer
from seq_models.inside import Layer, causal_layers, decoder_layers, encoder_layers
from seq_models.transformer import positions


@dataclass(frozen=True)
class Trace:
    """One stack of (layers, heads) heads on Q looking and K looked-at words, in two orders."""

    stack: str
    layer: int  # from 1
    head: int
    seed: int
    queries: list[str]  # Q
    keys: list[str]  # K
    shuffled_queries: list[str]  # Q
    shuffled_keys: list[str]  # K
    moved: bool  # whether there is another order of them
    before: np.ndarray  # (Q, K), the chosen head's weights
    after: np.ndarray  # (Q, K), of the shuffled words
    words: np.ndarray  # (layers, heads), 0..1, how much of its look follows the words
    places: np.ndarray  # (layers, heads), 0..1, how much stays at its places
    similarity: np.ndarray  # (K,), cosine of the codes of two places so far apart
    codes: np.ndarray  # (K, E), -1..1
    notes: tuple[str, ...] = ()  # what was repaired and left out of what was typed

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer: all but the codes, which no text changes; their units."""
        found = {name: part for name, part in plain(self).items() if name != "codes"}
        return found | {"units": self.codes.shape[1]}


def explain(
    text: str,
    stack: str = STACK.default,
    layer: int = LAYER.default,
    head: int = HEAD.default,
    seed: int = SEED.default,
    as_typed: bool = AS_TYPED.default,
) -> Trace:
    """Which heads follow the words when these are shuffled, and which stay at their places.

    Args:
        text: French, English for the language model; at most 1,000 characters and 160 words
            or pieces.
        stack: "encoder", "decoder" or "cross" (whose source is shuffled); "language" for the
            language model.
        layer: of the head to show, from 1.
        head: which one, from 1.
        seed: another number is another order.
        as_typed: true repairs no capitals, accents and marks.

    Returns:
        queries, keys, shuffled_queries, shuffled_keys, moved (whether there is another order),
        before and after (the head's weights), words and places [layer][head] (0..1, how much of the
        look goes with the words, how much stays), similarity (of the codes of two places, by their
        distance), units (of a code).

    Raises ValueError, in a sentence, for bad text or settings.
    """
    found = looked(text, STACK.check(stack), as_typed=as_typed)
    seed = int(SEED.check(seed))
    every = found.weights
    layers, heads, _, width = every.shape
    floor, which = within(LAYER, layer, layers) - 1, within(HEAD, head, heads) - 1
    columns = shuffled(found.keys.ids, seed)
    rows = list(range(len(found.queries.ids))) if stack == "cross" else columns
    again = reread(text, stack, [found.keys.ids[place] for place in columns], as_typed)
    moved = every[:, :, rows][:, :, :, columns]
    free = slice(int(stack in ("decoder", "language")), None)  # the first row has no choice there
    codes = array(positions(width, found.layers[0].x.size(-1)))
    return Trace(
        stack=stack,
        layer=floor + 1,
        head=which + 1,
        seed=seed,
        queries=found.queries.labels,
        keys=found.keys.labels,
        shuffled_queries=[found.queries.labels[place] for place in rows],
        shuffled_keys=[found.keys.labels[place] for place in columns],
        moved=columns != sorted(columns),
        before=every[floor, which],
        after=again[floor, which],
        words=overlap(again[..., free, :], moved[..., free, :]),
        places=overlap(again[..., free, :], every[..., free, :]),
        similarity=similarity(codes),
        codes=codes,
        notes=found.notes,
    )


def shuffled(ids: Sequence[int], seed: int) -> list[int]:
    """Where each token of the shuffled text stood before; ⟨start⟩ and ⟨end⟩ stay.

    The text is another one then, unless all tokens that could move are the same.
    """
    inner = [place for place, number in enumerate(ids) if number not in (START, END)]
    order = np.arange(len(ids))
    generator = np.random.default_rng(seed)
    while len({ids[place] for place in inner}) > 1:
        order[inner] = generator.permutation(inner)
        if [ids[place] for place in order.tolist()] != list(ids):
            break
    found: list[int] = order.tolist()
    return found


def reread(text: str, stack: str, ids: Sequence[int], as_typed: bool = False) -> np.ndarray:
    """The weights (layers, heads, T, S) where the stack's own words are these instead."""
    with torch.inference_mode():
        return np.stack(
            [array(one.look.weights[0]) for one in layers_of(text, stack, ids, as_typed)]
        )


def layers_of(text: str, stack: str, ids: Sequence[int], as_typed: bool) -> list[Layer]:
    """The stack's look at other words than the text's; the other side is the text's."""
    if stack == "language":
        language, _ = load_language_model("transformer")
        assert isinstance(language.network, CausalTransformer)
        return causal_layers(language.network, language.embed(row(ids, language)))
    network, _ = load("transformer")
    if stack == "encoder":
        return encoder_layers(network.encoder, row(ids, network))
    other = looked(text, "cross", read=True, as_typed=as_typed)
    source = row(other.keys.ids if stack == "decoder" else ids, network)
    given = row(ids if stack == "decoder" else other.queries.ids, network)
    enc_out, _ = network.encoder(source)
    own, cross = decoder_layers(network.decoder, given, enc_out, source != PAD)
    return own if stack == "decoder" else cross


def row(ids: Sequence[int], network: torch.nn.Module) -> Tensor:
    """Tokens as a batch of one, where the network is."""
    return torch.tensor([list(ids)], device=next(network.parameters()).device)


def overlap(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """How much two looks (..., T, S), rows summing to 1, have in common: (...), 0..1."""
    shared: np.ndarray = np.minimum(one, other).sum(axis=-1).mean(axis=-1)
    return shared


def similarity(codes: np.ndarray) -> np.ndarray:
    """The mean cosine of two codes (S, E) that stand so far apart: (S,), first of a code itself."""
    unit = codes / np.linalg.norm(codes, axis=1, keepdims=True)
    cosines = unit @ unit.T
    return np.array([cosines.diagonal(distance).mean() for distance in range(len(codes))])
