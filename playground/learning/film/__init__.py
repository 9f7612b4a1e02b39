"""How did it learn? A recorded training, stage by stage."""

from playground.instrument import Figure, Instrument
from playground.learning.shared import RIVAL, STAGE

HERE = "playground.learning"

INSTRUMENT = Instrument(
    room=__name__,
    title="A film of learning",
    settings=(STAGE, RIVAL),
    figures=(
        Figure(
            name="film",
            caption="What it answers and where it looks: pick a stage",
            code=("seq_models.training.train_step", f"{HERE}.training.learn",
                  "seq_models.attention.Attention.forward", "seq_models.summary.SummaryDecoder"),
            limits=(
                "One training of each kind with one seed: another seed learns a little sooner or "
                "later. Attention of a Transformer is the mean over the last layer's heads."
            ),
            pick=lambda key: {"stage": int(key)},
        ),
        Figure(
            name="exact",
            caption="Unseen examples without a fault",
            code=(f"{HERE}.asking.moment",),
            pick=lambda key: {"stage": int(key)},
            column=1,
        ),
        Figure(
            name="loss",
            caption="How surprising the right answers are",
            code=("seq_models.training.sequence_loss", f"{HERE}.asking.guessing_bits"),
            pick=lambda key: {"stage": int(key)},
            column=2,
        ),
        Figure(
            name="lengths",
            caption="Is longer harder? Right answers by length",
            code=(f"{HERE}.lengths.stretches",),
            limits="Some fifty unseen examples, so about six to twenty of each length.",
        ),
        Figure(
            name="film-sure",
            caption="How sure it is of each token",
            code=("seq_models.translate.read",),
            pick=lambda key: {"stage": int(key)},
        ),
        Figure(
            name="samples",
            caption="Examples that it was never trained on",
            code=(f"{HERE}.course.answered_at",),
        ),
        Figure(
            name="try",
            caption="Ask it something else",
            code=(f"{HERE}.task.Task",),
            pick=lambda key: {"text": key},
        ),
    ),
)  # fmt: skip
