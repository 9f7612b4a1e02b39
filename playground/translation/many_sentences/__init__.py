"""Many sentences at once: pasted lines or a file, and how near they come to references."""

from playground.instrument import Figure, Instrument
from playground.translation.shared import WIDTH

INSTRUMENT = Instrument(
    room=__name__,
    title="Many sentences",
    settings=(WIDTH,),
    figures=(
        Figure(
            name="many",
            caption="The lines of the text above; more of them below",
            code=(
                "playground.translation.many_sentences.explain.translated",
                "playground.reading.quality.corpus",
            ),
            limits=(
                "BLEU and chrF count what a text shares with one translation by a person; compare "
                "them only with the same signature and on the same lines "
                "([Post, 2018](https://aclanthology.org/W18-6319))."
            ),
        ),
    ),
)
