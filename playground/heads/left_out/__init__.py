"""What is each part of the textbook good for?"""

from playground.instrument import Figure, Instrument
from playground.settings import Choice

WITHOUT = Choice(
    name="without",
    label="Run the trained translator without",
    options={
        "positions": "positions",
        "causal": "the causal mask",
        "cross": "cross-attention",
        "residual": "the residual sum",
        "scaled": "the scale √D",
    },
    default="positions",
    picked=True,
)


def part_picked(key: str) -> dict[str, str]:
    """The key of a bar to the setting."""
    return {"without": key}


INSTRUMENT = Instrument(
    room=__name__,
    title="What the textbook leaves out",
    settings=(WITHOUT,),
    figures=(
        Figure(
            name="left-out",
            caption="What it writes with one part missing",
            code=("seq_models.left_out.without", "seq_models.left_out.Reread"),
            limits=(
                "The parameters were trained with all parts: what breaks shows what they rely on, "
                "not what a model trained without that part could do."
            ),
        ),
        Figure(
            name="left-out-costs",
            caption="What each part is worth to this translation, in bits: pick one",
            code=(
                "playground.heads.left_out.explain.log_probabilities",
                "seq_models.transformer.TransformerBlock.joined",
                "seq_models.decoder.Decoder",
            ),
            limits=(
                "Without the causal mask the whole translation is in sight while it is scored: "
                "each word can look at the very word that it must guess."
            ),
            pick=part_picked,
            column=1,
        ),
        Figure(
            name="left-out-words",
            caption="Word by word: the probability with and without",
            code=("playground.heads.left_out.explain.log_probabilities",),
            column=2,
        ),
    ),
)
