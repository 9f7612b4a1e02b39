"""Is a wider beam a better one?"""

from playground.instrument import Figure, Instrument
from playground.settings import Choice

SCORE = Choice(
    name="score",
    label="Finished texts are compared by",
    options={"length": "log P / length", "whole": "log P alone"},
    default="length",
)

INSTRUMENT = Instrument(
    room=__name__,
    title="Wider is not better?",
    settings=(SCORE,),
    figures=(
        Figure(
            name="wider-here",
            caption="This sentence, by beam width",
            code=("seq_models.translate.translate",),
        ),
        Figure(
            name="wider-bleu",
            caption="BLEU on test sentences by beam width",
            code=("train.measures.search.by_width",),
            limits=(
                "Large translators get worse as the beam grows, the beam search curse "
                "([Koehn and Knowles, 2017](https://aclanthology.org/W17-3204); "
                "[Yang, Huang and Ma, 2018](https://aclanthology.org/D18-1342)). On so few "
                "sentences a difference of half a point can be chance."
            ),
            column=1,
        ),
        Figure(
            name="wider-length",
            caption="Length of the translations, 1: as long as people's",
            code=("train.measures.search.by_width",),
            column=2,
        ),
    ),
)
