"""What if it looked elsewhere?"""

from typing import Any

from playground.instrument import Figure, Instrument
from playground.settings import Choice, Number, Text

RULE = Choice(
    name="rule",
    label="Look",
    options={
        "uniform": "Same share for all",
        "last": "Last piece only",
        "diagonal": "Diagonal",
        "argmax": "Its own strongest",
        "shuffled": "Shuffled",
        "typed": "Typed for one step",
    },
    default="uniform",
    picked=True,
)
STEP = Number(
    name="step", label="Step (typed)", default=1, least=1, most=480, slider=False, folded=True
)
WEIGHTS = Text(
    name="weights",
    label="Weights for that step (typed): one number for each French piece",
    default="1",
    longest=5_000,
    folded=True,
)
SEED = Number(
    name="seed", label="Seed (shuffled)", default=1, least=0, most=2**31 - 1, slider=False
)
CODE = tuple(
    f"seq_models.elsewhere.{name}"
    for name in ("Elsewhere", "uniform", "last", "diagonal", "own_argmax", "shuffled", "given")
)


def cell_picked(key: str) -> dict[str, Any]:
    """A step, by its place; a source piece, "c" and its place; or both, with a comma between."""
    if key.startswith("c"):
        return {"rule": "typed", "weights": only(int(key[1:]))}
    row, _, column = key.partition(",")
    step: dict[str, Any] = {"rule": "typed", "step": int(row) + 1}
    return step | ({"weights": only(int(column))} if column else {})


def only(column: int) -> str:
    """Weights, as a person types them, that are all on one source piece."""
    return " ".join(["0"] * column + ["1"])


INSTRUMENT = Instrument(
    room=__name__,
    title="What if it looked elsewhere",
    settings=(RULE, STEP, WEIGHTS, SEED),
    figures=(
        Figure(
            name="elsewhere",
            caption="Both translations",
            code=(*CODE, "seq_models.translate.read"),
            limits=(
                "The model met no such attention while it was trained; part of the harm is that "
                "strangeness, not what attention knew "
                "([Hooker et al., 2019](https://arxiv.org/abs/1806.10758))."
            ),
        ),
        Figure(
            name="elsewhere-weights",
            caption=(
                "Where it was made to look: pick an English word for the step, a French one to put "
                "all weight on it"
            ),
            code=CODE,
            pick=cell_picked,
        ),
    ),
)
