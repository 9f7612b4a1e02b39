"""What else could it have said there, and how does the sentence go on then?"""

from playground.instrument import Figure, Instrument
from playground.settings import Number, Text

LONGEST = 3_000  # characters: more than the translation of any text has
BEGINNING = Text(
    name="beginning",
    label="The translation begins with",
    info="type: an unfinished word is completed, a space ends it; or pick below",
    placeholder="nothing given: the model is free",
    longest=LONGEST,
    picked=True,
)
WORD = Text(name="word", label="A word of your own for the picked place", longest=100, hidden=True)
TAKEN = Text(name="taken", label="The beginning that was picked", longest=LONGEST, hidden=True)
AT = Number(name="at", label="Word", default=2, least=1, most=400, hidden=True)
REFERENCE = Text(
    name="reference",
    label="The translation that you want",
    info="to count the keystrokes saved",
    longest=1_000,
)


def picked(key: str) -> dict[str, object]:
    """A place of the translation, "at:3"; a beginning, "to:The cat"; a typed word, "word:cat"."""
    what, _, value = key.partition(":")
    if what == "at":
        return {"at": int(value)}
    return {"word": value} if what == "word" else {"beginning": value, "taken": value}


INSTRUMENT = Instrument(
    room=__name__,
    title="Steer it",
    settings=(BEGINNING, REFERENCE, AT, WORD, TAKEN),
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
                "A piece that goes on with the one before begins with “·”. A word that was given "
                "is not doubted: what follows makes the best of it, even of "
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
