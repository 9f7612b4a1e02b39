"""Why did it look there?"""

from playground.instrument import Figure, Instrument
from playground.settings import Number

TARGET = Number(
    name="target",
    label="English piece, by its place",
    default=1,
    least=1,
    most=480,
    slider=False,
    folded=True,
)
SOURCE = Number(
    name="source",
    label="French piece, by its place",
    default=1,
    least=1,
    most=480,
    slider=False,
    folded=True,
)


def word_picked(key: str) -> dict[str, int]:
    """A target piece, "t" and its place, or a source piece, "s" and its place, from 0."""
    return {"target" if key.startswith("t") else "source": int(key[1:]) + 1}


INSTRUMENT = Instrument(
    room=__name__,
    title="Inside the score",
    settings=(TARGET, SOURCE),
    figures=(
        Figure(
            name="score",
            caption="The score of each French piece for the English one about to be written",
            code=(
                "seq_models.attention.Attention.score",
                "seq_models.attention.Attention.forward",
                "seq_models.attention.Attention.energy",
                "seq_models.attention.Attention.query",
            ),
            limits=(
                "A unit has no meaning that a person gave it; these numbers say how the score was "
                "made, not what the model knows "
                "([Jain and Wallace, 2019](https://arxiv.org/abs/1902.10186))."
            ),
            pick=word_picked,
        ),
        Figure(
            name="terms",
            caption="The score of the chosen French piece, term by term",
            code=(
                "seq_models.attention.Attention.terms",
                "seq_models.attention.Attention.energy",
                "seq_models.attention.Attention.query",
                "seq_models.attention.Attention.project",
            ),
        ),
    ),
)
