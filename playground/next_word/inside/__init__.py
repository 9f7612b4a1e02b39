"""What does the memory hold, and when is it kept or overwritten?"""

from playground.instrument import Figure, Instrument
from playground.settings import Choice, Number

SORT = Choice(
    name="sort",
    label="Units first that are",
    options={
        "change": "most changing",
        "strength": "strongest now",
        "number": "by number",
    },
    default="change",
)
UNIT = Number(
    name="unit",
    label="Follow unit (−1: the first)",
    default=-1,
    least=-1,
    most=9_999,
    slider=False,
    folded=True,
)
GATES = ("seq_models.rnn.GatedRNN.gates", "seq_models.rnn.LSTM.gates")

INSTRUMENT = Instrument(
    room=__name__,
    title="Look inside",
    settings=(SORT, UNIT),
    figures=(
        Figure(
            name="memory",
            caption="The memory after each word: pick a unit to follow it",
            code=(
                "seq_models.rnn.SimpleRNN.read",
                *GATES,
                "playground.next_word.inside.explain.sorted_units",
            ),
            limits=(
                "Few units mean one thing that has a name; most of what a memory holds is spread "
                "over many ([Karpathy et al., 2016](https://arxiv.org/abs/1506.02078))."
            ),
            pick=lambda key: {"unit": int(key)},
            column=1,
        ),
        Figure(
            name="unit",
            caption="The followed unit, and its gates",
            code=("seq_models.rnn.SimpleRNN.read", *GATES),
            column=2,
        ),
    ),
)
