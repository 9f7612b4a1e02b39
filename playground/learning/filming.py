"""A film of one or two trainings: at every stage the same question, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from playground.learning.asking import Moment, examined
from playground.learning.course import Course
from playground.learning.lengths import Answered, Stretch, stretches
from playground.learning.plan import KINDS, Plan
from playground.reading.plain import fields

SAMPLES = 6  # unseen examples shown


@dataclass(frozen=True)
class Filmed:
    """One training, at N stages: a text of S tokens, an answer of T, ⟨end⟩ included."""

    name: str
    kind: str
    parameters: int
    steps: int  # of the whole training
    stages: list[int]  # N, in steps
    stage: int  # 1 to N, the one that is looked at
    moments: list[Moment]
    reached: Moment  # at the stage
    answer: str  # at the stage
    answers: list[str]  # N
    source: list[str]  # S
    target: list[str]  # T, the right answer; what the last stage writes, where there is none
    sure: np.ndarray  # (N, T), 0..1, the probability of each token after those before it
    weights: np.ndarray | None  # (N, T, S), 0..1; None without attention
    samples: list[Answered]  # unseen: what is read, what it writes, what is right
    lengths: list[Stretch]  # all the unseen examples at the stage, short ones first


@dataclass(frozen=True)
class Trace:
    """A film of one training, or of two side by side."""

    task: str
    question: str
    text: str
    right: str  # "" where there is no right answer
    guessing_bits: float  # a token, for whoever knows the frequencies alone
    unseen: int  # examples that were asked at each moment
    runs: list[Filmed]
    examples: list[str]
    probes: list[str]  # odd ones
    notes: Sequence[str] = ()

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer."""
        return fields(self)


def film(courses: Sequence[Course], text: str, stage: int) -> Trace:
    """The film of some courses on one task. Raises ValueError, in a sentence, for no text.

    stage: from 1; of a course with fewer, the last.
    """
    first, called = courses[0], names([course.plan for course in courses])
    return Trace(
        task=first.task.name,
        question=first.task.question,
        text=text,
        right=first.right(text),
        guessing_bits=first.guessing_bits,
        unseen=len(examined(first.task)),
        runs=[
            filmed(course, name, text, min(stage, len(course.states)))
            for course, name in zip(courses, called, strict=True)
        ],
        examples=list(first.task.examples),
        probes=list(first.task.probes),
        notes=unknown(first, text),
    )


def names(plans: Sequence[Plan]) -> list[str]:
    """What each model is called; two of a kind by their heads or sizes."""
    if len({plan.kind for plan in plans}) == len(plans):
        return [KINDS[plan.kind] for plan in plans]
    heads = len({plan.heads for plan in plans}) == len(plans)
    return [
        f"{KINDS[plan.kind]} {place} ({plan.heads} head{'s' * (plan.heads > 1)})"
        if heads
        else f"{KINDS[plan.kind]} {place} (width {plan.width})"
        for place, plan in enumerate(plans, start=1)
    ]


def filmed(course: Course, name: str, text: str, stage: int) -> Filmed:
    """One course with a text at all its stages; `stage`, from 1, is looked at."""
    asked = [course.asked(place, text) for place in range(len(course.states))]
    here, step = asked[stage - 1], course.stages[stage - 1]
    looks = [one.weights for one in asked if one.weights is not None]
    answered = course.answered(stage - 1)
    return Filmed(
        name=name,
        kind=course.plan.kind,
        parameters=sum(values.numel() for values in course.states[0].values()),
        steps=course.plan.steps,
        stages=list(course.stages),
        stage=stage,
        moments=list(course.moments),
        reached=next(moment for moment in course.moments if moment.step == step),
        answer=here.answer,
        answers=[one.answer for one in asked],
        source=here.source,
        target=here.target,
        sure=np.stack([one.probabilities for one in asked]),
        weights=np.stack(looks) if looks else None,
        samples=answered[:SAMPLES],
        lengths=stretches(answered),
    )


def unknown(course: Course, text: str) -> list[str]:
    """What is told quietly of signs that the training never had."""
    odd = [token.text.strip() for token in course.tokenizer.tokens(text) if not token.known]
    return [f"It has never seen {' '.join(odd)}, so it reads ⟨unknown⟩ there."] if odd else []
