"""The tasks by name, one file each."""

from playground.learning import backwards, dates, number_words, own_pairs, phrases
from playground.learning.task import Task

OWN = "own"
TASKS = {
    task.name: task
    for task in (
        backwards.TASK,
        number_words.TASK,
        number_words.ENGLISH_TASK,
        number_words.BACK_TASK,
        dates.TASK,
        phrases.TASK,
    )
}


def task_of(name: str, pairs: str = "") -> Task:
    """A task by its name; `own` is made from the text `pairs`. Raises ValueError without one."""
    return own_pairs.task(pairs) if name == OWN else TASKS[name]
