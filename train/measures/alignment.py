"""How well attention aligns words: people linked words of two languages, attention does too.

    AER = 1 - (|A and S| + |A and P|) / (|A| + |S|),  A the model's links, S sure, P possible ones

A target word is linked to the source word it looks at most, the pieces of words put together.
F. Och and H. Ney, 2003, section 5, https://doi.org/10.1162/089120103321337421
Reading the row after the word's own: Y. Chen et al., 2020, section 3.2,
https://arxiv.org/abs/2004.14837
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from seq_models import END
from seq_models.seq2seq import Seq2Seq
from seq_models.tokenizer import Tokenizer
from seq_models.translate import read
from train.engine.lines import numbered

READINGS = ("same_row", "next_row")  # of the weights: the step that writes the word, or reads it
NO_SPACE_BEFORE = frozenset(".,)-'")
NO_SPACE_AFTER = frozenset("(-'")

Links = frozenset[tuple[int, int]]  # (source word, target word), from 0


@dataclass(frozen=True)
class Pair:
    """A sentence in both languages, in words, and the links that people drew."""

    source: list[str]
    target: list[str]
    sure: Links
    possible: Links  # the sure ones among them


def read_gold(text: Path, gold: Path) -> list[Pair]:
    """The pairs of `text` (target ||| source a line) with the links of `gold`.

    A link is `a-b` (sure) or `apb` (possible): target word a, source word b, from 1.
    Raises ValueError for files that do not fit together.
    """
    lines, links = ([line for _, _, line in numbered([path])] for path in (text, gold))
    if len(lines) != len(links):
        raise ValueError(f"{text} has {len(lines)} lines, {gold} has {len(links)}")
    pairs = []
    for line, linked in zip(lines, links, strict=True):
        target, source = (side.split() for side in line.split("|||"))
        sure = frozenset(link(each, "-") for each in linked.split() if "-" in each)
        maybe = frozenset(link(each, "p") for each in linked.split() if "p" in each)
        if any(s >= len(source) or t >= len(target) for s, t in sure | maybe):
            raise ValueError(f"{gold} links a word that {text} does not have: {line[:80]!r}")
        pairs.append(Pair(source, target, sure, sure | maybe))
    return pairs


def link(text: str, between: str) -> tuple[int, int]:
    """(source word, target word), from 0, of a link as the file writes it."""
    target, source = text.split(between)
    return int(source) - 1, int(target) - 1


def error_rates(
    model: Seq2Seq, tokenizer: Tokenizer, pairs: Sequence[Pair]
) -> dict[tuple[int, int], dict[str, float]]:
    """The alignment error rate (0..1) of each reading, by (layer, head) from 0.

    The one additive attention is layer 0, head 0.
    """
    found: dict[tuple[int, int], dict[str, list[Links]]] = {}
    for pair in pairs:
        (source, source_words), (target, target_words) = spell(pair.source), spell(pair.target)
        ids = [token.id for token in tokenizer.tokens(target)]
        reading = read(model, tokenizer, source, [*ids, END])
        columns = words_of(tokenizer, source, source_words)
        rows = words_of(tokenizer, target, target_words)
        for place, weights in cross_attention(reading.decoder_weights).items():
            each = found.setdefault(place, {name: [] for name in READINGS})
            for late, name in enumerate(READINGS):
                own = weights[late : late + len(rows), : len(columns)]
                each[name].append(links(own, rows, columns))
    return {
        place: {name: error_rate(drawn, pairs) for name, drawn in each.items()}
        for place, each in found.items()
    }


def cross_attention(weights: Any) -> dict[tuple[int, int], Tensor]:
    """Every head's weights (T, S) on the source, by (layer, head), out of a decoder's weights."""
    if isinstance(weights, Tensor):
        return {(0, 0): weights[0]}
    return {
        (layer, head): each
        for layer, heads in enumerate(weights.cross)
        for head, each in enumerate(heads[0])
    }


def links(weights: Tensor, rows: Sequence[int], columns: Sequence[int]) -> Links:
    """Each target word with the source word that it looks at most, given weights (T, S).

    rows, columns: the word that each piece belongs to.
    """
    merged = weights.new_zeros(max(rows) + 1, weights.size(1))
    merged = merged.index_add(0, torch.tensor(rows, device=weights.device), weights)
    words = weights.new_zeros(len(merged), max(columns) + 1)
    words = words.index_add(1, torch.tensor(columns, device=weights.device), merged)
    return frozenset((s, t) for t, s in enumerate(words.argmax(dim=1).tolist()))


def error_rate(found: Sequence[Links], pairs: Sequence[Pair]) -> float:
    """The alignment error rate (0..1) of the links found in all pairs together."""
    right = sum(
        len(a & pair.sure) + len(a & pair.possible) for a, pair in zip(found, pairs, strict=True)
    )
    drawn = sum(len(a) + len(pair.sure) for a, pair in zip(found, pairs, strict=True))
    return 1 - right / drawn


def spell(words: Sequence[str]) -> tuple[str, list[int]]:
    """Words as a person would write them, and where each ends in that text (characters)."""
    text, ends = "", []
    for word in words:
        apart = text and text[-1] not in NO_SPACE_AFTER and word[0] not in NO_SPACE_BEFORE
        text += " " * bool(apart) + word
        ends.append(len(text))
    return text, ends


def words_of(tokenizer: Tokenizer, text: str, ends: Sequence[int]) -> list[int]:
    """The word that each token of `text` belongs to, given where each word ends."""
    words, position = [], 0
    for token in tokenizer.tokens(text):
        position += len(token.text)
        words.append(next(n for n, end in enumerate(ends) if position <= end))
    return words
