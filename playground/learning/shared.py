"""What the instruments of the Learning tab have in common."""

from playground.learning.plan import KINDS
from playground.settings import Choice, Number, Text

LABELS = {
    "backwards": "Backwards",
    "numbers": "Numbers",
    "dates": "Dates",
    "phrases": "Phrases",
}
RECORDED = tuple(LABELS)
"""The tasks of which each kind of model was recorded."""
KEPT = 9  # stages of a recording
NOBODY = "nobody"
SAME_KIND = "It is of the same kind as its rival, so it learns alone."

TEXT = Text(name="text", label="Ask it something", default="learning", longest=80)
TASK = Choice(name="task", label="Task", options=LABELS, default="backwards")
MODEL = Choice(name="model", label="Model", options=KINDS, default="attention")
RIVAL = Choice(
    name="rival", label="Beside it", options={NOBODY: "nobody", **KINDS}, default=NOBODY
)  # fmt: skip
STAGE = Number(
    name="stage", label="Stage", info="1: untrained", default=KEPT, least=1, most=KEPT,
    picked=True, played=True,
)  # fmt: skip
MEANT = Text(name="meant", label="The task that the text was meant for", hidden=True)
