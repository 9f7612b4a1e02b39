"""Sampling draws the next token at random, after rules that remove unlikely ones.

A beam of width 1 that ranks by log P(token) + Gumbel noise draws each token with exactly its
probability.

Gumbel noise: W. Kool et al., 2019, section 2.3, https://arxiv.org/abs/1903.06059
Top-p: A. Holtzman et al., 2020, section 3.1, https://arxiv.org/abs/1904.09751
"""

from collections.abc import Callable

import torch
from torch import Tensor

from seq_models.limits import finite, whole

COLDEST, HOTTEST = 1e-6, 1e6  # temperatures that single precision can still tell apart
LEAST_TOP_P = 1e-9
MOST_SEED = 2**63 - 1

Rank = Callable[[Tensor], Tensor]
"""Log-probabilities (N, V) to what candidates are ranked by (N, V); minus infinity: never."""


def sampler(
    temperature: float = 1.0, top_k: int | None = None, top_p: float = 1.0, seed: int = 0
) -> Rank:
    """A rank that draws tokens at random, the same ones again for the same seed.

    Raises ValueError as `reshape` does, before the first draw.
    """
    check(temperature, top_k, top_p)
    generator = torch.Generator().manual_seed(whole("seed", seed, 0, MOST_SEED))

    def rank(log_probabilities: Tensor) -> Tensor:
        allowed = reshape(log_probabilities, temperature, top_k, top_p)
        uniform = torch.rand(allowed.shape, generator=generator).clamp(1e-20, 1 - 1e-7)
        return allowed - (-uniform.log()).log().to(allowed.device)

    return rank


def reshape(
    log_probabilities: Tensor, temperature: float, top_k: int | None, top_p: float
) -> Tensor:
    """Log-probabilities (N, V) to choose from; minus infinity for what the rules remove.

    temperature: below 1 sharper, above 1 flatter. top_k: keep the k likeliest. top_p (0..1]: of
    those, keep the smallest set that holds this much probability. Raises ValueError otherwise.
    """
    check(temperature, top_k, top_p)
    shaped = (log_probabilities / temperature).log_softmax(dim=-1)
    if top_k is None and top_p == 1:
        return shaped
    ordered, order = shaped.sort(dim=-1, descending=True, stable=True)
    if top_k is not None:
        ordered[:, min(top_k, ordered.size(1)) :] = float("-inf")
        ordered = ordered.log_softmax(dim=-1)
    if top_p < 1:
        before = ordered.exp().cumsum(dim=-1) - ordered.exp()  # held by likelier words
        ordered = ordered.masked_fill(before >= top_p, float("-inf")).log_softmax(dim=-1)
    return torch.empty_like(ordered).scatter(-1, order, ordered)


def check(temperature: float, top_k: int | None, top_p: float) -> None:
    """Raise ValueError, in a sentence, for rules that cannot be."""
    finite("temperature", temperature, COLDEST, HOTTEST)
    finite("top_p", top_p, LEAST_TOP_P, 1)
    if top_k is not None:
        whole("top_k", top_k, least=1)
