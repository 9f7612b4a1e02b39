"""Many sentences at once: pasted lines or a file, and how near they come to references."""

from playground.instrument import Figure, Instrument
from playground.translation.shared import WIDTH

LINES = """\
Il fait froid ce matin.\tIt is cold this morning.
Où est la gare, s'il vous plaît ?\tWhere is the station, please?
Ma sœur lit un livre dans le jardin.\tMy sister is reading a book in the garden.
Je n'ai pas compris la question.\tI did not understand the question.
Mon frère joue de la guitare tous les soirs.\tMy brother plays the guitar every evening."""
"""What stands in the field before a person puts something else there."""

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
