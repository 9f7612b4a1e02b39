"""A text before a language model: its tokens, and the arithmetic of its log-probabilities.

    surprisal(word) = -log2 P(word | words before),  entropy = sum of -P log2 P

C. Shannon, 1948, https://doi.org/10.1002/j.1538-7305.1948.tb01338.x
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from playground.reading.models import LANGUAGE_MODELS
from playground.reading.opening import sound
from playground.reading.text import one_of, read_by
from seq_models import START, UNKNOWN
from seq_models.checkpoint import Loaded
from seq_models.decode import FORBIDDEN
from seq_models.language_model import LanguageModel
from seq_models.tokenizer import SPACE, SPECIAL, Token, Tokenizer

NEVER = (*FORBIDDEN, UNKNOWN)  # no text goes on with these


class Opened(NamedTuple):
    """A text of S tokens before a model."""

    network: LanguageModel
    tokenizer: Tokenizer
    tokens: list[Token]  # S
    ids: Tensor  # (1, S + 1), ⟨start⟩ and the tokens
    notes: list[str]  # what a person is told of the reading

    @property
    def text(self) -> str:
        """What is read: as typed, or as it was mended."""
        return "".join(token.text for token in self.tokens)


def opened(text: str, model: str, as_typed: bool = False) -> Opened:
    """A text and the model that will read it, mended unless `as_typed`.

    Raises ValueError, in a sentence, for bad ones.
    """
    loaded = found(model)
    network, read = loaded.model, read_by(loaded, text, as_typed)
    assert isinstance(network, LanguageModel)
    device = next(network.parameters()).device
    ids = torch.tensor([[START, *(token.id for token in read.tokens)]], device=device)
    return Opened(network, loaded.tokenizer, read.tokens, ids, read.notes)


def load(model: str) -> tuple[LanguageModel, Tokenizer]:
    """A language model by its short name. Raises ValueError for any other."""
    loaded = found(model)
    assert isinstance(loaded.model, LanguageModel)
    return loaded.model, loaded.tokenizer


def found(model: str) -> Loaded:
    """All there is of a language model, by its short name. Raises ValueError for any other."""
    return sound(LANGUAGE_MODELS[one_of(tuple(LANGUAGE_MODELS), model, "model")].folder)


def normalised(logits: Tensor) -> Tensor:
    """Log-probabilities (N, V) of one text's logits (1, N, V), in single precision at least."""
    return logits[0].to(torch.promote_types(logits.dtype, torch.float32)).log_softmax(dim=-1)


def surprisal(log_probabilities: Tensor, wanted: Sequence[int]) -> np.ndarray:
    """-log2 of the probability of each wanted token (N,), given log-probabilities (N, V)."""
    chosen = torch.tensor(wanted, device=log_probabilities.device).unsqueeze(1)  # (N, 1)
    read = log_probabilities.gather(1, chosen).squeeze(1)
    return -read.cpu().double().numpy() / math.log(2)


def entropy_bits(log_probabilities: Tensor) -> float:
    """The entropy of one distribution (V,), in bits; what has probability 0 adds none."""
    return float(torch.special.entr(log_probabilities.cpu().double().exp()).sum()) / math.log(2)


def continued(tokenizer: Tokenizer, text: str, number: int) -> str:
    """The text with one more token; "" for a ⟨mark⟩."""
    if number < len(SPECIAL):
        return ""
    typed = text.rstrip()
    return typed + tokenizer.after(typed, [number])


def word_of(tokenizer: Tokenizer, number: int) -> str:
    """An entry of the vocabulary as the figures name it."""
    return tokenizer.piece(number).removeprefix(SPACE)
