"""What the instruments of the Self-attention heads tab have in common."""

from playground.settings import AS_TYPED, Choice, Number, Text, Toggle

__all__ = [
    "AS_TYPED",
    "EXAMPLES",
    "HEAD",
    "LANGUAGES",
    "LAYER",
    "PIECES",
    "STACK",
    "TEXT",
    "map_picked",
]

EXAMPLES = (
    "La petite fille que j'ai vue hier jouait avec son chien noir.",
    "La femme que j'ai rencontrée hier est médecin.",
    "Je ne sais pas où elle habite.",
    "Les enfants jouent dans le jardin.",
)
TEXT = Text(
    name="text",
    label="Your sentence, in French; for the language model in English",
    default=EXAMPLES[0],
)
STACK = Choice(
    name="stack",
    label="Which attention",
    options={
        "encoder": "Encoder",
        "decoder": "Decoder",
        "cross": "Cross-attention",
        "language": "Language model",
    },
    default="encoder",
)
LAYER = Number(name="layer", label="Layer", default=2, least=1, most=99, hidden=True)
HEAD = Number(name="head", label="Head", default=5, least=1, most=99, hidden=True)
PIECES = Toggle(name="pieces", label="Pieces of words")
LANGUAGES = {  # of the rows and the columns
    "encoder": ("source", "source"),
    "decoder": ("target", "target"),
    "cross": ("target", "source"),
    "language": ("target", "target"),
}


def map_picked(key: str) -> dict[str, int]:
    """A small map's key, "layer,head" from 0, to the two settings."""
    layer, _, head = key.partition(",")
    return {"layer": int(layer) + 1, "head": int(head) + 1}
