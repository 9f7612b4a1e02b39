"""What the instruments of the Next word tab have in common."""

from playground.explain.next_word import MODELS

EXAMPLES = [
    "Once upon a time there was a",
    "The children who live next door to my sister are",
    "She opened the door and saw",
    "I'd like a cup of",
]
NAMES = {"rnn": "Plain RNN", "gru": "GRU", "lstm": "LSTM", "transformer": "Transformer"}
MODEL = "gru"  # open at first
SMALL = (
    "A small model that read everyday sentences and children's stories (its card, "
    "weights/next-word-gru/README.md): what surprises it need not surprise you."
)


def choices() -> list[tuple[str, str]]:
    """The models there are, each by the name that people know and its short one."""
    return [(NAMES[model], model) for model in MODELS]
