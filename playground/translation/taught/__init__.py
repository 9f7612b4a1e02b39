"""Led by the hand and alone: teacher forcing beside the free run."""

from playground.instrument import Figure, Instrument
from playground.settings import Text
from playground.translation.shared import OTHER

REFERENCE = Text(
    name="reference",
    label="The teacher's translation",
    default="",
    opening=OTHER,
    longest=1_000,
)

INSTRUMENT = Instrument(
    room=__name__,
    title="Taught and alone",
    settings=(REFERENCE,),
    figures=(
        Figure(
            name="taught",
            caption="Led: at each step the teacher's words are read, whatever the model would say",
            code=(
                "playground.translation.taught.explain.led",
                "seq_models.training.train_step",
            ),
            limits=(
                "A model is trained only on the teacher's words, and meets its own for the first "
                "time when it is used: an early mistake of its own leads where it never was "
                "([Ranzato et al., 2016](https://arxiv.org/abs/1511.06732))."
            ),
        ),
        Figure(
            name="alone",
            caption="Alone: it reads its own words",
            code=("seq_models.translate.translate", "playground.reading.difference.compared"),
        ),
    ),
)
