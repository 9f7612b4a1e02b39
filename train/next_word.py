"""Train a language model: python -m train.next_word --cell rnn|gru --data DIR --out DIR.

The two have the same vocabulary, the same word vectors, the same data and nearly the same number
of parameters, so that what differs between them is the memory.
"""

from torch import Tensor, nn

from seq_models import PAD
from seq_models.tokenizer import train_words
from train.data import find, read_lines, text_examples
from train.loop import Recipe
from train.script import QUICK_LINES, QUICK_VOCABULARY, flags_of, parser, run

VOCABULARY = 12_000  # words and punctuation
WINDOW = 64  # predictions in one training example; a longer line gives several
EMBED_SIZE = 256
HIDDEN_SIZE = {"rnn": 896, "gru": 512}
DROPOUT = 0.15
RECIPE = {
    "rnn": Recipe(steps=5_600, warmup=400, peak=1e-3, tokens=3_000),
    "gru": Recipe(steps=5_000, warmup=400, peak=2e-3, tokens=3_000),
}


def loss(model: nn.Module, fields: tuple[Tensor, ...]) -> Tensor:
    """The sum of the surprisals (nats) of every token after the first."""
    (text,) = fields
    logits, _, _ = model(text[:, :-1])
    return nn.functional.cross_entropy(
        logits.flatten(0, 1).float(), text[:, 1:].flatten(), ignore_index=PAD, reduction="sum"
    )


def main() -> None:
    """Read the flags and train."""
    arguments = parser(__doc__)
    arguments.add_argument("--cell", choices=HIDDEN_SIZE, required=True, help="kind of memory")
    given = arguments.parse_args()
    flags = flags_of(given)
    lines = read_lines(find(flags.data, "train.txt"))
    if flags.quick:
        lines = lines[:QUICK_LINES]
    tokenizer = train_words(lines, QUICK_VOCABULARY if flags.quick else VOCABULARY)
    sizes = {
        "cell": given.cell,
        "vocab_size": tokenizer.vocab_size,
        "embed_size": 32 if flags.quick else EMBED_SIZE,
        "hidden_size": 48 if flags.quick else HIDDEN_SIZE[given.cell],
        "dropout": DROPOUT,
    }
    config = {"architecture": "language_model", "arguments": sizes}
    examples = text_examples(tokenizer, lines, WINDOW)
    run(flags, config, tokenizer, examples, loss, RECIPE[given.cell])


if __name__ == "__main__":
    main()
