"""One word replaced, masked or swapped: who looks elsewhere, and what is written.

moved(head) = mean over rows t of 1/2 * sum over s of |after[t][s] - before[p(t)][p(s)]|,  0..1

p(t) is where the word at place t stood before: after a swap two words stand elsewhere.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from playground.heads.change_a_word import CHANGE, ENGLISH, OTHER, WORD
from playground.heads.shared import AS_TYPED, HEAD, LAYER, STACK
from playground.reading.difference import compared
from playground.reading.looks import array
from playground.reading.pieces import joined, merge, word_groups
from playground.reading.plain import fields
from playground.reading.text import label
from playground.reading.translating import french, load
from playground.reading.words import load as load_language_model
from playground.reading.words import opened, word_of
from playground.settings import shown, within
from seq_models import END, PAD, START, UNKNOWN
from seq_models.causal import CausalTransformer
from seq_models.decode import beam_search
from seq_models.inside import Layer, causal_layers, decoder_layers, encoder_layers
from seq_models.tokenizer import SPECIAL, Tokenizer
from seq_models.translate import NEVER_WRITTEN, limit, source_ids

MASKED = "⟨masked⟩"
Groups = list[list[int]]  # of tokens: the pieces of each word


@dataclass(frozen=True)
class Trace:
    """A text before and after a word of it was changed, in words."""

    stack: str
    change: str
    word: int  # its place among the words, from 1
    words: list[str]  # N, of the text, that can be changed
    changed_words: list[str]  # N
    text: str  # of those words
    changed_text: str
    layer: int  # from 1
    head: int
    rows: list[str]  # Q, those who look
    columns: list[str]  # K, those looked at before
    changed_rows: list[str]  # Q
    changed_columns: list[str]  # K
    row_origins: list[int]  # Q, where each of changed_rows stood before, from 1
    column_origins: list[int]  # K
    before: np.ndarray  # (Q, K), the head's weights
    after: np.ndarray  # (Q, K)
    moved: np.ndarray  # (layers, heads), 0..1, how much of a look is elsewhere
    written: str  # the translation, or the likeliest next word
    changed_written: str
    difference: list[tuple[str, str]]  # (word, "same", "removed" or "added")
    notes: tuple[str, ...] = ()  # what was repaired and left out of what was typed

    @property
    def before_there(self) -> np.ndarray:
        """The weights before, each word where it stands after: (Q, K)."""
        rows, columns = np.array(self.row_origins) - 1, np.array(self.column_origins) - 1
        there: np.ndarray = self.before[np.ix_(rows, columns)]
        return there

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer."""
        return fields(self)


def explain(
    text: str,
    stack: str = STACK.default,
    change: str = CHANGE.default,
    other: str = OTHER.default,
    word: int = WORD.default,
    layer: int = LAYER.default,
    head: int = HEAD.default,
    as_typed: bool = AS_TYPED.default,
) -> Trace:
    """What changes for all words, and in what is written, when one word is changed.

    Args:
        text: French, English for the language model; at most 1,000 characters and 160 words
            or pieces.
        stack: "encoder", "decoder" or "cross"; "language" for the language model.
        change: "replace" by another word, "mask", or "swap" with the next word.
        other: the other word; the language model reads "sister" for "sœur".
        word: which word is changed, from 1.
        layer: of the head to show, from 1.
        head: which one, from 1.
        as_typed: true repairs no capitals, accents and marks.

    Returns:
        words and changed_words, text and changed_text, before and after (the head's weights, of
        words), row_origins and column_origins (where the words after stood before, from 1), moved
        [layer][head] (0..1, each word compared with itself), written and changed_written, their
        difference word by word.

    Raises ValueError, in a sentence, for bad text or settings.
    """
    CHANGE.check(change)
    model: Reader = Language() if STACK.check(stack) == "language" else Translator(stack)
    source, notes = model.ids(text, as_typed)
    groups = split(model.tokenizer, source)
    inner = [n for n, group in enumerate(groups) if group[0] not in (START, END)]
    place = within(WORD, word, len(inner)) - 1
    if OTHER.check(other) == OTHER.default and stack == "language":
        other = ENGLISH
    new = changed(model, groups, inner, place, change, other)
    with torch.inference_mode():
        target, written = model.write(sum(groups, []))
        _, changed_written = model.write(sum(new, []))
        pieces = [model.weights(sum(each, []), target) for each in (groups, new)]
    (rows, columns), (new_rows, new_columns) = (
        model.sides(each, split(model.tokenizer, target)) for each in (groups, new)
    )
    before = words_look(pieces[0], rows, columns)
    after = words_look(pieces[1], new_rows, new_columns)
    stood = origins(len(groups), inner, place, change)
    row_origins, column_origins = (
        stood if side is new else list(range(len(side))) for side in (new_rows, new_columns)
    )
    layers, heads = before.shape[:2]
    chosen = within(LAYER, layer, layers) - 1, within(HEAD, head, heads) - 1
    name = model.names
    return Trace(
        stack=stack,
        change=change,
        word=place + 1,
        words=[name([groups[n]])[0] for n in inner],
        changed_words=[name([new[n]])[0] for n in inner],
        text=model.text([groups[n] for n in inner]),
        changed_text=model.text([new[n] for n in inner]),
        layer=chosen[0] + 1,
        head=chosen[1] + 1,
        rows=name(rows),
        columns=name(columns),
        changed_rows=name(new_rows),
        changed_columns=name(new_columns),
        row_origins=[place + 1 for place in row_origins],
        column_origins=[place + 1 for place in column_origins],
        before=before[chosen],
        after=after[chosen],
        moved=moved(before[:, :, row_origins][..., column_origins], after),
        written=written,
        changed_written=changed_written,
        difference=compared(written, changed_written),
        notes=notes,
    )


def split(tokenizer: Tokenizer, ids: Sequence[int]) -> Groups:
    """Tokens as words, each the tokens of its pieces."""
    found: Groups = []
    for number, group in zip(ids, word_groups(tokenizer, ids), strict=True):
        if group == len(found):
            found.append([])
        found[group].append(number)
    return found


def changed(
    model: "Reader", groups: Groups, inner: Sequence[int], place: int, change: str, other: str
) -> Groups:
    """The words with one of them changed. Raises ValueError, in a sentence, if that cannot be.

    inner: where those stand that may be changed; place: which of them.
    """
    new, at = [list(group) for group in groups], inner[place]
    if change == "mask":
        new[at] = [model.mask] * len(groups[at])
    elif change == "swap":
        if place + 1 == len(inner):
            raise ValueError("After the last word there is none to swap with; pick another word.")
        beside = inner[place + 1]
        if new[at] == new[beside]:
            raise ValueError(
                "This word and the next are the same to this model: swapped they make no other "
                "text; please pick another word."
            )
        new[at], new[beside] = new[beside], new[at]
    else:
        numbers = in_place(model.tokenizer, other, groups[at][0], first=place == 0)
        if UNKNOWN in numbers:
            raise ValueError(f"The model does not know {shown(other)}; please give another word.")
        if len(split(model.tokenizer, model.tokenizer.encode(other))) != 1:
            raise ValueError(
                "Please give one word to put there, without apostrophe or hyphen, not "
                f"{shown(other)}."
            )
        new[at] = numbers
    return new


def in_place(tokenizer: Tokenizer, other: str, old: int, first: bool) -> list[int]:
    """The tokens of a word where another one, whose first token is `old`, stands in a text.

    As if the whole text had been typed with it: after a space, or joined to what stands before it,
    as a word is to an apostrophe and a sign to a word. first: it begins the text.
    """
    if first:
        return tokenizer.encode(other)
    before = "a "
    if not tokenizer.starts_word(old):
        word, sign = tokenizer.piece(old)[:1].isalnum(), not other.strip()[:1].isalnum()
        before = "a-" if word else "a" if sign else "a "  # of a hyphen no tokenizer makes a word
    count = len(tokenizer.encode(before.strip()))
    return tokenizer.encode(before + other.strip())[count:]


def origins(count: int, inner: Sequence[int], place: int, change: str) -> list[int]:
    """Where each of `count` words of the changed text stood before, from 0.

    inner, place: as of `changed`. Only a swap moves words.
    """
    stood = list(range(count))
    if change == "swap":
        at, beside = inner[place], inner[place + 1]
        stood[at], stood[beside] = beside, at
    return stood


def words_look(weights: np.ndarray, rows: Groups, columns: Groups) -> np.ndarray:
    """The weights (layers, heads, T, S) of pieces as those of words."""
    which = [
        [number for number, group in enumerate(each) for _ in group] for each in (rows, columns)
    ]
    return np.stack([[merge(head, *which) for head in layer] for layer in weights])


def moved(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """How much of each head's look (layers, heads, T, S) goes elsewhere: (layers, heads), 0..1."""
    apart: np.ndarray = np.abs(after - before).sum(axis=-1).mean(axis=-1) / 2
    return apart


class Reader(ABC):
    """A model that reads words and says something."""

    network: Any
    tokenizer: Tokenizer
    mask: int  # what stands where a word is masked

    def names(self, groups: Groups) -> list[str]:
        """Words for people."""
        told = []
        for group in groups:
            labels = [label(self.tokenizer, number) for number in group]
            told += [MASKED] if group[0] == PAD else joined(labels, [0] * len(labels))
        return told

    def text(self, groups: Groups) -> str:
        """Words as they are typed: a space only before what begins a word."""
        pairs = zip(groups, self.names(groups), strict=True)
        spaces = (" " * self.tokenizer.starts_word(group[0]) + name for group, name in pairs)
        return "".join(spaces).strip()

    @abstractmethod
    def ids(self, text: str, as_typed: bool) -> tuple[list[int], tuple[str, ...]]:
        """The tokens of a typed text, and what was repaired and left out of it."""

    def batch(self, ids: Sequence[int]) -> Tensor:
        """Tokens as a batch of one, where the model is."""
        return torch.tensor([list(ids)], device=next(self.network.parameters()).device)

    @abstractmethod
    def write(self, ids: Sequence[int]) -> tuple[list[int], str]:
        """What is written after the tokens, as tokens and as text."""

    @abstractmethod
    def weights(self, ids: Sequence[int], target: Sequence[int]) -> np.ndarray:
        """The weights (layers, heads, T, S) of all heads, of pieces."""

    @abstractmethod
    def sides(self, source: Groups, target: Groups) -> tuple[Groups, Groups]:
        """The words of the rows and of the columns."""


class Translator(Reader):
    """The Transformer translator; a masked word is padding, which nobody looks at."""

    mask = PAD

    def __init__(self, stack: str) -> None:
        self.stack = stack
        self.network, self.tokenizer = load("transformer")

    def ids(self, text: str, as_typed: bool) -> tuple[list[int], tuple[str, ...]]:
        """With ⟨end⟩."""
        found = french("transformer", text, as_typed)
        return source_ids(self.tokenizer, found.text), found.notes

    def write(self, ids: Sequence[int]) -> tuple[list[int], str]:
        """The greedy translation."""
        source = self.batch(ids)
        (search,) = beam_search(
            self.network, self.network.start(source), [limit(len(ids))], source.device,
            least=1, forbidden=NEVER_WRITTEN, text_of=self.tokenizer.decode,
        )  # fmt: skip
        tokens = [*search.hypotheses[0].tokens]
        return tokens, self.tokenizer.decode(tokens)

    def weights(self, ids: Sequence[int], target: Sequence[int]) -> np.ndarray:
        """Of the stack, whose decoder reads the target."""
        source, given = self.batch(ids), self.batch([START, *target[:-1]])
        if self.stack == "encoder":
            return stacked(encoder_layers(self.network.encoder, source))
        enc_out, _ = self.network.encoder(source)
        own, cross = decoder_layers(self.network.decoder, given, enc_out, source != PAD)
        return stacked(own if self.stack == "decoder" else cross)

    def sides(self, source: Groups, target: Groups) -> tuple[Groups, Groups]:
        """The source's words, or those that are read, or written, of the target."""
        if self.stack == "encoder":
            return source, source
        given = split(self.tokenizer, [START, *sum(target, [])[:-1]])
        return (given, given) if self.stack == "decoder" else (target, source)


class Language(Reader):
    """The causal Transformer, which reads ⟨unknown⟩ for a masked word."""

    mask = UNKNOWN

    def __init__(self) -> None:
        self.network, self.tokenizer = load_language_model("transformer")

    def ids(self, text: str, as_typed: bool) -> tuple[list[int], tuple[str, ...]]:
        """With ⟨start⟩."""
        found = opened(text, "transformer", as_typed)
        return found.ids[0].tolist(), tuple(found.notes)

    def write(self, ids: Sequence[int]) -> tuple[list[int], str]:
        """The likeliest next word, which is no ⟨mark⟩."""
        logits, _, _ = self.network(self.batch(ids))
        best = len(SPECIAL) + int(logits[0, -1, len(SPECIAL) :].argmax())
        return [best], word_of(self.tokenizer, best)

    def weights(self, ids: Sequence[int], target: Sequence[int]) -> np.ndarray:  # noqa: ARG002
        """Of the text itself."""
        network = self.network.network
        assert isinstance(network, CausalTransformer)
        return stacked(causal_layers(network, self.network.embed(self.batch(ids))))

    def sides(self, source: Groups, target: Groups) -> tuple[Groups, Groups]:  # noqa: ARG002
        """The text's words."""
        return source, source


def stacked(layers: list[Layer]) -> np.ndarray:
    """All heads' weights (layers, heads, T, S)."""
    return np.stack([array(one.look.weights[0]) for one in layers])
