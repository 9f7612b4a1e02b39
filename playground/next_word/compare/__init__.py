"""Do other architectures expect the same word?"""

from playground.instrument import Figure, Instrument
from playground.next_word.shared import SMALL

INSTRUMENT = Instrument(
    room=__name__,
    title="The models side by side",
    figures=(
        Figure(
            name="four",
            caption="The likeliest next words of each",
            code=(
                "seq_models.language_model.LanguageModel.forward",
                "seq_models.language_model.LanguageModel.score",
                "playground.reading.words.surprisal",
            ),
            limits=SMALL,
        ),
        Figure(
            name="curves",
            caption="What is a longer memory worth? Perplexity on test text by words of context",
            code=("train.measures.context.memory_curve", "train.measures.context.windowed"),
            limits=(
                "Each curve is one trained model of about the same size on one test set: another "
                "training, or more data, can order them differently "
                "([Melis et al., 2018](https://arxiv.org/abs/1707.05589)). All were "
                "trained on 256 tokens at a time in the end, but few texts are so long: the "
                "Transformer knows late places poorly, so with all words it can do worse "
                "([Press et al., 2022](https://arxiv.org/abs/2108.12409))."
            ),
        ),
    ),
    endpoints={"four": "explain"},
    formerly=("four",),
)
