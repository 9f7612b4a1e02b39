"""How far back a language model's memory reaches: its perplexity when it may see only some words.

A model that reads ⟨start⟩ and the last k words, from an empty memory, predicts the next one. What
it loses against reading the whole line is what its memory held of the words before those k. Without
⟨start⟩ it would be read as no training did: a Transformer rests heads on that mark.
U. Khandelwal et al., 2018, section 3, https://arxiv.org/abs/1805.04623
"""

import math
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn

from seq_models import END, PAD, START
from seq_models.causal import CausalTransformer
from seq_models.language_model import LanguageModel
from seq_models.tokenizer import Tokenizer
from train.engine.data import by_length, pad

CONTEXTS = (1, 2, 4, 8, 16, 32)  # tokens after ⟨start⟩
ROWS = 64  # lines, or windows of 8 times as many tokens, read at once


def memory_curve(
    model: LanguageModel, tokenizer: Tokenizer, lines: Sequence[str]
) -> list[dict[str, Any]]:
    """Perplexity over all tokens for each number of tokens that the model may see.

    The last entry's context is None: the whole line so far.
    """
    texts = [[START, *ids, END] for ids in tokenizer.encode_many(lines)]
    whole = surprisals(model, texts)
    curve: list[dict[str, Any]] = []
    for context in CONTEXTS:
        early = sum(nats[: context + 1].sum().item() for nats in whole)
        windows = [
            [START, *text[last - context : last + 1]]
            for text in texts
            for last in range(context + 2, len(text))
        ]
        late = windowed(model, windows) if windows else 0.0
        curve.append({"context": context, "perplexity": perplexity(early + late, whole)})
    total = sum(nats.sum().item() for nats in whole)
    return [*curve, {"context": None, "perplexity": perplexity(total, whole)}]


def perplexity(nats: float, texts: Sequence[Tensor]) -> float:
    """The perplexity that a sum of surprisals is, over as many tokens as `texts` have."""
    return round(math.exp(nats / sum(map(len, texts))), 2)


def surprisals(
    model: LanguageModel, texts: Sequence[Sequence[int]], head_scale: Tensor | None = None
) -> list[Tensor]:
    """The surprisal (nats) of each text's tokens after its first, in double precision.

    head_scale (layers, heads): a causal Transformer's, see `SelfAttention.attend`.
    """
    found = [torch.empty(0)] * len(texts)
    for group in by_length([len(text) for text in texts], ROWS):
        rows = pad([texts[index] for index in group]).to(device_of(model))
        with torch.inference_mode():
            logits = model.score(memory(model, rows[:, :-1], head_scale))
            nats = cross_entropy(logits, rows[:, 1:])  # (B, S)
        for index, row in zip(group, nats, strict=True):
            found[index] = row[: len(texts[index]) - 1].double().cpu()
    return found


def windowed(model: LanguageModel, windows: Sequence[Sequence[int]]) -> float:
    """The sum of the surprisals (nats) of the last token of each window, all of one length."""
    total, rows = 0.0, 8 * ROWS
    for first in range(0, len(windows), rows):
        batch = torch.tensor(windows[first : first + rows], device=device_of(model))
        with torch.inference_mode():
            logits = model.score(memory(model, batch[:, :-1])[:, -1:])
            total += cross_entropy(logits, batch[:, -1:]).double().sum().item()
    return total


def memory(model: LanguageModel, x: Tensor, head_scale: Tensor | None = None) -> Tensor:
    """The memory (B, S, H) after each token of x (B, S)."""
    if head_scale is None:
        return model.network.read(model.embed(x))[0]
    assert isinstance(model.network, CausalTransformer)
    return model.network.look(model.embed(x), head_scale=head_scale)[0]


def cross_entropy(logits: Tensor, wanted: Tensor) -> Tensor:
    """The surprisal (B, S) of the wanted tokens (B, S), 0 for padding, given logits (B, S, V)."""
    flat = nn.functional.cross_entropy(
        logits.flatten(0, 1).float(), wanted.flatten(), ignore_index=PAD, reduction="none"
    )
    return flat.view_as(wanted)


def device_of(model: nn.Module) -> torch.device:
    """Where the model is."""
    return next(model.parameters()).device
