"""The recorded trainings: one of each kind for each task, and what they say of themselves."""

from pathlib import Path

import pytest
import torch

from playground.learning import recorded
from playground.learning.asking import moment
from playground.learning.course import whole
from playground.learning.plan import KINDS
from playground.learning.shared import KEPT, RECORDED
from tests.playground.learning.small import plan

ALL = [(task, kind) for task in RECORDED for kind in KINDS]


def test_every_task_has_one_of_each_kind_and_all_are_small() -> None:
    sizes = {path.stem: path.stat().st_size for path in recorded.FOLDER.glob("*.safetensors")}
    assert set(sizes) == {f"{task}-{kind}" for task, kind in ALL}
    assert max(sizes.values()) < 600_000
    assert sum(sizes.values()) < 6_000_000


@pytest.mark.parametrize(("task", "kind"), ALL)
def test_a_recording_has_all_stages_from_untrained_to_trained(task: str, kind: str) -> None:
    course = recorded.recorded(task, kind)
    assert len(course.stages) == len(course.states) == KEPT
    assert course.stages[0] == course.moments[0].step == 0
    assert course.stages[-1] == course.moments[-1].step == course.plan.steps
    assert (course.plan.task, course.plan.kind) == (task, kind)
    assert set(course.stages) <= {one.step for one in course.moments}


def test_a_recorded_state_answers_as_was_measured_when_it_was_recorded() -> None:
    """In half precision: one example of all may come out otherwise."""
    course = recorded.recorded("backwards", "attention")
    model, found = course.model(KEPT - 1), course.answered(KEPT - 1)
    again = moment(model, course.tokenizer, course.task, course.plan.steps, found)
    assert again.exact == pytest.approx(course.moments[-1].exact, abs=0.02)
    assert again.loss_bits == pytest.approx(course.moments[-1].loss_bits, abs=0.02)


def test_what_is_written_is_read_again_in_half_precision(tmp_path: Path) -> None:
    course = whole(plan(steps=60, batch=2), KEPT)
    recorded.write(course, tmp_path / "one.safetensors")
    again = recorded.read(tmp_path / "one.safetensors")
    assert again.plan == course.plan
    assert again.moments == course.moments
    assert again.stages == course.stages
    for mine, theirs in zip(again.states, course.states, strict=True):
        for name, values in theirs.items():
            assert torch.equal(mine[name], values.half().float())


def test_a_course_without_all_stages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="9 stages"):
        recorded.write(whole(plan(steps=2), 2), tmp_path / "one.safetensors")
