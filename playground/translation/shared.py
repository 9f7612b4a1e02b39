"""What the instruments of the Translation tab have in common."""

from playground.reading.models import translator_labels
from playground.settings import AS_TYPED, Choice, Text

__all__ = ["AS_TYPED", "CHRF", "EXAMPLES", "MODEL", "TEXT"]

EXAMPLES = (
    "Il pleut depuis ce matin.",
    "Je t'aime.",
    "Si j'avais su, je serais venu plus tôt.",
    "Ma sœur travaille dans une librairie près de la gare.",
)
TEXT = Text(name="text", label="Your sentence, in French", default=EXAMPLES[0])
MODEL = Choice(name="model", label="Model", options=translator_labels, default="transformer")
CHRF = "chrF: F-score of the groups of 1 to 6 letters that two texts share, recall counting twice"
