"""What else could it have said? Thirty translations drawn at random, and the one they agree on."""

from playground.instrument import Figure, Instrument
from playground.settings import Number

TEMPERATURE = Number(
    name="temperature", label="Temperature", info="1: as the model says", default=1.0, least=0.1,
    most=2, step=0.1,
)  # fmt: skip
SEED = Number(
    name="seed", label="Seed", info="same seed, same draws", default=1, least=0, most=2**31 - 1,
    slider=False,
)  # fmt: skip

INSTRUMENT = Instrument(
    room=__name__,
    title="Samples",
    settings=(TEMPERATURE, SEED),
    figures=(
        Figure(
            name="drawn",
            caption="Thirty translations, drawn piece by piece; those most like all others first",
            code=(
                "playground.translation.samples.explain.draw",
                "playground.translation.samples.explain.agreement",
                "seq_models.sample.sampler",
            ),
            limits=(
                "The likeliest translation can hold so little probability that it says little "
                "about what the model believes; a translation that many samples resemble says more "
                "([Eikema and Aziz, 2020](https://arxiv.org/abs/2005.10283)). Thirty samples are "
                "few: another seed can change the order."
            ),
        ),
        Figure(
            name="alike",
            caption="How alike the samples are: chrF of the row's, with the column's as reference",
            code=("playground.reading.quality.chrf",),
        ),
    ),
)
