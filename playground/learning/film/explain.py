"""A recorded training: the parameters that it had at nine moments, each asked the same question."""

from dataclasses import replace

from playground.learning.filming import Trace
from playground.learning.filming import film as filmed
from playground.learning.recorded import recorded
from playground.learning.shared import MODEL, NOBODY, RIVAL, SAME_KIND, STAGE, TASK, TEXT
from playground.learning.tasks import TASKS
from playground.reading.text import legible


def explain(
    text: str,
    task: str = TASK.default,
    model: str = MODEL.default,
    stage: int = STAGE.default,
    rival: str = RIVAL.default,
    meant: str = "",
) -> Trace:
    """What a model that learns a task answers at each stage of its training.

    Args:
        text: what it is asked; without one, the task's own example.
        task: "backwards", "numbers", "dates" or "phrases".
        model: "summary" (an RNN without attention), "attention" or "transformer".
        stage: 1 (untrained) to 9 (trained).
        rival: another kind of model beside it, or "nobody".
        meant: the task that the text was meant for; that of another is asked its own example.

    Returns:
        right (the right answer, "" without one), guessing_bits, examples and probes; runs, one for
        each model: stages in steps, moments (loss_bits and exact on unseen examples), reached (that
        of the stage), answers at all stages, source and target tokens, sure (the probability of
        each token of the right answer at each stage), weights (attention), samples, lengths (right
        answers among unseen examples of each length, at the stage).

    Raises ValueError, in a sentence, for settings that cannot be.
    """
    kinds = [MODEL.check(model)]
    if RIVAL.check(rival) not in (NOBODY, model):
        kinds.append(rival)
    asked = legible(TEXT.check(text)).strip()
    if not asked or (meant and meant != task):
        asked = TASKS[TASK.check(task)].examples[0]
    courses = [recorded(TASK.check(task), kind) for kind in kinds]
    found = filmed(courses, asked, STAGE.check(stage))
    return replace(found, notes=(*found.notes, SAME_KIND)) if rival == model else found
