"""A training with a memory: how far it was after some steps, and its parameters at those moments.

Moments lie evenly in the logarithm of the steps, for most is learnt early.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from torch import Tensor

from playground.learning.asking import (
    Asked,
    Moment,
    answered,
    ask,
    examined,
    guessing_bits,
    moment,
)
from playground.learning.lengths import Answered
from playground.learning.plan import Plan
from playground.learning.task import Task
from playground.learning.tasks import task_of
from playground.learning.training import batches, built, learn, tokenizer_of, untrained
from seq_models.folder import fill
from seq_models.normalise import normalise
from seq_models.seq2seq import Seq2Seq
from seq_models.tokenizer import Tokenizer

MOMENTS = 24
SOON = 25  # steps that are told apart little
KEPT = 1_000  # answers of a course

State = Mapping[str, Tensor]
Found = TypeVar("Found")


@dataclass(eq=False)
class Course:
    """What is remembered of a training; `states` has the parameters at each of `stages`."""

    plan: Plan
    task: Task
    tokenizer: Tokenizer
    guessing_bits: float  # a token, for whoever knows the frequencies alone
    moments: list[Moment] = field(default_factory=list)
    stages: list[int] = field(default_factory=list)  # steps
    states: list[State] = field(default_factory=list)
    found: dict[Hashable, Any] = field(default_factory=dict, repr=False)  # see `once`

    @classmethod
    def of(cls, plan: Plan) -> "Course":
        """That of a training that has not begun. Raises ValueError for own pairs that are none."""
        task = task_of(plan.task, plan.pairs)
        tokenizer = tokenizer_of(task)
        return cls(plan, task, tokenizer, guessing_bits(task, tokenizer))

    def model(self, stage: int) -> Seq2Seq:
        """The model as it was at a stage."""
        return self.once(("model", stage), lambda: model_at(self, stage))

    def asked(self, stage: int, text: str) -> Asked:
        """What the model of a stage makes of a text, measured on the right answer.

        Where there is none, on what the last stage answers.
        """
        right = self.right(text)
        last = "" if right else self._asked(len(self.states) - 1, text, None).answer
        return self._asked(stage, text, right or last)

    def right(self, text: str) -> str:
        """The right answer to a text, however its signs are typed; "" where there is none."""
        return self.task.answer(normalise(text).text)

    def answered(self, stage: int) -> list[Answered]:
        """The unseen examples that are asked at each moment, as a stage answers them."""
        return self.once(("answered", stage), lambda: answered_at(self, stage))

    def once(self, key: Hashable, work: Callable[[], Found]) -> Found:
        """What was worked out before, or is now; it is forgotten with the course."""
        found: Found | None = self.found.get(key)
        if found is None:
            found = work()
            if len(self.found) >= KEPT:
                self.found.clear()
            self.found[key] = found
        return found

    def _asked(self, stage: int, text: str, target: str | None) -> Asked:
        key = ("asked", stage, text, target)
        return self.once(key, lambda: ask(self.model(stage), self.tokenizer, text, target))


def model_at(course: Course, stage: int) -> Seq2Seq:
    """A stage's model, put together."""
    model = built(course.plan.config(course.tokenizer.vocab_size), course.plan.seed)
    fill(model, course.states[stage])
    return model.eval().requires_grad_(False)


def answered_at(course: Course, stage: int) -> list[Answered]:
    """What a stage answers to the unseen examples."""
    return answered(course.model(stage), course.tokenizer, examined(course.task))


class Training:
    """A training under way; `course` remembers it."""

    def __init__(self, plan: Plan, kept: int = MOMENTS) -> None:
        """kept: at how many of the moments the parameters are kept."""
        self.course = Course.of(plan)
        self.steps_done = 0
        self.moments, self.kept = moments(plan.steps, MOMENTS), moments(plan.steps, kept)
        vocab_size = self.course.tokenizer.vocab_size
        self.model = untrained(plan, vocab_size)
        given = batches(self.course.task, self.course.tokenizer, plan)
        self.losses = learn(self.model, given, plan)
        self.remember()

    @property
    def done(self) -> bool:
        """Whether all steps are made."""
        return self.steps_done >= self.course.plan.steps

    def advance(self) -> float:
        """Make one step; returns its loss (nats a token). Raises StopIteration after the last."""
        loss = next(self.losses)
        self.steps_done += 1
        return loss

    def remember(self, always: bool = False) -> None:
        """Keep this moment, if it is one to keep: how far the model is, and its parameters."""
        step, course = self.steps_done, self.course
        kept = always or step in self.kept
        if kept:
            course.stages.append(step)
            course.states.append(copied(self.model))
        if kept or step in self.moments:
            found = course.answered(len(course.stages) - 1) if kept else self.answered()
            course.moments.append(moment(self.model, course.tokenizer, course.task, step, found))

    def answered(self) -> list[Answered]:
        """The unseen examples, as the model answers them now."""
        return answered(self.model, self.course.tokenizer, examined(self.course.task))


def copied(model: Seq2Seq) -> State:
    """The parameters as they are now."""
    return {name: values.detach().clone() for name, values in model.named_parameters()}


def moments(steps: int, count: int) -> set[int]:
    """About `count` steps from 0 to the last, evenly in the logarithm."""
    ratio = ((steps + SOON) / SOON) ** (1 / max(1, count - 1))
    return {round(SOON * ratio**n - SOON) for n in range(count)} | {0, steps}


def whole(plan: Plan, kept: int) -> Course:
    """A training from beginning to end, remembered."""
    training = Training(plan, kept)
    while not training.done:
        training.advance()
        training.remember()
    return training.course
