"""The likeliest pieces of a given text: what a tokenizer cuts one way can be written in many.

    best over all cuts of log P(pieces | source),    the pieces joined being the text

A model that writes "dance" "s" finds "d" "ances", the tokenizer's cut of the same word, a thousand
times less likely. Who asks how likely a text is, means the text.
K. Cao and L. Rimell, 2021, https://aclanthology.org/2021.emnlp-main.161
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import torch
from torch import Tensor

from seq_models import END, PAD, START, UNKNOWN
from seq_models.decode import FORBIDDEN, Model
from seq_models.exact import exact_search
from seq_models.tokenizer import Tokenizer

MOST = 60  # beginnings that the model reads: enough where the text is one that it might write
SAME = 1e-4  # nats: less is a rounding error


def likeliest_cut(
    model: Model, state: Any, tokenizer: Tokenizer, text: str, device: torch.device, whole: bool
) -> list[int]:
    """The tokens of a text that the model finds likeliest from a state of one row, without ⟨end⟩.

    whole: the text ends there; else it may go on. The tokenizer's own cut, where the text has signs
    that the vocabulary lacks, or no likelier one is found among the `MOST` looked at.
    """
    plain = tokenizer.encode(text)
    if not plain or UNKNOWN in plain:
        return plain
    letters = "".join(map(tokenizer.piece, plain))
    cutting = Cutting(model, tokenizer, letters, whole)
    limit = len(letters) + 2
    start = Cut(state, torch.zeros(1, dtype=torch.long, device=device))
    to_beat = log_probability(cutting, start, [*plain, END], device) + SAME
    found = exact_search(cutting, start, limit, device, to_beat, MOST, FORBIDDEN)
    return plain if found.best is None else list(found.best.tokens[:-1])


def log_probability(model: Model, state: Any, tokens: Sequence[int], device: torch.device) -> float:
    """Of a text's tokens (nats), read one by one from a state of one row."""
    total = 0.0
    with torch.inference_mode():
        for before, token in pairwise([START, *tokens]):
            logits, state, _ = model.step(torch.tensor([before], device=device), state)
            total += logits[0].float().log_softmax(dim=-1)[token].item()
    return total


class Cut(NamedTuple):
    """A model's state, and how many letters have been written (N,)."""

    state: Any
    written: Tensor


class Cutting:
    """A model that can write one text only, in whatever pieces, each as likely as it finds it."""

    def __init__(self, model: Model, tokenizer: Tokenizer, letters: str, whole: bool) -> None:
        self._model, self._letters, self._whole = model, letters, whole
        self._pieces = {
            number: piece
            for number, piece in enumerate(tokenizer.pieces)
            if number > UNKNOWN and piece in letters
        }
        self._sizes = {number: len(piece) for number, piece in self._pieces.items()}

    def step(self, tokens: Tensor, cut: Cut) -> tuple[Tensor, Cut, Any]:
        """Read one token each, tokens (N,): log-probabilities (N, V), the new state, extras.

        What cannot come next has none; its share is that of ⟨padding⟩, which nobody writes, so that
        the others' stay what the model says.
        """
        logits, state, extra = self._model.step(tokens, cut.state)
        said = logits.float().log_softmax(dim=-1)
        sizes = [self._sizes.get(token, 0) for token in tokens.tolist()]
        written = cut.written + torch.tensor(sizes, device=tokens.device)
        allowed = torch.full_like(said, -torch.inf)
        for row, place in enumerate(written.tolist()):
            if place < len(self._letters):
                following = self._following(place)
                allowed[row, following] = said[row, following]
            else:
                allowed[row, END] = said[row, END] if self._whole else 0.0
        rest = (1 - allowed.exp().sum(dim=-1)).clamp_min(0)
        allowed[:, PAD] = rest.log()
        return allowed, Cut(state, written), extra

    def _following(self, place: int) -> Sequence[int]:
        """The pieces that the text goes on with from a letter on."""
        return [n for n, piece in self._pieces.items() if self._letters.startswith(piece, place)]
