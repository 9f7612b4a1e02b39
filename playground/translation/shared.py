"""What the instruments of the Translation tab have in common."""

from playground.reading.models import translator_labels
from playground.settings import AS_TYPED, Choice, Number, Text, Toggle

__all__ = ["AS_TYPED", "CHRF", "EXAMPLES", "MODEL", "OTHER", "PIECES", "STOP", "TEXT", "WIDTH"]

EXAMPLES = (
    "L'orage me fait peur.",
    "Il pleut depuis ce matin.",
    "Je t'aime.",
    "Si j'avais su, je serais venu plus tôt.",
    "Ma sœur travaille dans une librairie près de la gare.",
)
"""The first is one where greedy and beam search part."""
OTHER = "The storm frightens me."
"""A translation of the first that a person may have had in mind."""
TEXT = Text(name="text", label="Your sentence, in French", default=EXAMPLES[0])
MODEL = Choice(name="model", label="Model", options=translator_labels, default="transformer")
WIDTH = Number(name="beam_width", label="Beam width", default=4, least=1, most=10)
STOP = Choice(
    name="stop",
    label="The search goes on",
    options={
        "nothing_alive_can_win": "until nothing alive can win",
        "width_finished": "until as many as the beam is wide are finished",
    },
    default="nothing_alive_can_win",
)
PIECES = Toggle(name="pieces", label="Pieces of words")
CHRF = "chrF: F-score of the groups of 1 to 6 letters that two texts share, recall counting twice"
