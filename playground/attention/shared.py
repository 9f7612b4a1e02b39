"""What the instruments of the Attention tab have in common."""

from playground.settings import AS_TYPED, Text, Toggle

__all__ = ["AS_TYPED", "EXAMPLES", "MERGED", "TEXT"]

EXAMPLES = (
    "Elle a acheté une voiture rouge hier.",
    "Où est la gare ?",
    "Il pleut depuis ce matin.",
    "Je n'ai jamais vu un si beau jardin.",
)
TEXT = Text(name="text", label="Your sentence, in French", default=EXAMPLES[0])
MERGED = Toggle(
    name="merged",
    label="Pieces joined into words (in the spotlight and the alignment)",
    opening=True,
)
