"""How was the sentence found, and what was lost on the way?"""

from playground.instrument import Figure, Instrument
from playground.settings import Number, Toggle

WIDTH = Number(name="beam_width", label="Beam width", default=4, least=1, most=10)
PENALTY = Number(
    name="length_penalty",
    label="Length penalty",
    info="0 favours short translations",
    default=1.0,
    least=0,
    most=2,
    step=0.1,
)
PRUNED = Toggle(name="pruned", label="Show what was pruned, too")

INSTRUMENT = Instrument(
    room=__name__,
    title="Beam search",
    endpoints={"translate": "explain"},
    settings=(WIDTH, PENALTY, PRUNED),
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
            name="sure-translation",
            caption="How sure it was of each word",
            code=("seq_models.translate.read",),
            column=1,
        ),
        Figure(
            name="cross",
            caption="Where it looked: for the Transformer the mean over the heads of its last "
            "layer",
            code=("seq_models.decoder.Decoder", "seq_models.attention.Attention"),
            column=2,
        ),
        Figure(
            name="search",
            caption="The search: kept and finished beginnings, the greedy path thick",
            code=("seq_models.beam.Beam", "seq_models.decode.steps"),
        ),
    ),
)
