"""Two generations of translators on one sentence: the recurrent network and the Transformer."""

from playground.instrument import Figure, Instrument
from playground.translation.shared import PIECES

INSTRUMENT = Instrument(
    room=__name__,
    title="Two generations",
    timed=True,
    settings=(PIECES,),
    figures=(
        Figure(
            name="generations",
            caption="Each translator's words on one scale: how sure it was of each",
            code=(
                "seq_models.translate.translate",
                "seq_models.translate.read",
                "playground.reading.whole_words.whole_words",
            ),
            limits=(
                "Each translator cuts words into pieces of its own, so the two are compared by the "
                "word; who is surer is not who is right."
            ),
        ),
        Figure(
            name="effort",
            caption="How sure it was of its translation, and the time that it took",
            code=("playground.translation.generations.explain.generation",),
            limits="The time is this server's, now: others may be asking it at the same moment.",
        ),
    ),
)
