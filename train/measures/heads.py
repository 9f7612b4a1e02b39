"""What each attention head does on a corpus: where it looks, how sharply, what it reads.

    share(previous) = mean over rows t of weights[t][t - 1],  and so on
    distance = mean over rows t of sum over s of weights[t][s] * |t - s|

Positional heads: E. Voita et al., 2019, section 5, https://arxiv.org/abs/1905.09418
Removing one head multiplies its output by 0; the model is measured again without it.
P. Michel, O. Levy, G. Neubig, 2019, section 3.2, https://arxiv.org/abs/1905.10650
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import torch
from torch import Tensor

from seq_models import END, PAD, START
from seq_models.causal import CausalTransformer
from seq_models.inside import Layer, causal_layers, decoder_layers, encoder_layers
from seq_models.language_model import LanguageModel
from seq_models.seq2seq import Seq2Seq
from seq_models.tokenizer import Tokenizer

Place = tuple[str, int, int]  # encoder, decoder, cross or network; layer and head, from 0
SHARES = ("previous", "next", "same", "first", "punctuation")
"""What a head may look at: shares of a row's weights, 0..1. The largest is its role."""


class Stack(NamedTuple):
    """One stack's look at one text."""

    layers: list[Layer]
    keys: list[int]  # S tokens, those that are looked at


@dataclass
class Habits:
    """Sums of what one head did, over all rows that were counted."""

    sums: dict[str, float] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    output: Tensor | float = 0.0  # (D,), summed over all rows

    def add(self, weights: Tensor, punctuation: Tensor, output: Tensor | None = None) -> None:
        """Count weights (T, S) of a text, and what was read with them (T, D).

        punctuation (S,) is True where a token is that.
        """
        rows, columns = (torch.arange(size, dtype=weights.dtype) for size in weights.shape)
        apart = (rows.unsqueeze(1) - columns).abs()  # (T, S)
        bits = -torch.special.xlogy(weights, weights).sum(dim=1) / math.log(2)
        self._count("previous", weights.diagonal(-1))
        self._count("next", weights.diagonal(1))
        self._count("same", weights.diagonal())
        self._count("first", weights[:, 0])
        self._count("entropy_bits", bits)
        self._count("punctuation", weights[:, punctuation].sum(dim=1))
        self._count("distance", (weights * apart).sum(dim=1))
        if output is not None:
            self.output = self.output + output.double().sum(dim=0)

    def mean(self) -> dict[str, float]:
        """Each of them a row: a share of the head's mass (0..1), bits, or tokens of distance."""
        return {name: round(self.sums[name] / max(1, self.rows[name]), 4) for name in self.sums}

    def mean_output(self) -> Tensor:
        """What the head reads (D,), on average over all rows."""
        return torch.as_tensor(self.output) / self.rows["first"]

    def _count(self, name: str, values: Tensor) -> None:
        self.sums[name] = self.sums.get(name, 0.0) + values.double().sum().item()
        self.rows[name] = self.rows.get(name, 0) + len(values)


def translator_stacks(
    model: Seq2Seq, source: Sequence[int], target: Sequence[int]
) -> dict[str, Stack]:
    """All stacks of a Transformer translator at work on source and target, each with ⟨end⟩."""
    device = next(model.parameters()).device
    with torch.inference_mode():
        x = torch.tensor([[*source]], device=device)
        given = torch.tensor([[START, *target[:-1]]], device=device)
        enc_out, _ = model.encoder(x)
        own, cross = decoder_layers(model.decoder, given, enc_out, x != PAD)
        return {
            "encoder": Stack(encoder_layers(model.encoder, x), [*source]),
            "decoder": Stack(own, given[0].tolist()),
            "cross": Stack(cross, [*source]),
        }


def network_stack(model: LanguageModel, tokens: Sequence[int]) -> dict[str, Stack]:
    """The layers of a causal Transformer at work on a text's tokens."""
    assert isinstance(model.network, CausalTransformer)
    x = torch.tensor([[START, *tokens]], device=next(model.parameters()).device)
    with torch.inference_mode():
        return {"network": Stack(causal_layers(model.network, model.embed(x)), x[0].tolist())}


def translator_texts(
    model: Seq2Seq, tokenizer: Tokenizer, pairs: Iterable[tuple[str, str]]
) -> Iterator[dict[str, Stack]]:
    """A Transformer translator reading pairs of sentences."""
    for source, target in pairs:
        ids = [[*tokenizer.encode(text), END] for text in (source, target)]
        yield translator_stacks(model, *ids)


def habits_of(tokenizer: Tokenizer, texts: Iterable[Mapping[str, Stack]]) -> dict[Place, Habits]:
    """What every head does on some texts."""
    found: dict[Place, Habits] = {}
    for stacks in texts:
        for part, stack in stacks.items():
            signs = marks(tokenizer, stack.keys)
            for layer, one in enumerate(stack.layers):
                looked = zip(one.look.weights[0], one.look.heads[0], strict=True)
                for head, (weights, output) in enumerate(looked):
                    each = found.setdefault((part, layer, head), Habits())
                    each.add(weights.float().cpu(), signs, output.float().cpu())
    return found


def marks(tokenizer: Tokenizer, tokens: Sequence[int]) -> Tensor:
    """True (S,) for the tokens that are punctuation: no letter, no digit, no special mark."""
    pieces = [tokenizer.piece(token) for token in tokens]
    return torch.tensor(
        [
            token not in (START, END) and not any(map(str.isalnum, piece))
            for token, piece in zip(tokens, pieces, strict=True)
        ]
    )


def means(habits: Mapping[Place, Habits]) -> dict[str, Tensor]:
    """What each head of each part reads on average: (layers, heads, D)."""
    found = {}
    for part in dict.fromkeys(part for part, _, _ in habits):
        places = [(layer, head) for name, layer, head in habits if name == part]
        layers, heads = (1 + max(numbers) for numbers in zip(*places, strict=True))
        each = [
            habits[part, layer, head].mean_output()
            for layer in range(layers)
            for head in range(heads)
        ]
        found[part] = torch.stack(each).unflatten(0, (layers, heads)).float()
    return found


def without_each(
    sizes: Mapping[str, tuple[int, int]], measure: Callable[[dict[str, Tensor]], float]
) -> Iterator[tuple[Place, float]]:
    """What `measure` says with each head alone switched off.

    sizes: of each part, (layers, heads). measure gets the scales (layers, heads) of all parts.
    """
    for part, (layers, heads) in sizes.items():
        for layer in range(layers):
            for head in range(heads):
                scale = {name: torch.ones(size) for name, size in sizes.items()}
                scale[part][layer, head] = 0.0
                yield (part, layer, head), measure(scale)


def described(
    habits: Mapping[Place, Mapping[str, float]],
    cost: Mapping[Place, float],
    unit: str,
    examples: Mapping[Place, list[dict[str, Any]]],
) -> list[dict[str, Any]]:
    """One entry a head, counted from 1, as `measurements.json` has it."""
    return [
        {"part": place[0], "layer": place[1] + 1, "head": place[2] + 1}
        | dict(mean)
        | {f"removal_costs_{unit}": round(cost[place], 2), "examples": examples.get(place, [])}
        for place, mean in habits.items()
    ]
