"""What a sampled softmax saves, and what it costs: python -m benchmarks.softmax --data DIR.

Steps of NAME (default next-word-gru) on the lines of train in DIR, each batch once with every word
of the vocabulary and once with a sample. The last line is JSON: processor seconds of a step, and
how far the sample's loss (nats a token) and gradient are from the whole one's, without dropout.
"""

import argparse
import json
import statistics
import time
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from seq_models import PAD, checkpoint
from seq_models.folder import fill
from seq_models.language_model import LanguageModel
from seq_models.models import build
from seq_models.training import update
from train.engine.batches import Batches
from train.engine.data import text_examples
from train.engine.dropout import quicken
from train.engine.lines import LeftOut, find
from train.engine.memory import keep_memory
from train.engine.recipe import Recipe
from train.engine.script import told_in_a_sentence
from train.next_word import TOKENS, WINDOW, loss, text

LINES = 20_000


def main() -> None:
    """Read the flags, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, required=True, help="folder with train.txt or .gz")
    parser.add_argument("--name", default="next-word-gru")
    parser.add_argument("--batches", type=int, default=8)
    arguments = parser.parse_args()
    with told_in_a_sentence():
        measure(arguments.name, arguments.data, arguments.batches)


def measure(name: str, data: Path, count: int) -> None:
    """Print both ways' times and how far apart they are, on so many batches.

    Raises FileNotFoundError where there is no text.
    """
    loaded = checkpoint.load(name)
    if not isinstance(loaded.model, LanguageModel):
        raise ValueError(f"{name} does not predict the next word")
    lines = list(text(find(data, "train.txt"), LINES, LeftOut()))
    batches = Batches(text_examples(loaded.tokenizer, lines, WINDOW), TOKENS, seed=1)
    chosen = [batches.collate(rows).fields for rows in batches.epoch(0)[:count]]
    words = loaded.tokenizer.vocab_size
    model = build(loaded.config).eval()
    fill(model, dict(loaded.model.named_parameters()))
    found = errors(model, chosen, words) | seconds(model, chosen, words)
    print(json.dumps({"name": name, "words": words} | found))


def errors(model: nn.Module, batches: list[tuple[Tensor, ...]], words: int) -> dict[str, float]:
    """The mean difference of the losses, and the mean length of the gradients' differences.

    The second is a share of the whole gradient's length.
    """
    apart, lengths = [], []
    for fields in batches:
        tokens = int((fields[0][:, 1:] != PAD).sum())
        whole, true = gradient(model, fields, 0)
        part, guess = gradient(model, fields, words)
        apart.append((part - whole) / tokens)
        lengths.append(((guess - true).norm() / true.norm()).item())
    return {
        "loss_apart": round(statistics.mean(apart), 5),
        "gradient_apart": round(statistics.mean(lengths), 4),
    }


def gradient(model: nn.Module, fields: tuple[Tensor, ...], words: int) -> tuple[float, Tensor]:
    """The loss (nats), and its gradient by all parameters in one row."""
    value = loss(model, fields, words)
    parts = torch.autograd.grad(value, list(model.parameters()))
    return value.item(), torch.cat([part.flatten() for part in parts])


def seconds(model: nn.Module, batches: list[tuple[Tensor, ...]], words: int) -> dict[str, Any]:
    """Processor seconds of a step with all words and with a sample, in turns: the medians."""
    quicken(model)
    model.train()
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.0, fused=True)
    spent: dict[str, list[float]] = {"whole_seconds": [], "sampled_seconds": []}
    for fields in batches:
        for kind, count in zip(spent, (0, words), strict=True):
            started = time.process_time()
            update(model, [loss(model, fields, count)], optimizer, Recipe.clip)
            spent[kind].append(time.process_time() - started)
    medians = {kind: round(statistics.median(values), 3) for kind, values in spent.items()}
    return medians | {"times": round(medians["whole_seconds"] / medians["sampled_seconds"], 2)}


if __name__ == "__main__":
    keep_memory()
    main()
