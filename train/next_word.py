"""Train a language model: python -m train.next_word --cell CELL --data DIR --out DIR.

CELL is rnn, gru, lstm or transformer. The four have the same vocabulary, the same word vectors, the
same data and nearly the same number of parameters, so that what differs is the memory.
"""

import itertools
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from torch import Tensor, nn

from seq_models.rnn import RECURRENCES
from seq_models.tokenizer import Tokenizer, train_words
from train.engine.cross_entropy import cross_entropy
from train.engine.data import long_texts, text_examples
from train.engine.lines import LeftOut, find, lines_of
from train.engine.memory import keep_memory
from train.engine.recipe import Recipe
from train.engine.sampled_softmax import Sampling, sampled
from train.engine.script import (
    QUICK_LINES,
    QUICK_VOCABULARY,
    Flags,
    flags_of,
    parser,
    run,
    tokenizer_for,
    told_in_a_sentence,
)
from train.engine.shards import dealt, own_shards, together

VOCABULARY = 20_000  # words and punctuation
WINDOW = 255  # predictions in one training example; a longer line gives several
EMBED_SIZE = 256
DROPOUT = 0.15
SIZES = {  # that give 8.46 to 8.50 million parameters
    "rnn": {"hidden_size": 1584},
    "gru": {"hidden_size": 896},
    "lstm": {"hidden_size": 768},
    "transformer": {"num_layers": 4, "heads": 4, "ff_dim": 1088},
}
QUICK_SIZES = {"hidden_size": 48, "num_layers": 2, "heads": 4, "ff_dim": 64}
PEAK = {"rnn": 1e-3, "gru": 2e-3, "lstm": 2e-3, "transformer": 1e-3}  # learning rates
STEPS, WARMUP = 5_000, 400
TOKENS = 3_000  # in a batch
SAMPLING = Sampling(frequent=3_000, drawn=1_000)
SEED = 1


def loss(model: nn.Module, fields: tuple[Tensor, ...], words: int = 0) -> Tensor:
    """The sum of the surprisals (nats) of every token after the first.

    words: how many the vocabulary has, if only a sample of them is to be scored.
    """
    (text,) = fields
    wanted = text[:, 1:].flatten()
    if not SAMPLING.applies(words):
        return cross_entropy(model(text[:, :-1])[0].flatten(0, 1), wanted)
    among, wanted, offset = sampled(wanted, words, SAMPLING)
    logits, _, _ = model(text[:, :-1], among=among)
    return cross_entropy(logits.flatten(0, 1) + offset, wanted)


def main() -> None:
    """Read the flags and train."""
    arguments = parser(__doc__)
    arguments.add_argument("--cell", choices=SIZES, required=True, help="kind of memory")
    given = arguments.parse_args()
    with told_in_a_sentence():
        train_language_model(given.cell, flags_of(given))


def train_language_model(cell: str, flags: Flags) -> None:
    """Train one language model on the lines in `flags.data`."""
    path = find(flags.data, "train.txt")
    most = QUICK_LINES if flags.quick else None  # lines
    vocabulary = QUICK_VOCABULARY if flags.quick else VOCABULARY
    tokenizer = tokenizer_for(flags, lambda: train_words(text(path, most), vocabulary))
    left_out = LeftOut()
    lines = dealt(text(path, most, left_out), own_shards())
    texts = {shard: long_texts(own, SEED * 1_009 + shard) for shard, own in lines.items()}
    examples = {shard: text_examples(tokenizer, own, WINDOW) for shard, own in texts.items()}
    recipe = Recipe(steps=STEPS, warmup=WARMUP, peak=PEAK[cell], tokens=TOKENS)
    record: dict[str, Any] = {"lines": sum(together(sum(map(len, lines.values()))))}
    record |= {"left_out": dict(left_out)} if left_out else {}
    record |= SAMPLING.record(tokenizer.vocab_size)
    sampling = partial(loss, words=tokenizer.vocab_size)
    run(flags, config(cell, flags.quick, tokenizer), tokenizer, examples, sampling, recipe, record)


def text(path: Path, most: int | None, left_out: LeftOut | None = None) -> Iterator[str]:
    """The lines of a file that can be read, or its first `most`, one by one."""
    return (line for _, line in itertools.islice(lines_of([path], left_out), most))


def config(cell: str, quick: bool, tokenizer: Tokenizer) -> dict[str, Any]:
    """The model's `config.json`."""
    arguments: dict[str, Any] = {"cell": cell} if cell in RECURRENCES else {}
    arguments |= {
        "vocab_size": tokenizer.vocab_size,
        "embed_size": 32 if quick else EMBED_SIZE,
        **({size: QUICK_SIZES[size] for size in SIZES[cell]} if quick else SIZES[cell]),
        "dropout": DROPOUT,
    }
    kind = "language_model" if cell in RECURRENCES else "transformer_language_model"
    return {"architecture": kind, "arguments": arguments}


if __name__ == "__main__":
    keep_memory()
    main()
