"""What the instruments of the Self-attention heads tab have in common."""

from playground.settings import Choice, Text

EXAMPLES = (
    "Le chat noir dort sur le canapé.",
    "La femme que j'ai rencontrée hier est médecin.",
    "Je ne sais pas où elle habite.",
    "Les enfants jouent dans le jardin.",
)
TEXT = Text(name="text", label="Your sentence, in French", default=EXAMPLES[0])
STACK = Choice(
    name="stack",
    label="Which attention",
    options={"encoder": "Encoder", "decoder": "Decoder", "cross": "Cross-attention"},
    default="encoder",
)
