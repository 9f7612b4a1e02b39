"""How well a language model guesses: its perplexity, and how often the right word was likely.

    perplexity = exp(mean surprisal of all tokens, in nats)

Hits are counted over words: punctuation and the end mark are left out, an unknown word counts as a
miss, and ⟨unknown⟩ is never offered as a word. Each measure is also taken "of known", without the
unknown words: models of different vocabularies are compared by those.
"""

import math
import operator
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Any

import torch
from torch import Tensor

from seq_models import END, START, UNKNOWN
from seq_models.language_model import LanguageModel
from seq_models.tokenizer import Token, Tokenizer
from train.engine.shards import share, together


@dataclass
class Tally:
    """What a language model got right so far."""

    nats: float = 0.0
    known_nats: float = 0.0
    tokens: int = 0
    known_tokens: int = 0
    words: int = 0
    unknown: int = 0
    first: int = 0
    five: int = 0

    def add(self, nats: Tensor, rank: Tensor, text: Sequence[Token]) -> None:
        """Count a text: surprisals nats (S + 1,) with ⟨end⟩'s, and ranks (S + 1,), 0 the best."""
        known = torch.tensor([*(token.known for token in text), True], device=nats.device)
        self.nats += nats.double().sum().item()
        self.known_nats += nats[known].double().sum().item()
        self.tokens += len(nats)
        self.known_tokens += int(known.sum())
        for token, ahead in zip(text, rank.tolist(), strict=False):
            self.words += token.is_word
            self.unknown += token.is_word and not token.known
            self.first += token.is_word and token.known and ahead < 1
            self.five += token.is_word and token.known and ahead < 5

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*map(operator.add, astuple(self), astuple(other)))

    def to_json(self) -> dict[str, Any]:
        """The measures that evaluation prints."""
        known = self.words - self.unknown
        return {
            "perplexity": round(math.exp(self.nats / self.tokens), 2),
            "top1": round(self.first / max(1, self.words), 4),
            "top5": round(self.five / max(1, self.words), 4),
            "words": self.words,
            "unknown": self.unknown,
            "perplexity_of_known": round(math.exp(self.known_nats / self.known_tokens), 2),
            "top1_of_known": round(self.first / max(1, known), 4),
            "top5_of_known": round(self.five / max(1, known), 4),
        }


def evaluate_language_model(
    model: LanguageModel, tokenizer: Tokenizer, lines: Sequence[str]
) -> dict[str, Any]:
    """Perplexity and hits (0..1) of the model on `lines`, each read from its start to its end."""
    device = next(model.parameters()).device
    tally = Tally()
    for line in share(lines):
        text = tokenizer.tokens(line)
        ids = torch.tensor([START, *(token.id for token in text), END], device=device)
        with torch.inference_mode():
            logits, _, _ = model(ids[None, :-1])
            log_probabilities = logits[0].float().log_softmax(dim=-1)  # (S + 1, V)
        tally.add(*judged(log_probabilities, ids[1:]), text)
    return sum(together(tally), Tally()).to_json()


def judged(log_probabilities: Tensor, wanted: Tensor) -> tuple[Tensor, Tensor]:
    """The surprisal (N,) of each wanted token and its rank (N,), given log-probabilities (N, V).

    A rank counts the likelier tokens, without ⟨unknown⟩, which is no word that could be offered.
    """
    found = log_probabilities.gather(1, wanted.unsqueeze(1))  # (N, 1)
    likelier = log_probabilities > found  # (N, V)
    likelier[:, UNKNOWN] = False
    return -found.squeeze(1), likelier.sum(dim=1)
