"""A model in the middle of its training, asked: what it answers, how sure, where it looks.

exact = unseen examples answered without any fault / all unseen examples
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import nn

from playground.learning.lengths import Answered
from playground.learning.task import Pair, Task
from playground.learning.training import padded
from seq_models import END, PAD, START
from seq_models.seq2seq import Seq2Seq
from seq_models.tokenizer import SPACE, Tokenizer
from seq_models.training import sequence_loss
from seq_models.translate import looked, read, translate

ASKED = 50  # unseen examples at each moment


@dataclass(frozen=True)
class Moment:
    """How far a training was after some steps."""

    step: int
    loss_bits: float  # a token of the unseen examples
    exact: float  # 0..1, of the unseen examples
    placed: float | None  # 0..1, the attention on the right places, where they are known


@dataclass(frozen=True)
class Asked:
    """One text before a model: S source tokens and T tokens of the answer, ⟨end⟩ included."""

    text: str
    answer: str
    source: list[str]  # S
    target: list[str]  # T, of the right answer where one was given, else of its own
    probabilities: np.ndarray  # (T,), 0..1, of each of these tokens after those before it
    weights: np.ndarray | None  # (T, S), 0..1; None without attention


def answers(model: Seq2Seq, tokenizer: Tokenizer, texts: Sequence[str]) -> list[str]:
    """What the model writes for each text, always the likeliest token."""
    found = translate(model.eval(), tokenizer, texts)
    return [tokenizer.decode(search.hypotheses[0].tokens) for search in found]


def answered(model: Seq2Seq, tokenizer: Tokenizer, pairs: Sequence[Pair]) -> list[Answered]:
    """Examples as the model answers them."""
    said = answers(model, tokenizer, [source for source, _ in pairs])
    return [(source, one, right) for one, (source, right) in zip(said, pairs, strict=True)]


def ask(model: Seq2Seq, tokenizer: Tokenizer, text: str, target: str | None = None) -> Asked:
    """A text before the model. Raises ValueError, in a sentence, for one without any token.

    target: the answer whose probabilities and attention are asked for, None for its own.
    """
    if not tokenizer.encode(text):
        raise ValueError("There is no text yet: please type something to ask.")
    (answer,) = answers(model, tokenizer, [text])
    tokens = [*tokenizer.encode(answer if target is None else target), END]
    reading = read(model, tokenizer, text, tokens)
    weights = looked(reading.decoder_weights)
    return Asked(
        text=text,
        answer=answer,
        source=labels(tokenizer, [*tokenizer.encode(text), END]),
        target=labels(tokenizer, tokens),
        probabilities=np.exp(reading.log_probabilities),
        weights=None if weights is None else weights.numpy(),
    )


def labels(tokenizer: Tokenizer, tokens: Sequence[int]) -> list[str]:
    """Tokens for people."""
    return [tokenizer.piece(token).removeprefix(SPACE) or "␣" for token in tokens]


def examined(task: Task) -> list[Pair]:
    """The unseen examples that are asked at each moment."""
    return task.unseen[:ASKED]


def moment(
    model: Seq2Seq, tokenizer: Tokenizer, task: Task, step: int, found: Sequence[Answered]
) -> Moment:
    """How well the model answers what it has never seen; found: what it answers to `examined`."""
    pairs = examined(task)
    right = [said == right for _, said, right in found]
    src, trg = (
        padded([[*before, *tokenizer.encode(text), END] for text in texts])
        for texts, before in zip(zip(*pairs, strict=True), ((), (START,)), strict=True)
    )
    with torch.inference_mode():
        nats = sequence_loss(model.eval(), src, trg, nn.CrossEntropyLoss(ignore_index=PAD)).item()
    return Moment(
        step=step,
        loss_bits=nats / math.log(2),
        exact=sum(right) / len(right),
        placed=placed(model, tokenizer, task, pairs[:20]),
    )


def placed(model: Seq2Seq, tokenizer: Tokenizer, task: Task, pairs: Sequence[Pair]) -> float | None:
    """The attention's mean weight (0..1) on the right place, over all letters of some pairs."""
    if task.place is None:
        return None
    found: list[float] = []
    for source, target in pairs:
        weights = ask(model, tokenizer, source, target).weights
        if weights is None:
            return None
        places = [task.place(place, len(source)) for place in range(len(target))]
        found += weights[range(len(target)), places].tolist()
    return float(np.mean(found))


def guessing_bits(task: Task, tokenizer: Tokenizer) -> float:
    """What a token costs whoever knows only how frequent each is: the entropy, in bits."""
    counts = Counter(
        token for _, target in task.sample(1_000) for token in [*tokenizer.encode(target), END]
    )
    shares = [count / counts.total() for count in counts.values()]
    return -sum(share * math.log2(share) for share in shares)
