"""Where does it look while it writes each word?"""

from playground.instrument import Figure, Instrument
from playground.settings import Choice, Number

VIEW = Choice(
    name="view",
    label="Shown as",
    options={"heatmap": "Heatmap", "ribbons": "Ribbons"},
    default="heatmap",
)
LEAST = Number(name="least", label="Hide weights below", default=0.0, least=0, most=0.5, step=0.01)
ROW = Number(name="row", label="Row", default=-1, least=-1, most=480, hidden=True)

INSTRUMENT = Instrument(
    room=__name__,
    title="Spotlight",
    endpoints={"attend": "explain"},
    settings=(VIEW, LEAST, ROW),
    figures=(
        Figure(
            name="spotlight",
            caption="The translation, and where it looked for each word: pick one",
            code=(
                "seq_models.attention.Attention.forward",
                "seq_models.attention.Attention.score",
                "seq_models.attention.Attention.energy",
            ),
            limits=(
                "Where it looked is not why it chose a word: other weights can give the same "
                "answer ([Jain and Wallace, 2019](https://arxiv.org/abs/1902.10186); for the other "
                "side, [Wiegreffe and Pinter, 2019](https://arxiv.org/abs/1908.04626))."
            ),
            pick=lambda key: {"row": int(key)},
        ),
        Figure(
            name="sure",
            caption="How sure it was of each word",
            code=("seq_models.translate.read",),
        ),
    ),
)
