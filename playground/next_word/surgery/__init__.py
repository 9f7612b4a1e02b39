"""What if the memory were emptied, or one unit of it held?"""

from playground.instrument import Figure, Instrument
from playground.settings import Choice, Number

OPERATION = Choice(
    name="operation",
    label="Operation",
    options={"reset": "reset the memory", "zero": "zero a unit", "freeze": "freeze a unit"},
    default="reset",
)
WORD = Number(name="word", label="At word", default=1, opening=4, least=1, most=160, folded=True)
UNIT = Number(name="unit", label="Unit", default=0, least=0, most=9_999, slider=False)

INSTRUMENT = Instrument(
    room=__name__,
    title="Memory surgery",
    settings=(OPERATION, WORD, UNIT),
    figures=(
        Figure(
            name="surgery",
            caption="The likeliest next words before and after: pick the word to operate at",
            code=(
                "seq_models.surgery.read",
                "seq_models.surgery.reset",
                "seq_models.surgery.zeroed",
                "seq_models.surgery.frozen",
                "playground.next_word.surgery.explain.divergence",
            ),
            limits=(
                "The model was never trained with such a memory: part of the change is that "
                "strangeness, not what the memory held "
                "([Hooker et al., 2019](https://arxiv.org/abs/1806.10758))."
            ),
            pick=lambda key: {"word": int(key)},
        ),
    ),
)
