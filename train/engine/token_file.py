"""All examples in one small file of numbers, from which a device takes its batches itself.

A GPU that waits for a processor to put sentences together learns little. Here the tokens of all
examples lie behind one another in its memory, two bytes each; a batch is one look-up:

    batch[b, i] = tokens[start of row b + i],  or padding from the row's length on
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import safetensors
import safetensors.torch
import torch
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from seq_models import PAD
from seq_models.replacing import replace_bytes
from train.engine.batches import EDGES, Batches, lengths_of
from train.engine.data import Example
from train.engine.shards import SHARDS

MOST = 64 << 20  # bytes of a file, so that it can be sent along
LARGEST = torch.iinfo(torch.int16).max


class TokenFile:
    """The examples of all shards, as numbers on one device."""

    def __init__(
        self, tokens: Tensor, lengths: Tensor, counts: Sequence[int], told: dict[str, Any]
    ) -> None:
        """tokens (all of them,) and lengths (N, fields) in int16, the examples shard by shard.

        counts: how many examples each shard has. told: what was written about them.
        """
        self.tokens = tokens
        self.told = told
        self.lengths = list(lengths.int().split(list(counts)))
        wide = lengths.long()
        ends = wide.flatten().cumsum(0).view_as(wide)
        firsts = (ends - wide).split(list(counts))
        self.starts = by_row(firsts).to(tokens.device)  # (rows, fields)
        sizes = by_row(self.lengths)  # (rows, fields)
        self.longest = sizes.amax(dim=1)  # stays here, so that nobody waits for the device
        self.sizes = sizes.to(tokens.device)

    def batches(self, size: int, seed: int) -> Batches:
        """The engine's batches of about `size` tokens; they know the lengths alone."""
        return Batches({}, size, seed, lambda _: [dict(enumerate(self.lengths))])

    def batch(self, rows: Sequence[int]) -> tuple[Tensor, ...]:
        """The fields, each (B, S), of some rows as `Batches` numbers them."""
        places = torch.tensor(rows, device=self.tokens.device)
        starts, sizes = self.starts[places], self.sizes[places]  # (B, fields)
        longest = int(self.longest[rows].max())
        edge = next(edge for edge in EDGES if edge >= longest)
        steps = torch.arange(edge, device=self.tokens.device)
        fields = []
        for start, size in zip(starts.unbind(1), sizes.unbind(1), strict=True):
            there = steps < size.unsqueeze(1)  # (B, S)
            at = (start.unsqueeze(1) + steps).clamp(max=len(self.tokens) - 1)
            fields.append(self.tokens[at].long().where(there, PAD))
        return tuple(fields)


def by_row(shards: Sequence[Tensor]) -> Tensor:
    """Something of each example, as `Batches` numbers the rows: n * SHARDS + shard."""
    return pad_sequence(list(shards)).flatten(0, 1)


def write_tokens(
    path: Path, examples: Mapping[int, Sequence[Example]], told: dict[str, Any]
) -> None:
    """Write the examples of all shards. Raises ValueError for more than such a file can hold."""
    shards = [examples[shard] for shard in range(SHARDS)]
    flat = [token for shard in shards for example in shard for field in example for token in field]
    if not flat:
        raise ValueError("there is no example: the pairs hold nothing")
    if max(flat) > LARGEST:
        raise ValueError(f"token {max(flat)} is too large; a vocabulary of {LARGEST} at most fits")
    tokens = torch.tensor(flat, dtype=torch.int16)
    lengths = torch.cat([lengths_of(shard) for shard in shards]).to(torch.int16)
    counts = [len(shard) for shard in shards]
    said = {"counts": json.dumps(counts), "told": json.dumps(told)}
    content = safetensors.torch.save({"tokens": tokens, "lengths": lengths}, said)
    if len(content) > MOST:
        raise ValueError(
            f"{path} would have {len(content):,} bytes, {MOST:,} fit: give fewer pairs"
        )
    replace_bytes(path, content)


def read_tokens(path: Path, device: torch.device) -> TokenFile:
    """What `write_tokens` wrote, on a device. Raises ValueError for a damaged file."""
    try:
        with safetensors.safe_open(path, framework="pt") as file:
            said = file.metadata() or {}
            counts, told = json.loads(said["counts"]), json.loads(said["told"])
            tokens, lengths = file.get_tensor("tokens"), file.get_tensor("lengths")
    except (safetensors.SafetensorError, KeyError, ValueError) as error:
        raise ValueError(f"{path} is damaged ({error}); prepare it anew") from error
    return TokenFile(tokens.to(device), lengths, counts, told)
