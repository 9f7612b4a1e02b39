"""What else could it have said there, and how does the sentence go on then?"""

from playground.instrument import Figure, Instrument
from playground.settings import Number, Text

BEGINNING = Text(
    name="beginning",
    label="The translation begins with",
    info="type a few words, or pick one below",
    placeholder="nothing given: the model is free",
    longest=500,
    picked=True,
)
AT = Number(name="at", label="Word", default=1, least=1, most=400, hidden=True)
REFERENCE = Text(
    name="reference",
    label="The translation that you want",
    info="to count the keystrokes saved",
    longest=1_000,
)


def picked(key: str) -> dict[str, object]:
    """A place of the translation, "at:3", or a beginning, "to:The cat"."""
    what, _, value = key.partition(":")
    return {"at": int(value)} if what == "at" else {"beginning": value}


INSTRUMENT = Instrument(
    room=__name__,
    title="Steer it",
    settings=(BEGINNING, REFERENCE, AT),
    figures=(
        Figure(
            name="steered",
            caption="The translation: pick a word to see what else could stand there",
            code=(
                "playground.translation.steer.explain.completed",
                "seq_models.decode.steps",
            ),
            pick=picked,
        ),
        Figure(
            name="instead",
            caption="What could stand there: pick one, and the rest is decoded again",
            code=("playground.translation.steer.explain.alternatives",),
            limits=(
                "A word that was given is not doubted: what follows makes the best of it, even of "
                "a wrong one ([Knowles and Koehn, 2016](https://aclanthology.org/2016.amta-researchers.9))."
            ),
            pick=picked,
            column=1,
        ),
        Figure(
            name="keystrokes",
            caption="Keystrokes saved on the way to the translation that you want",
            code=("playground.translation.steer.explain.saved",),
            column=2,
        ),
    ),
)
