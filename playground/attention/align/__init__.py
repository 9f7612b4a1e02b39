"""How well does it align words?"""

from playground.instrument import Figure, Instrument

INSTRUMENT = Instrument(
    room=__name__,
    title="How well does it align",
    figures=(
        Figure(
            name="coverage",
            caption="What each French word got",
            code=("playground.attention.align.explain.explain",),
            limits=(
                "The model was never told to align: it may look at a neighbour, or one word late "
                "([Koehn and Knowles, 2017, section 3.5](https://arxiv.org/abs/1706.03872))."
            ),
            column=1,
        ),
        Figure(
            name="entropy",
            caption="How widely it looked for each word",
            code=("playground.attention.align.explain.explain",),
            column=2,
        ),
        Figure(
            name="rates",
            caption="How often the links are wrong, on sentences that people linked by hand",
            code=(
                "train.measures.alignment.error_rate",
                "playground.reading.measurements.alignment_rates",
            ),
            limits=(
                "The Transformer's head is the best of all on the very sentences that rate it, so "
                "its rate flatters it "
                "([Och and Ney, 2003](https://doi.org/10.1162/089120103321337421))."
            ),
        ),
    ),
)
