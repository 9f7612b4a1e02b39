"""Training, as it runs: draw a batch, take one step of `train_step`, and again.

    for each step:  batch -> train_step -> loss

D. Kingma and J. Ba, 2015 (Adam), https://arxiv.org/abs/1412.6980
"""

import random
import threading
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import torch
from torch import Tensor, nn

from playground.learning.plan import Plan
from playground.learning.task import Pair, Task
from seq_models import END, PAD, START, UNKNOWN
from seq_models.models import build
from seq_models.seq2seq import Seq2Seq
from seq_models.tokenizer import SPACE, SPECIAL, Tokenizer, train_pieces, train_words
from seq_models.training import train_step

BUILDING = threading.Lock()  # torch has one stream of random numbers for all threads
SAMPLE = 3_000  # examples that a vocabulary is made from
WORDS = 2_000  # in a vocabulary at most


def learn(model: Seq2Seq, batches: Iterator[tuple[Tensor, Tensor]], plan: Plan) -> Iterator[float]:
    """Train the model in place; yields the loss (nats a token) after each step of the plan."""
    optimizer = torch.optim.Adam(model.parameters(), lr=plan.rate, betas=(0.9, 0.98))
    criterion = nn.CrossEntropyLoss(ignore_index=PAD)
    for step in range(plan.steps):
        for group in optimizer.param_groups:
            group["lr"] = plan.rate_at(step)
        src, trg = next(batches)
        yield train_step(model, src, trg, criterion, optimizer)


def batches(task: Task, tokenizer: Tokenizer, plan: Plan) -> Iterator[tuple[Tensor, Tensor]]:
    """Sources (B, S) and targets (B, T), new ones each time; none is of the unseen examples."""
    random_numbers, unseen = random.Random(plan.seed), dict(task.unseen)
    codes = {text: number for number, text in enumerate(pieces(tokenizer))} if task.letters else {}
    while True:
        pairs: list[Pair] = []
        while len(pairs) < plan.batch:
            pair = task.draw(random_numbers)
            if pair[0] not in unseen:
                pairs.append(pair)
        sources, targets = (
            [coded(text, codes) if codes else tokenizer.encode(text) for text in texts]
            for texts in zip(*pairs, strict=True)
        )
        yield (
            padded([[*source, END] for source in sources]),
            padded([[START, *target, END] for target in targets]),
        )


def coded(text: str, codes: dict[str, int]) -> list[int]:
    """The numbers of a text's letters: what `Tokenizer.encode` gives, sooner."""
    return [codes.get(letter, UNKNOWN) for letter in text]


def padded(rows: Sequence[Sequence[int]]) -> Tensor:
    """Rows of tokens as one tensor (B, longest)."""
    longest = max(map(len, rows))
    return torch.tensor([[*row, *[PAD] * (longest - len(row))] for row in rows])


def pieces(tokenizer: Tokenizer) -> list[str]:
    """Every token as it stands in a text."""
    return [piece.replace(SPACE, " ") for piece in tokenizer.pieces]


@lru_cache(maxsize=16)
def tokenizer_of(task: Task) -> Tokenizer:
    """A token for every letter of the task's texts, or for every word."""
    lines = [text for pair in task.sample(SAMPLE) for text in pair]
    return train_pieces(lines, len(SPECIAL)) if task.letters else train_words(lines, WORDS)


def untrained(plan: Plan, vocab_size: int) -> Seq2Seq:
    """The plan's model with random parameters, the same ones for the same seed."""
    return built(plan.config(vocab_size), plan.seed)


def built(config: dict[str, Any], seed: int) -> Seq2Seq:
    """A new model, by random numbers that nobody else draws meanwhile."""
    with BUILDING, torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = build(config)
    assert isinstance(model, Seq2Seq)
    return model
