"""Was it the search that missed a better translation, or does the model prefer its own?"""

from playground.instrument import Figure, Instrument
from playground.settings import Text
from playground.translation.shared import OTHER, WIDTH

EXPECTED = Text(
    name="expected",
    label="The translation that you expected",
    opening=OTHER,
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
            limits="Exact search proves what the model likes best, not what is right.",
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
        Figure(
            name="missed",
            caption="The same over test sentences, and in a published experiment",
            code=(
                "train.measures.search.searched",
                "train.measures.search.rates",
                "playground.reading.measurements.search_errors",
            ),
            limits=(
                "Published: a Transformer of the base size on all of WMT15 English to German; "
                "beam search missed the likeliest translation of most sentences, even 100 wide, "
                "and for more than half the empty one was likeliest "
                "([Stahlberg and Byrne, 2019](https://aclanthology.org/D19-1331)). Other data, "
                "other sentences: the figures stand side by side, they do not compete."
            ),
        ),
    ),
)
