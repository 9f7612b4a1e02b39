"""What both translators share: the pairs, the tokenizer of both languages, the loss."""

import os
from typing import Any

from torch import Tensor, nn

from seq_models import PAD
from seq_models.tokenizer import train_pieces
from seq_models.training import sequence_loss
from train.data import EDGES, find, joined, pair_examples, read_pairs
from train.loop import Recipe
from train.script import QUICK_LINES, QUICK_VOCABULARY, Flags, run

VOCABULARY = 8_000  # pieces, shared by both languages
JOINED = 10_000  # longer pairs made of several, so that a paragraph can be translated
JOINED_MOST = 4  # sentences in one of them
SEED = 1


def train_translator(
    flags: Flags, architecture: str, arguments: dict[str, Any], recipe: Recipe, smoothing: float
) -> None:
    """Train one translator on the pairs in `flags.data`.

    smoothing: the share (0..1) of a target's probability that the loss spreads over all tokens:
    C. Szegedy et al., 2016, section 7, https://arxiv.org/abs/1512.00567
    """
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
    pairs = read_pairs(find(flags.data, "train.tsv"))
    if flags.quick:
        pairs = pairs[:QUICK_LINES]
    vocabulary = QUICK_VOCABULARY if flags.quick else VOCABULARY
    tokenizer = train_pieces((side for pair in pairs for side in pair), vocabulary)
    more = joined(pairs, min(JOINED, len(pairs) // 10), JOINED_MOST, SEED)
    examples = pair_examples(tokenizer, pairs + more)
    examples = [example for example in examples if max(map(len, example)) <= EDGES[-1]]
    criterion = nn.CrossEntropyLoss(ignore_index=PAD, label_smoothing=smoothing, reduction="sum")

    def loss(model: nn.Module, fields: tuple[Tensor, ...]) -> Tensor:
        source, target = fields
        return sequence_loss(model, source, target, lambda x, y: criterion(x.float(), y))

    arguments = {"vocab_size": tokenizer.vocab_size, **arguments}
    config = {"architecture": architecture, "arguments": arguments}
    run(flags, config, tokenizer, examples, loss, recipe)
