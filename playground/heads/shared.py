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
    "head_key",
    "head_picked",
    "word_picked",
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
LAYER = Number(
    name="layer", label="Layer", default=1, opening=2, least=1, most=99, hidden=True
)  # every stack has the default; the page opens on a head of the first stack
HEAD = Number(name="head", label="Head", default=1, opening=5, least=1, most=99, hidden=True)
PIECES = Toggle(name="pieces", label="Pieces of words")
LANGUAGES = {  # of the rows and the columns
    "encoder": ("source", "source"),
    "decoder": ("target", "target"),
    "cross": ("target", "source"),
    "language": ("target", "target"),
}


def head_key(layer: int, head: int) -> str:
    """The key of a mark that stands for a head, both from 0."""
    return f"{layer + 1} {head + 1}"


def head_picked(key: str) -> dict[str, int]:
    """A head's key to the two settings."""
    layer, head = key.split()
    return {"layer": int(layer), "head": int(head)}


def word_picked(key: str) -> dict[str, int]:
    """The key of a word, its place from 1, to the setting."""
    return {"word": int(key)}
