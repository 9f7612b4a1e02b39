"""Sentences at which one can see what a head does, and where two ways to remove it disagree.

    zero, mean = log2 P(text) - log2 P(text | head at zero, or at its mean)
    disagreement = | zero - mean | / max(zero, mean, FLOOR)

N. Pochinkov et al., 2024, https://arxiv.org/abs/2408.17322
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import torch
from torch import Tensor

from seq_models.language_model import LanguageModel
from seq_models.scaled import one_each, read_under, scored
from seq_models.self_attention import Blend
from seq_models.seq2seq import Seq2Seq
from seq_models.tokenizer import Tokenizer
from seq_models.translate import source_ids, translate
from train.fetching.mild import LISTED, mild
from train.measures.heads import (
    SHARES,
    Place,
    Stack,
    habits_of,
    network_stack,
    translator_stacks,
)

WORDS = range(4, 10)  # of an example: enough to see something, few enough for one line
SURE = 1.0  # bits a token at most: what a model is not sure of, any change may make likelier
FLOOR = 3.0  # bits: where neither costs as much, little is at stake
COUNT = 3  # examples for each head


class Text(NamedTuple):
    """A sentence as it is typed, what was written of it, and every stack's look at it."""

    text: str
    source: list[int]  # a translator's with ⟨end⟩
    target: list[int]  # the model's own translation; none of a language model
    stacks: Mapping[str, Stack]


def short(texts: Iterable[str], language: str = "") -> list[str]:
    """Those that may be an example, each once: short, without numbers, and mild (see `mild`).

    language: "en" or "fr"; texts of another are not asked for what is listed.
    """
    return [
        text
        for text in dict.fromkeys(texts)
        if len(text.split()) in WORDS
        and not any(map(str.isdigit, text))
        and (language not in LISTED or mild(text, language))
    ]


def translated(model: Seq2Seq, tokenizer: Tokenizer, texts: Sequence[str]) -> list[Text]:
    """Sentences before a translator that reads its own greedy translation, as the page does."""
    found = []
    for text, search in zip(texts, translate(model, tokenizer, texts), strict=True):
        source, target = source_ids(tokenizer, text), search.hypotheses[0].tokens
        found.append(Text(text, source, [*target], translator_stacks(model, source, target)))
    return found


def read_alone(model: LanguageModel, tokenizer: Tokenizer, texts: Sequence[str]) -> list[Text]:
    """Sentences before a causal Transformer."""
    ids = [tokenizer.encode(text) for text in texts]
    return [
        Text(text, each, [], network_stack(model, each))
        for text, each in zip(texts, ids, strict=True)
    ]


def examples(
    tokenizer: Tokenizer, texts: Sequence[Text], habits: Mapping[Place, Mapping[str, float]]
) -> dict[Place, list[dict[str, Any]]]:
    """The texts at which each head does most what it does on the corpus: text and share (0..1)."""
    here = [habits_of(tokenizer, [one.stacks]) for one in texts]
    found = {}
    for place, mean in habits.items():
        role = max(SHARES, key=lambda name: mean[name])
        shares: list[dict[str, Any]] = [
            {"text": one.text, "share": each[place].mean()[role]}
            for each, one in zip(here, texts, strict=True)
        ]
        found[place] = sorted(shares, key=lambda one: -one["share"])[:COUNT]
    return found


def disagreements(
    model: Seq2Seq | LanguageModel, texts: Sequence[Text], means: Mapping[str, Tensor]
) -> list[dict[str, Any]]:
    """For each part the head and the text where zero and the mean disagree most: one costs much,
    the other little.

    Each with part, layer and head (from 1), text, zero_bits and mean_bits: what the text loses.
    """
    found = []
    for part, mean in means.items():
        best: dict[str, Any] = {}
        most = -math.inf
        for one in texts:
            whole, zero = costs(model, part, one)
            if best and whole > SURE * max(len(one.source), len(one.target)):
                continue
            _, instead = costs(model, part, one, mean)
            apart = (zero - instead).abs() / torch.maximum(zero, instead).clamp(min=FLOOR)
            layer, head = divmod(int(apart.argmax()), mean.size(1))
            if apart.max().item() > most:
                most = apart.max().item()
                best = {"part": part, "layer": layer + 1, "head": head + 1, "text": one.text,
                        "zero_bits": round(zero[layer, head].item(), 2),
                        "mean_bits": round(instead[layer, head].item(), 2)}  # fmt: skip
        found += [best] if best else []
    return found


def costs(
    model: Seq2Seq | LanguageModel, part: str, one: Text, mean: Tensor | None = None
) -> tuple[float, Tensor]:
    """A text's surprisal in bits, and what it loses without each head (layers, heads), in bits.

    mean (layers, heads, D): each head gets this instead of nothing.
    """
    blocks = one.stacks[part].layers
    layers, heads = len(blocks), blocks[0].attention.heads
    every = torch.cat([torch.ones(1, layers, heads), one_each(layers, heads)])
    scale = every if mean is None else Blend(every, mean.unsqueeze(-2))
    if isinstance(model, Seq2Seq):
        nats = scored(model, part, scale, one.source, one.target)
    else:
        nats = read_under(model, scale, one.source)[0].sum(dim=1)
    lost: Tensor = ((nats[0] - nats[1:]) / math.log(2)).unflatten(0, (layers, heads))
    return -nats[0].item() / math.log(2), lost
