"""A translator made to look elsewhere: a rule replaces its attention, all else stays as trained.

    weights[t] = rule(t, softmax(score[t]))
    context[t] = sum over i of weights[t][i] * encoder_output[i]

What a translation loses by it is what choosing where to look was worth.
Shuffled weights: S. Jain and B. Wallace, 2019, section 4.2.1, https://arxiv.org/abs/1902.10186
Weights taken away: S. Serrano and N. Smith, 2019, https://arxiv.org/abs/1906.03731
"""

from collections.abc import Callable, Sequence

import torch
from torch import Tensor, nn

from seq_models.recurrent import RecurrentState
from seq_models.seq2seq import Seq2Seq

State = tuple[Tensor, RecurrentState]  # position (N,) of the word to write, from 0; the decoder's
Rule = Callable[[Tensor, Tensor, Tensor], Tensor]
"""position (N,), the model's own weights (N, S), mask (N, S) to the weights (N, S) it must use."""


class Elsewhere(Seq2Seq):
    """A recurrent translator that attends as a rule says; it shares the given one's layers."""

    def __init__(self, model: Seq2Seq, rule: Rule) -> None:
        super().__init__(model.encoder, model.decoder)
        self.rule = rule

    def start(self, src: Tensor) -> State:
        """As `Seq2Seq.start`."""
        return torch.zeros(len(src), dtype=torch.long, device=src.device), super().start(src)

    def step(self, tokens: Tensor, state: State) -> tuple[Tensor, State, Tensor]:
        """As `Seq2Seq.step`; the weights (N, S) are the replaced ones."""
        position, inner = state
        _, own = self.decoder.attention(
            inner.hidden, inner.enc_out, inner.source_mask, inner.projected
        )
        weights = self.rule(position, own, inner.source_mask)
        logits, inner, weights = self.decoder.step(tokens, inner, weights)
        return logits, (position + 1, inner), weights

    def look(self, src: Tensor, trg: Tensor) -> tuple[Tensor, tuple[()], Tensor]:
        """As `Seq2Seq.look`, one word after the other; the weights (B, T, S) are the replaced."""
        state, logits, rows = self.start(src), [], []
        for tokens in trg.unbind(dim=1):
            scored, state, weights = self.step(tokens, state)
            logits.append(scored)
            rows.append(weights)
        return torch.stack(logits, dim=1), (), torch.stack(rows, dim=1)


def uniform(position: Tensor, weights: Tensor, mask: Tensor) -> Tensor:
    """The same share for every source token, ⟨end⟩ included."""
    return mask.to(weights) / mask.sum(dim=1, keepdim=True)


def last(position: Tensor, weights: Tensor, mask: Tensor) -> Tensor:
    """All on the last token that was typed, the one before ⟨end⟩."""
    return only((mask.sum(dim=1) - 2).clamp(min=0), weights)


def diagonal(position: Tensor, weights: Tensor, mask: Tensor) -> Tensor:
    """All on the source token at the same place; past the end of the source, on ⟨end⟩."""
    return only(torch.minimum(position, mask.sum(dim=1) - 1), weights)


def own_argmax(position: Tensor, weights: Tensor, mask: Tensor) -> Tensor:
    """All on the token that the model itself looks at most."""
    return only(weights.argmax(dim=1), weights)


def shuffled(seed: int) -> Rule:
    """The model's own shares, dealt out anew among the source tokens, ⟨end⟩ included.

    The deal depends on the seed (any whole number), the position and the source's length, and on
    nothing else.
    """

    def rule(position: Tensor, weights: Tensor, mask: Tensor) -> Tensor:
        order = torch.arange(weights.size(1)).repeat(len(weights), 1)  # (N, S)
        lengths = mask.sum(dim=1).tolist()
        for row, (place, length) in enumerate(zip(position.tolist(), lengths, strict=True)):
            generator = torch.Generator().manual_seed((seed * 1_000_003 + place) % 2**63)
            order[row, :length] = torch.randperm(length, generator=generator)
        return weights.gather(1, order.to(weights.device))

    return rule


def given(at: int, shares: Sequence[float]) -> Rule:
    """These S shares for the word at position `at` (from 0), scaled to sum to 1; its own elsewhere.

    Raises ValueError for a negative share, or none above 0.
    """
    total = sum(shares)
    if min(shares, default=0) < 0 or not 0 < total < float("inf"):
        raise ValueError(f"shares {list(shares)} must be 0 or more, with one above 0")

    def rule(position: Tensor, weights: Tensor, mask: Tensor) -> Tensor:
        row = weights.new_tensor([share / total for share in shares])  # (S,)
        return torch.where((position == at).unsqueeze(1), row, weights)

    return rule


def keeping(rule: Rule, rows: list[Tensor]) -> Rule:
    """The same rule; each step's weights (N, S) are put into `rows` as well."""

    def kept(position: Tensor, weights: Tensor, mask: Tensor) -> Tensor:
        rows.append(rule(position, weights, mask))
        return rows[-1]

    return kept


def only(index: Tensor, weights: Tensor) -> Tensor:
    """All on one token of each row, index (N,), shaped as weights (N, S)."""
    return nn.functional.one_hot(index, weights.size(1)).to(weights)
