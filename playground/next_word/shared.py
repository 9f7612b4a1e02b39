"""What the instruments of the Next word tab have in common."""

from playground.reading.models import language_labels
from playground.settings import Choice, Text

EXAMPLES = (
    "Once upon a time there was a",
    "The children who live next door to my sister are",
    "She opened the door and saw",
    "I'd like a cup of",
)
TEXT = Text(name="text", label="Your words, in English", default=EXAMPLES[0])
MODEL = Choice(name="model", label="Model", options=language_labels, default="gru")
SMALL = (
    "A small model that read everyday sentences and children's stories (its card, "
    "README.md in its folder of weights/, names them): what surprises it need not surprise you."
)
