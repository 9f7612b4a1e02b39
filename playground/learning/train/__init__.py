"""Build a model of the course's parts, and watch it learn: alone, or in a race with another."""

from playground.instrument import Figure, Instrument
from playground.learning.own_pairs import FEWEST, LONGEST, MOST
from playground.learning.plan import KINDS
from playground.learning.shared import NOBODY
from playground.settings import Choice, Number, Text, Toggle

HERE = "playground.learning"
SAME, ONE_HEAD = "same", "one_head"
EXAMPLES = Choice(
    name="examples", label="Examples", default=SAME,
    options={SAME: "of the task above", "english_numbers": "English numbers",
             "numbers_back": "digits to French", "own": "your own pairs"},
)  # fmt: skip
RIVAL = Choice(
    name="rival", label="In a race with", default=NOBODY,
    options={NOBODY: "nobody", **KINDS, ONE_HEAD: "the same with one head"},
)  # fmt: skip
WIDTH = Choice(
    name="width", label="Width", options={str(n): str(n) for n in (16, 32, 64, 96)}, default="64",
    folded=True,
)  # fmt: skip
RATE = Choice(
    name="rate", label="Learning rate", default="recommended",
    options={"recommended": "recommended", "0.001": "0.001", "0.01": "0.01", "0.1": "0.1"},
    folded=True,
)  # fmt: skip
LAYERS = Number(name="layers", label="Layers", default=1, least=1, most=3, folded=True)
HEADS = Number(
    name="heads", label="Heads", info="of a Transformer", default=4, least=1, most=8, folded=True
)
BATCH = Number(name="batch", label="Batch", info="examples a step", default=64, least=8, most=128,
    folded=True,
)  # fmt: skip
STEPS = Number(
    name="steps", label="Steps", info="0: recommended", default=0, least=0, most=3_000,
    slider=False,
    folded=True,
)  # fmt: skip
SEED = Number(
    name="seed", label="Seed", info="same seed, same curves", default=1, least=0, most=2**31 - 1,
    slider=False, folded=True,
)  # fmt: skip
POSITIONS = Toggle(name="positions", label="Positions (Transformer)", default=True, folded=True)
PAIRS = Text(
    name="pairs",
    label=f"A line each, a tab or -> between both parts; {FEWEST} to {MOST} lines",
    longest=MOST * (2 * LONGEST + 4), lines=6, apart=True,
)  # fmt: skip
WATCHED = Text(
    name="watched", label="Watch the run named", longest=500,
    placeholder="its name, of 8 signs, or its link",
    folded=True,
)  # fmt: skip

INSTRUMENT = Instrument(
    room=__name__,
    title="Build and train",
    settings=(EXAMPLES, RIVAL, WIDTH, LAYERS, HEADS, RATE, BATCH, STEPS, SEED, POSITIONS, WATCHED,
              PAIRS),
    figures=(
        Figure(
            name="parts",
            caption="The model: its parts, what each hands on, how many parameters it has",
            code=(f"{HERE}.plan.Plan.config", "seq_models.models.transformer_translator",
                  "seq_models.models.attention_translator",
                  "seq_models.models.summary_translator", f"{HERE}.training.learn",
                  "seq_models.training.train_step"),
            limits="B: texts in a batch, S: tokens of the source, T: tokens of the answer.",
        ),
    ),
)  # fmt: skip

LIVE = Instrument(
    room=f"{__name__}.live",
    title="Live",
    figures=tuple(
        Figure(name=f"live-{name}", caption=caption, code=code, column=column, pick=pick)
        for name, caption, code, column, pick in (
            ("film", "What it answers and where it looks", ("seq_models.training.train_step",
             f"{HERE}.training.learn"), 0, lambda key: {"stage": int(key)}),
            ("exact", "Unseen examples without a fault", (f"{HERE}.asking.moment",), 1,
             lambda key: {"stage": int(key)}),
            ("loss", "How surprising the right answers are",
             ("seq_models.training.sequence_loss",), 2, lambda key: {"stage": int(key)}),
            ("lengths", "Is longer harder? Right answers by length",
             (f"{HERE}.lengths.stretches",), 0, None),
            ("film-sure", "How sure it is of each token", ("seq_models.translate.read",), 0,
             lambda key: {"stage": int(key)}),
            ("samples", "Examples that it was never trained on",
             (f"{HERE}.course.answered_at",), 0, None),
        )
    ),
)  # fmt: skip
"""What is shown of a training while it runs; its figures are those of the film."""
