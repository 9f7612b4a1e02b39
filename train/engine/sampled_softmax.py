"""Which words a training scores in one step: the frequent ones, those it has to predict, and a few.

    Z  =  sum over frequent and wanted words of exp s[v]  +  (R / K) sum over the drawn of exp s[v]

R rare words are left when the frequent ones and those that the batch wants are taken; K of them are
drawn, each as likely as any other, and stand for all: log (R / K) is added to their scores s. So
the sum over the vocabulary, and its gradient, are right on average, and since rare words hold
little of the probability, nearly right each time. A fifth of the words is a fifth of the work.
S. Jean et al., 2015, section 3, https://aclanthology.org/P15-1001
"""

import math
from collections.abc import Callable
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.func import functional_call

OUTPUT = "decoder.fc_out"  # a translator's, whose matrix its embedding shares


class Sampling(NamedTuple):
    """How many words a step scores, besides those that it has to predict."""

    frequent: int  # first words of a vocabulary, which is in the order of frequency
    drawn: int  # of the others

    def applies(self, vocabulary: int) -> bool:
        """Whether a vocabulary of so many words has more than a sample takes."""
        return vocabulary > sum(self)

    def record(self, vocabulary: int) -> dict[str, dict[str, int]]:
        """What config.json tells of it."""
        return {"sampled": self._asdict()} if self.applies(vocabulary) else {}


class Sampled(NamedTuple):
    """The words of a step, C of them."""

    among: Tensor  # (C,), numbers in the vocabulary, ascending
    wanted: Tensor  # as it was given, with a word's place in `among` for its number
    offset: Tensor  # (C,), what is added to each word's score


def sampled(wanted: Tensor, vocabulary: int, sampling: Sampling) -> Sampled:
    """Words for a step that has to predict `wanted` (N,), by torch's own random numbers.

    At least one is frequent, so that `PAD`, which comes first, keeps its number.
    """
    frequent, drawn = sampling
    taken = torch.zeros(vocabulary, dtype=torch.bool, device=wanted.device)
    taken[:frequent] = True
    taken[wanted] = True
    rare = (~taken).nonzero().squeeze(1)  # (R,)
    chosen = rare[torch.randperm(len(rare), device=wanted.device)[:drawn]]
    offset = torch.zeros(vocabulary, device=wanted.device)
    offset[chosen] = math.log(max(1, len(rare)) / max(1, len(chosen)))
    taken[chosen] = True
    among = taken.nonzero().squeeze(1)
    place = taken.cumsum(dim=0) - 1  # (V,), of a word that is taken its place
    return Sampled(among, place[wanted], offset[among])


def scoring(model: nn.Module, found: Sampled) -> Callable[[Tensor, Tensor], Tensor]:
    """A translator that scores only some pieces: (source, target) -> logits (B, T, C).

    model: may be wrapped for several processes. Gradients reach its own parameters.
    """
    name = next(name for name, _ in model.named_modules() if name.endswith(OUTPUT))
    output = model.get_submodule(name)
    assert isinstance(output, nn.Linear)
    rows = {
        f"{name}.weight": output.weight[found.among],
        f"{name}.bias": output.bias[found.among] + found.offset,
    }

    def logits(source: Tensor, target: Tensor) -> Tensor:
        scored: Tensor = functional_call(model, rows, (source, target), tie_weights=False)
        return scored

    return logits
