"""What each self-attention head does: where it looks, how sharply, and what it is worth.

Removing one head multiplies its output by 0; the model is measured again without it.
P. Michel, O. Levy, G. Neubig, 2019, section 3.2, https://arxiv.org/abs/1905.10650
Positional heads: E. Voita et al., 2019, section 5, https://arxiv.org/abs/1905.09418
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor

from seq_models import END, PAD, START
from seq_models.causal import CausalTransformer
from seq_models.decoder import DecoderState, DecoderWeights
from seq_models.language_model import LanguageModel
from seq_models.seq2seq import Seq2Seq
from seq_models.tokenizer import Tokenizer
from seq_models.translate import read

Place = tuple[str, int, int]  # encoder, decoder or network; layer and head, from 0


class ScaledHeads(Seq2Seq):
    """A Transformer translator whose heads' outputs are multiplied: 0 switches one off.

    scale: for "encoder" and "decoder", (layers, heads), as `SelfAttention.attend` wants it.
    """

    def __init__(self, model: Seq2Seq, scale: dict[str, Tensor]) -> None:
        super().__init__(model.encoder, model.decoder)
        self.scale = scale

    def start(self, src: Tensor) -> DecoderState:
        """As `Seq2Seq.start`."""
        enc_out, _ = self.encoder(src, self.scale["encoder"])
        state: DecoderState = self.decoder.start(enc_out, src != PAD)
        return state

    def step(
        self, tokens: Tensor, state: DecoderState
    ) -> tuple[Tensor, DecoderState, DecoderWeights]:
        """As `Seq2Seq.step`."""
        stepped: tuple[Tensor, DecoderState, DecoderWeights] = self.decoder.step(
            tokens, state, self.scale["decoder"]
        )
        return stepped


@dataclass
class Habits:
    """Sums of what one head did, over all rows that were counted."""

    sums: dict[str, float] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)

    def add(self, weights: Tensor, punctuation: Tensor) -> None:
        """Count weights (S, S) of a text; punctuation (S,) is True where a token is that."""
        bits = -torch.special.xlogy(weights, weights).sum(dim=1) / math.log(2)
        self._count("previous", weights.diagonal(-1))
        self._count("next", weights.diagonal(1))
        self._count("same", weights.diagonal())
        self._count("first", weights[:, 0])
        self._count("entropy_bits", bits)
        self._count("punctuation", weights[:, punctuation].sum(dim=1))

    def mean(self) -> dict[str, float]:
        """Each of them a row: a share of the head's mass (0..1), or bits."""
        return {name: round(self.sums[name] / max(1, self.rows[name]), 4) for name in self.sums}

    def _count(self, name: str, values: Tensor) -> None:
        self.sums[name] = self.sums.get(name, 0.0) + values.double().sum().item()
        self.rows[name] = self.rows.get(name, 0) + len(values)


def translator_habits(
    model: Seq2Seq, tokenizer: Tokenizer, pairs: Sequence[tuple[str, str]]
) -> dict[Place, dict[str, float]]:
    """What every self-attention head of a Transformer translator does on pairs of sentences."""
    habits: dict[Place, Habits] = {}
    for source, target in pairs:
        ids = tokenizer.encode(target)
        reading = read(model, tokenizer, source, [*ids, END])
        texts = {
            "encoder": (reading.encoder_weights, [*tokenizer.encode(source), END]),
            "decoder": (reading.decoder_weights.own, [START, *ids]),
        }
        for part, (layers, tokens) in texts.items():
            count(habits, part, layers, marks(tokenizer, tokens))
    return {place: each.mean() for place, each in habits.items()}


def language_model_habits(
    model: LanguageModel, tokenizer: Tokenizer, lines: Sequence[str]
) -> dict[Place, dict[str, float]]:
    """What every head of a causal Transformer does on lines of text."""
    assert isinstance(model.network, CausalTransformer)
    habits: dict[Place, Habits] = {}
    device = next(model.parameters()).device
    for line in lines:
        tokens = [START, *tokenizer.encode(line)]
        with torch.inference_mode():
            vectors = model.embed(torch.tensor([tokens], device=device))
            _, _, layers = model.network.look(vectors)
        count(habits, "network", layers, marks(tokenizer, tokens))
    return {place: each.mean() for place, each in habits.items()}


def count(
    habits: dict[Place, Habits], part: str, layers: Sequence[Tensor], punctuation: Tensor
) -> None:
    """Add one text's weights, for each layer (1, heads, S, S)."""
    for layer, weights in enumerate(layers):
        for head, each in enumerate(weights[0].float().cpu()):
            habits.setdefault((part, layer, head), Habits()).add(each, punctuation)


def marks(tokenizer: Tokenizer, tokens: Sequence[int]) -> Tensor:
    """True (S,) for the tokens that are punctuation: no letter, no digit, no special mark."""
    pieces = [tokenizer.piece(token) for token in tokens]
    return torch.tensor(
        [
            token not in (START, END) and not any(map(str.isalnum, piece))
            for token, piece in zip(tokens, pieces, strict=True)
        ]
    )


def without_each(
    sizes: dict[str, tuple[int, int]], measure: Callable[[dict[str, Tensor]], float]
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
    habits: dict[Place, dict[str, float]], cost: dict[Place, float], unit: str
) -> list[dict[str, Any]]:
    """One entry a head, counted from 1, as `measurements.json` has it."""
    return [
        {"part": part, "layer": layer + 1, "head": head + 1}
        | habits[part, layer, head]
        | {f"removal_costs_{unit}": round(cost[part, layer, head], 2)}
        for part, layer, head in habits
    ]
