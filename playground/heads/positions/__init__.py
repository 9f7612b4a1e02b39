"""Does a head follow the words, or stay at their places?"""

from playground.heads.shared import HEAD, LAYER, head_picked
from playground.instrument import Figure, Instrument
from playground.settings import Number

SEED = Number(name="seed", label="Shuffle number", default=1, least=1, most=20)


INSTRUMENT = Instrument(
    room=__name__,
    title="Positions",
    settings=(SEED, LAYER, HEAD),
    figures=(
        Figure(
            name="positions",
            caption="One head before and after the words are shuffled",
            code=(
                "playground.heads.positions.explain.shuffled",
                "seq_models.self_attention.SelfAttention.look",
            ),
        ),
        Figure(
            name="positions-heads",
            caption="All heads: pick one",
            code=("playground.heads.positions.explain.overlap",),
            limits=(
                "A shuffled sentence is one that the model never learnt to read. A head that looks "
                "everywhere alike scores high on both axes."
            ),
            pick=head_picked,
            column=1,
        ),
        Figure(
            name="positions-similarity",
            caption="How alike two places are, by their distance",
            code=("playground.heads.positions.explain.similarity",),
            column=2,
        ),
        Figure(
            name="positions-codes",
            caption="The vector of each place: a row a place, a column a unit",
            code=("seq_models.transformer.positions",),
            limits=(
                "These vectors are fixed waves, not learnt "
                "([Vaswani et al., 2017, section 3.5](https://arxiv.org/abs/1706.03762))."
            ),
        ),
    ),
)
