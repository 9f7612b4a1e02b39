"""A text before a Transformer: who looks at whom in one of its stacks, and what each word gives.

    taken[t][s] = |weights[t][s] * written(values[s])|

G. Kobayashi et al., 2020, section 3, https://arxiv.org/abs/2004.10102
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from playground.reading.models import LANGUAGE_MODELS
from playground.reading.pieces import joined, merge, starts, word_groups, written
from playground.reading.searched import searched
from playground.reading.text import label, not_known, read_labels, source_labels, target_labels
from playground.reading.translating import french
from playground.reading.words import opened
from seq_models import PAD, START
from seq_models.causal import CausalTransformer
from seq_models.inside import Layer, causal_layers, decoder_layers, encoder_layers
from seq_models.tokenizer import SPECIAL, Token, Tokenizer
from seq_models.translate import source_ids


class Words(NamedTuple):
    """The words on one side of a look."""

    labels: list[str]  # pieces, for people
    groups: list[int]  # the word that each piece belongs to
    ids: list[int]

    def shown(self, pieces: bool) -> list[str]:
        """The pieces, or the words that they make."""
        return self.labels if pieces else joined(self.labels, self.groups)


class Looked(NamedTuple):
    """One stack at work on a text of a batch of one."""

    queries: Words  # T, those who look
    keys: Words  # S, those who are looked at
    layers: list[Layer]
    translation: str  # "" for the language model
    first: tuple[Tensor, Tensor] | None = None  # what a first layer reads: words, places
    notes: tuple[str, ...] = ()  # what was repaired and left out of what was typed

    @property
    def weights(self) -> np.ndarray:
        """(layers, heads, T, S), rows summing to 1."""
        return np.stack([array(layer.look.weights[0]) for layer in self.layers])

    @property
    def merged_weights(self) -> np.ndarray:
        """The same of words, each made of its pieces."""
        rows, columns = self.queries.groups, self.keys.groups
        return np.stack([[merge(head, rows, columns) for head in layer] for layer in self.weights])

    def shares(self, layer: int, head: int) -> dict[str, float]:
        """What a self-attention head (from 0) gives its tokens in this text, as a mean share.

        previous, next, same, first and punctuation, as `train.measures.heads` has them.
        """
        weights = array(self.layers[layer].look.weights[0, head]).astype(float)
        signs = [not written(label) and label not in SPECIAL for label in self.keys.labels]
        given = {
            "previous": weights.diagonal(-1),
            "next": weights.diagonal(1),
            "same": weights.diagonal(),
            "first": weights[:, 0],
            "punctuation": weights[:, signs].sum(axis=1),
        }
        return {name: float(each.mean()) if each.size else 0.0 for name, each in given.items()}

    def head(self, layer: int, head: int, pieces: bool) -> tuple[np.ndarray, np.ndarray]:
        """How much a head (from 0) looks, and how much it takes, each (T, S), pieces or words."""
        one = self.layers[layer]
        weights = array(one.look.weights[0, head])  # (T, S)
        vectors = weights[..., None] * array(one.given[0, head])  # (T, S, E)
        if not pieces:
            rows, columns = self.queries.groups, self.keys.groups
            weights = merge(weights, rows, columns)
            vectors = merged(vectors, rows, columns)
        return weights, np.linalg.norm(vectors, axis=-1)


def looked(text: str, stack: str, read: bool = False, as_typed: bool = False) -> Looked:
    """Let a stack read a text: "encoder", "decoder", "cross", or "language" for the language model.

    read: a row of cross-attention is named by the word that it has just read, not by the one that
    it is about to write. as_typed: nothing is repaired. Raises ValueError, in a sentence, for
    bad text.
    """
    with torch.inference_mode():
        if stack == "language":
            return language(text, as_typed)
        return translated(text, stack, read, as_typed)


def language(text: str, as_typed: bool) -> Looked:
    """The causal Transformer reads a text from ⟨start⟩ on."""
    reading = opened(text, "transformer", as_typed)
    network = reading.network.network
    if not isinstance(network, CausalTransformer):
        raise ValueError(f"{LANGUAGE_MODELS['transformer'].label} has no attention heads")
    ids = reading.ids[0].tolist()
    words = words_of(reading.tokenizer, ids, [label(reading.tokenizer, number) for number in ids])
    words = words._replace(labels=[words.labels[0], *map(as_read, reading.tokens)])
    vectors = reading.network.embed(reading.ids)
    layers, notes = causal_layers(network, vectors), tuple(reading.notes)
    return Looked(words, words, layers, "", network.parts(vectors), notes)


def translated(text: str, stack: str, read: bool, as_typed: bool) -> Looked:
    """The Transformer translator reads a text and its own greedy translation."""
    network, tokenizer, text, tokens, notes = french("transformer", text, as_typed)
    labels = source_labels(tokenizer, tokens)
    search = searched(network, tokenizer, text)
    target = search.hypotheses[0].tokens
    device = next(network.parameters()).device
    source = torch.tensor([source_ids(tokenizer, text)], device=device)
    given = torch.tensor([[START, *target[:-1]]], device=device)
    keys = words_of(tokenizer, source[0].tolist(), labels)
    past = words_of(tokenizer, given[0].tolist(), read_labels(tokenizer, target))
    words = tokenizer.decode(target)
    if stack == "encoder":
        parts = network.encoder.embedding.parts(source)
        return Looked(keys, keys, encoder_layers(network.encoder, source), words, parts, notes)
    enc_out, _ = network.encoder(source)
    own, cross = decoder_layers(network.decoder, given, enc_out, source != PAD)
    if stack == "decoder":
        return Looked(past, past, own, words, network.decoder.embedding.parts(given), notes)
    next_words = words_of(tokenizer, target, target_labels(tokenizer, target))
    return Looked(past if read else next_words, keys, cross, words, notes=notes)


def as_read(token: Token) -> str:
    """A token for people, as typed; one that the model does not know says so."""
    return (token.text.strip() or "␣") if token.known else not_known(token)


def words_of(tokenizer: Tokenizer, ids: Sequence[int], labels: list[str]) -> Words:
    """Pieces with the words that they make."""
    return Words(labels, word_groups(tokenizer, ids), list(ids))


def merged(vectors: np.ndarray, rows: Sequence[int], columns: Sequence[int]) -> np.ndarray:
    """Vectors (T, S, E) of pieces as those of words: columns summed, rows averaged, as `merge`."""
    summed = np.add.reduceat(vectors, starts(columns), axis=1)
    return np.add.reduceat(summed, starts(rows), axis=0) / np.bincount(rows)[:, None, None]


def array(tensor: Tensor) -> np.ndarray:
    """A tensor as an array of float32."""
    return tensor.float().cpu().numpy()
