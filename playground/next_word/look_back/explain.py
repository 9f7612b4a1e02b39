"""Looking back: which words of a text the next one rests on, asked in two ways.

    gradient[t] = (d log2 P(word) / d x[t]) . x[t],  x[t] the vector of token t
    left_out[t] = log2 P(word | text) - log2 P(word | text without token t)

The first asks how steep the score is just here, the second what happens without the token; where
the model bends in between, they disagree. A positive figure speaks for the word, a negative one
against it; neither proves a cause.
Gradient: M. Denil et al., 2014, https://arxiv.org/abs/1412.6815; A. Shrikumar et al., 2016,
https://arxiv.org/abs/1605.01713
Left out: J. Li, W. Monroe, D. Jurafsky, "Understanding Neural Networks through Representation
Erasure", 2016, https://arxiv.org/abs/1612.08220
"""

import math
import threading
from collections.abc import Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from playground.next_word.look_back import WORD
from playground.next_word.shared import MODEL
from playground.reading.plain import fields
from playground.reading.words import NEVER, Opened, opened, word_of
from playground.settings import AS_TYPED, shown
from seq_models import END
from seq_models.language_model import LanguageModel
from seq_models.tokenizer import SPECIAL, Tokenizer

COUNT = 8  # likeliest words told
ROWS = 32  # shortened texts read at once
ONE_AT_A_TIME = threading.Lock()  # cuDNN is switched for the whole process


@dataclass(frozen=True)
class Trace:
    """What each of S tokens did for one next word."""

    model: str
    tokens: list[str]  # S, as typed
    word: str
    probability: float  # of the word after the text, 0..1
    likeliest: list[str]  # the words that could most likely be written, likeliest first
    gradient: np.ndarray  # (S,), bits, signed
    left_out: np.ndarray  # (S,), bits, signed
    rank_correlation: float | None  # Spearman's, -1..1; None where there is nothing to rank
    disagreement: int | None  # the one token whose two ranks are furthest apart; None with no one
    notes: Sequence[str] = ()  # what a person is told of how the text was read

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer."""
        return fields(self)


def explain(
    text: str,
    model: str = MODEL.default,
    word: str = WORD.default,
    as_typed: bool = AS_TYPED.default,
) -> Trace:
    """Which words of a text the prediction of the next one rests on, asked in two ways.

    Args:
        text: English words, at most 1,000 characters and 160 words or pieces.
        model: "rnn", "gru", "lstm" or "transformer".
        word: the predicted word, of the vocabulary; empty for the likeliest.
        as_typed: true mends neither capitals nor accents.

    Returns:
        tokens, word, probability, likeliest (words that could come next, no mark), gradient
        (gradient times input) and left_out (what leaving the token out takes away), both in bits
        and signed, rank_correlation (Spearman's) and disagreement (the token whose two ranks are
        furthest apart, from 0; null where several are).
        Where the text was mended, notes say how it was read.

    Raises ValueError, in a sentence, for bad text or a word outside the vocabulary.
    """
    WORD.check(word)
    reading = opened(text, model, as_typed)
    with torch.inference_mode():
        given = last_log2(reading.network, reading.ids)[0]  # (V,)
        best = likeliest(reading.tokenizer, given)
        number = wanted(reading.tokenizer, word, given) if word != "" else best[0]
        without = torch.cat(
            [last_log2(reading.network, ids)[:, number] for ids in shorter(reading.ids).split(ROWS)]
        )  # (S,)
    gradient = gradient_times_input(reading, number)
    left_out = (given[number] - without).cpu().double().numpy()
    correlation, apart = compared(gradient, left_out)
    return Trace(
        model=model,
        tokens=[token.text for token in reading.tokens],
        word=word_of(reading.tokenizer, number),
        probability=2 ** given[number].item(),
        likeliest=[word_of(reading.tokenizer, one) for one in best],
        gradient=gradient,
        left_out=left_out,
        rank_correlation=correlation,
        disagreement=apart,
        notes=reading.notes,
    )


def last_log2(network: LanguageModel, ids: Tensor) -> Tensor:
    """log2 P (B, V) of the word after each text of ids (B, S)."""
    return scored(network, network.embed(ids))


def scored(network: LanguageModel, vectors: Tensor) -> Tensor:
    """log2 P (B, V) of the word after texts whose tokens have vectors (B, S, E)."""
    memory, _ = network.network.read(vectors)
    return network.score(memory[:, -1:])[:, 0].float().log_softmax(dim=-1) / math.log(2)


def shorter(ids: Tensor) -> Tensor:
    """ids (1, S + 1) without each token in turn, ⟨start⟩ never left out: (S, S)."""
    count = ids.size(1) - 1
    stays = ~torch.eye(count, dtype=torch.bool, device=ids.device)
    left = ids[:, 1:].expand(count, -1)[stays].view(count, count - 1)
    return torch.cat([ids[:, :1].expand(count, 1), left], dim=1)


def gradient_times_input(reading: Opened, number: int) -> np.ndarray:
    """The gradient of log2 P(token `number`) by each token's vector, times that vector: (S,)."""
    with torch.inference_mode(False), torch.enable_grad(), differentiable(reading.ids.device):
        ids = reading.ids.clone()
        leaf = reading.network.embed(ids).detach().requires_grad_()
        (slope,) = torch.autograd.grad(scored(reading.network, leaf)[0, number], leaf)
        return (slope * leaf.detach()).sum(dim=-1)[0, 1:].cpu().double().numpy()


def differentiable(device: torch.device) -> AbstractContextManager[Any]:
    """Where a recurrent layer can be differentiated outside training: cuDNN's cannot."""
    stack = ExitStack()
    if device.type == "cuda":
        stack.enter_context(ONE_AT_A_TIME)
        stack.enter_context(torch.backends.cudnn.flags(enabled=False))
    return stack


def likeliest(tokenizer: Tokenizer, given: Tensor) -> list[int]:
    """The `COUNT` likeliest words of different names, by log2 P (V,); ⟨end⟩ is none.

    Most signs are in a vocabulary twice, joined to a word and after a space.
    """
    never = torch.tensor([*NEVER, END], device=given.device)
    best = given.index_fill(0, never, float("-inf")).topk(2 * COUNT).indices.tolist()
    names: dict[str, int] = {}
    for number in best:
        names.setdefault(word_of(tokenizer, number), number)  # the likelier stays
    return list(names.values())[:COUNT]


def wanted(tokenizer: Tokenizer, word: str, given: Tensor) -> int:
    """The token that a person named; of two of that name the likelier, by log2 P (V,).

    Raises ValueError, in a sentence, for a word that is none.
    """
    if word == SPECIAL[END]:
        return END
    name = word.strip()
    apart, joined = tokenizer.tokens(name), tokenizer.tokens("a" + name)[1:]  # "," joins a word
    whole = [one[0] for one in (apart, joined) if len(one) == 1 and one[0].text == name]
    found = [token.id for token in whole if token.known]
    if not found:
        raise ValueError(
            f"The model has no word {shown(word)} in its vocabulary; please choose another one."
        )
    return max(found, key=lambda number: given[number].item())


def compared(one: np.ndarray, other: np.ndarray) -> tuple[float | None, int | None]:
    """Spearman's rank correlation of two (S,), and where alone their ranks are furthest apart."""
    mine, theirs = ranks(one), ranks(other)
    if mine.std() == 0 or theirs.std() == 0:
        return None, None
    gap = np.abs(mine - theirs)
    (furthest,) = np.nonzero(gap == gap.max())
    return float(np.corrcoef(mine, theirs)[0, 1]), int(furthest[0]) if len(furthest) == 1 else None


def ranks(values: np.ndarray) -> np.ndarray:
    """The rank of each of (S,), 0 the smallest; equal ones share their mean rank."""
    smaller = (values[:, None] > values).sum(axis=1)
    equal = (values[:, None] == values).sum(axis=1)
    mean: np.ndarray = smaller + (equal - 1) / 2
    return mean
