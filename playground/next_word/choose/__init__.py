"""How does a list of scores become one word?"""

from playground.instrument import Figure, Instrument
from playground.settings import Number

TEMPERATURE = Number(
    name="temperature", label="Temperature", info="0: always the likeliest",
    default=0.8, least=0, most=5, step=0.1,
)  # fmt: skip
TOP_K = Number(
    name="top_k", label="Top k", info="the likeliest k",
    default=50, least=1, most=100_000, slider=False,
)  # fmt: skip
TOP_P = Number(
    name="top_p", label="Top p", info="the fewest that hold p",
    default=0.95, least=0.001, most=1, step=0.001,
)  # fmt: skip
SEED = Number(
    name="seed", label="Seed", info="same seed, same word",
    default=1, least=0, most=2**31 - 1, slider=False,
)  # fmt: skip

INSTRUMENT = Instrument(
    room=__name__,
    title="From scores to a choice",
    settings=(TEMPERATURE, TOP_K, TOP_P, SEED),
    figures=(
        Figure(
            name="stages",
            caption="From scores to a choice: the framed word is drawn",
            code=("seq_models.sample.reshape", "seq_models.sample.sampler"),
            limits=(
                "Which settings read best depends on the model and the task; likelier text is not "
                "better text ([Holtzman et al., 2020](https://arxiv.org/abs/1904.09751))."
            ),
        ),
    ),
)
