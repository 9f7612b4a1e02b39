"""How was the sentence found, and what was lost on the way?"""

from playground.instrument import Figure, Instrument
from playground.settings import Number, Toggle
from playground.translation.shared import PIECES, STOP, WIDTH

PENALTY = Number(
    name="length_penalty",
    label="Length penalty",
    info="0 favours short translations",
    default=1.0,
    least=0,
    most=2,
    step=0.1,
)
PRUNED = Toggle(name="pruned", label="Show all that was pruned, too")

INSTRUMENT = Instrument(
    room=__name__,
    title="Beam search",
    endpoints={"translate": "explain"},
    settings=(WIDTH, PENALTY, STOP, PRUNED, PIECES),
    figures=(
        Figure(
            name="found",
            caption="Greedy and beam search",
            code=("seq_models.translate.translate", "seq_models.beam.Hypothesis"),
            limits=(
                "A score is the log-probability divided by the length to the power of the length "
                "penalty ([Wu et al., 2016, section 7](https://arxiv.org/abs/1609.08144)): what "
                "the model prefers, not what is right."
            ),
        ),
        Figure(
            name="search",
            caption="The search: the way to the best text in blue, where greedy decoding leaves "
            "it in orange",
            code=(
                "seq_models.beam.Beam",
                "seq_models.decode.steps",
                "playground.reading.searching.needed",
            ),
            limits=(
                "What was pruned was behind at its own step; how it would have gone on, nobody saw."
            ),
        ),
        Figure(
            name="ranked",
            caption="All that the search finished, ranked anew: nothing is searched again",
            code=("seq_models.rerank.score", "seq_models.rerank.settled"),
            limits=(
                "The penalties are those of "
                "[Wu et al., 2016, section 7](https://arxiv.org/abs/1609.08144); coverage counts "
                "where the model looked, which is not always what it translated."
            ),
        ),
        Figure(
            name="sure-translation",
            caption="How sure it was of each word",
            code=("seq_models.translate.read", "playground.reading.whole_words.whole_words"),
            column=1,
        ),
        Figure(
            name="cross",
            caption="Where it looked: for the Transformer the mean over the heads of its last "
            "layer",
            code=("seq_models.decoder.Decoder", "seq_models.attention.Attention"),
            column=2,
        ),
    ),
)
