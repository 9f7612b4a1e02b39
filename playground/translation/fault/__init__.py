"""Was it the search that missed a better translation, or does the model prefer its own?"""

from playground.instrument import Figure, Instrument
from playground.settings import Text
from playground.translation.shared import WIDTH

EXPECTED = Text(
    name="expected",
    label="The translation that you expected",
    opening="It has rained since this morning.",
    longest=1_000,
)

INSTRUMENT = Instrument(
    room=__name__,
    title="Whose fault?",
    settings=(EXPECTED, WIDTH),
    figures=(
        Figure(
            name="suspects",
            caption="What the model thinks of each translation",
            code=(
                "playground.translation.fault.explain.verdict",
                "seq_models.exact.exact_search",
                "seq_models.translate.read",
            ),
            limits=(
                "Exact search proves what the model likes best, not what is right: with a large "
                "translator it found that for more than half of the sentences nothing at all, the "
                "empty translation, was likeliest "
                "([Stahlberg and Byrne, 2019](https://aclanthology.org/D19-1331))."
            ),
        ),
        Figure(
            name="apart",
            caption="Word by word: the beam's and yours",
            code=(
                "playground.reading.difference.compared",
                "playground.reading.quality.chrf",
                "playground.reading.quality.bleu",
            ),
            limits=(
                "chrF and BLEU count what two texts share; another good translation can share "
                "little ([Post, 2018](https://aclanthology.org/W18-6319))."
            ),
        ),
    ),
)
