"""Training and its memory: the same plan gives the same curves, and a step back is a step back."""

import gc
import weakref
from dataclasses import replace
from itertools import islice
from typing import Any

import pytest
import torch

from playground.learning import asking
from playground.learning import course as course_module
from playground.learning import training as training_module
from playground.learning.asking import answered
from playground.learning.course import MOMENTS, Training, copied, moments, whole
from playground.learning.lengths import Answered
from playground.learning.tasks import task_of
from playground.learning.training import batches, tokenizer_of
from seq_models import PAD
from tests.playground.learning.small import plan


def same(one, other) -> bool:
    """Whether two states are equal to the last bit."""
    return one.keys() == other.keys() and all(torch.equal(one[n], other[n]) for n in one)


def test_what_a_course_worked_out_is_forgotten_with_it() -> None:
    course = whole(plan(), 3)
    first = course.asked(0, "window")
    assert course.asked(0, "window") is first
    course.answered(1)
    there = weakref.ref(course)
    del course
    gc.collect()
    assert there() is None


@pytest.mark.parametrize("kind", ["summary", "attention", "transformer"])
def test_the_same_seed_gives_the_same_curves_to_the_last_digit(kind: str) -> None:
    first, second = (whole(plan(kind=kind), 3) for _ in range(2))
    assert first.moments == second.moments
    assert same(first.states[-1], second.states[-1])
    other = whole(plan(kind=kind, seed=2), 3)
    assert not same(first.states[-1], other.states[-1])


def test_two_trainings_in_turn_do_what_each_does_alone() -> None:
    """A race, a pause: nobody's random numbers are anybody else's."""
    alone = [whole(plan(kind=kind), 3) for kind in ("attention", "transformer")]
    racing = [Training(plan(kind=kind), 3) for kind in ("attention", "transformer")]
    while not all(one.done for one in racing):
        for one in racing:
            one.advance()
            one.remember()
            torch.rand(3)
    for one, course in zip(racing, alone, strict=True):
        assert same(one.course.states[-1], course.states[-1])
        assert one.course.moments == course.moments


def test_whoever_races_sees_the_same_batches() -> None:
    task = task_of("backwards")
    tokenizer = tokenizer_of(task)
    one, other = (
        list(islice(batches(task, tokenizer, plan(kind=kind)), 3))
        for kind in ("summary", "transformer")
    )
    for mine, theirs in zip(one, other, strict=True):
        assert torch.equal(mine[0], theirs[0])
        assert torch.equal(mine[1], theirs[1])


def test_it_is_train_step_that_trains(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training_module, "train_step", lambda *_: 0.5)
    training = Training(plan())
    before = copied(training.model)
    assert [training.advance() for _ in range(6)] == [0.5] * 6
    assert same(before, copied(training.model))


def test_a_step_back_is_the_model_as_it_was() -> None:
    training = Training(plan(steps=4), kept=5)
    was = {0: copied(training.model)}
    while not training.done:
        training.advance()
        training.remember(always=True)
        was[training.steps_done] = copied(training.model)
    for stage, step in enumerate(training.course.stages):
        assert same(was[step], copied(training.course.model(stage)))


def test_a_moment_with_its_parameters_kept_is_as_one_without() -> None:
    many, few = (whole(plan(steps=30, batch=2), kept) for kept in (MOMENTS, 2))
    assert len(many.stages) > len(few.stages) == 2
    assert many.moments == few.moments


def test_the_answers_of_a_moment_are_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def counted(*given: Any) -> list[Answered]:
        asked.append(given)
        return answered(*given)

    monkeypatch.setattr(course_module, "answered", counted)
    course = Training(plan()).course
    right = [said == right for _, said, right in course.answered(0)]
    assert len(asked) == 1
    assert course.moments[0].exact == sum(right) / len(right)


def test_asking_in_between_changes_nothing() -> None:
    asked, silent = Training(plan()), whole(plan(), 30)
    while not asked.done:
        asked.advance()
        asked.remember()
        asked.course.asked(len(asked.course.states) - 1, "window")
        asked.course.answered(0)
    assert same(asked.course.states[-1], silent.states[-1])


def test_without_a_right_answer_every_stage_is_led_along_the_last_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Also where that answer is nothing at all."""
    course = whole(plan(steps=20), 20)
    monkeypatch.setattr(course, "task", replace(course.task, answer=lambda _: ""))
    last = len(course.states) - 1
    for said in ("", "abc"):
        course.found.clear()
        monkeypatch.setattr(asking, "answers", lambda *_, said=said: [said])
        found = [course.asked(stage, "window") for stage in (0, last)]
        assert found[0].target == found[1].target
        assert len(found[0].target) == len(said) + 1


def test_no_unseen_example_is_trained_on() -> None:
    task = task_of("phrases")
    tokenizer = tokenizer_of(task)
    unseen = {source for source, _ in task.unseen}
    for src, _ in islice(batches(task, tokenizer, plan(task="phrases", batch=64)), 30):
        rows = [[token for token in row if token != PAD] for row in src.tolist()]
        assert not unseen & {tokenizer.decode(row) for row in rows}


def test_the_learning_rate_rises_and_falls_to_nothing() -> None:
    chosen = plan(steps=100, rate=0.01)
    rates = [chosen.rate_at(step) for step in range(101)]
    assert max(rates) == pytest.approx(0.01)
    assert rates.index(max(rates)) in (9, 10)
    assert rates[100] == 0
    assert all(one > 0 for one in rates[:100])


def test_moments_are_the_first_and_the_last_and_denser_early() -> None:
    found = sorted(moments(1_000, 20))
    assert found[0] == 0
    assert found[-1] == 1_000
    assert 18 <= len(found) <= 20
    gaps = [late - early for early, late in zip(found, found[1:], strict=False)]
    assert gaps[0] < gaps[-1]


def test_width_and_heads_that_do_not_fit_are_told_in_a_sentence() -> None:
    with pytest.raises(ValueError, match="3 heads cannot share a width of 8"):
        plan(kind="transformer", heads=3).config(30)
    with pytest.raises(ValueError, match="even"):
        plan(width=9).config(30)


def test_a_stage_is_put_together_without_anybodys_random_numbers() -> None:
    course = whole(plan(), 3)
    before = torch.get_rng_state()
    course.model(1)
    assert torch.equal(torch.get_rng_state(), before)


def test_a_text_has_its_answer_however_its_signs_are_typed() -> None:
    course = whole(plan(task="numbers"), 1)
    assert course.right("quatre\u2011vingt\u2011onze") == course.right("quatre-vingt-onze") == "91"
    assert whole(plan(), 1).right("ｗindow") == "wodniw"
