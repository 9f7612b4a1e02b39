"""Which earlier words does a prediction rest on?"""

from playground.instrument import Figure, Instrument
from playground.settings import Text

WORD = Text(
    name="word",
    label="The word to look back from (empty: the likeliest)",
    placeholder="any word of the vocabulary",
    picked=True,
)

INSTRUMENT = Instrument(
    room=__name__,
    title="Look back",
    settings=(WORD,),
    figures=(
        Figure(
            name="back",
            caption="What each word did for it, in bits: to the right for it, to the left against",
            code=(
                "playground.next_word.look_back.explain.gradient_times_input",
                "playground.next_word.look_back.explain.shorter",
                "playground.next_word.look_back.explain.compared",
                "seq_models.language_model.LanguageModel.score",
            ),
            limits=(
                "Neither way proves a cause: a gradient holds for tiny steps only, and a sentence "
                "without one of its words is one that the model rarely met "
                "([Li et al., 2016](https://arxiv.org/abs/1612.08220)), so the two can disagree."
            ),
            pick=lambda key: {"word": key},
        ),
    ),
    formerly=("back",),
)
