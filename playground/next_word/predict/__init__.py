"""What comes next, and how surprising was what came?"""

from playground.instrument import Figure, Instrument
from playground.next_word.shared import SMALL
from playground.settings import Text

TREE = Text(name="tree", label="Tree", hidden=True)
PICKED = Text(name="picked", label="Picked", hidden=True)


def go_to(text: str) -> dict[str, str]:
    """A text was picked: one that goes on with a word, a shorter one, or one that was tried."""
    return {"text": text, "picked": text}


READS = ("seq_models.language_model.LanguageModel.forward",)
BITS = ("playground.reading.words.surprisal", "playground.reading.words.entropy_bits")

INSTRUMENT = Instrument(
    room=__name__,
    title="Predict",
    endpoints={"next_word": "explain"},
    settings=(TREE, PICKED),
    figures=(
        Figure(
            name="surprise",
            caption="Surprise at each word, in bits",
            code=(*READS, BITS[0]),
            limits=SMALL,
            column=1,
        ),
        Figure(
            name="next",
            caption="The likeliest next words: pick one to go on with it",
            code=("seq_models.language_model.LanguageModel.score", *READS, BITS[1]),
            limits=(
                "The likeliest word is a habit of the texts that the model read, not a fact. "
                + SMALL
            ),
            pick=go_to,
            column=2,
        ),
        Figure(
            name="branches",
            caption="The texts tried",
            code=("playground.next_word.predict.tree.grown",),
            pick=go_to,
            column=1,
        ),
    ),
)
