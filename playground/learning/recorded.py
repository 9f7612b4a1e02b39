"""Recorded trainings: one of each kind of model for each task, so that all can see without waiting.

A file holds the parameters at each stage, half precision, each name with its stages first
(stages, ...); its metadata tell the plan and how far the model was at each moment.
"""

import json
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path

import safetensors
import torch
from safetensors.torch import save_file

from playground.learning.asking import Moment
from playground.learning.course import Course
from playground.learning.plan import Plan
from playground.learning.shared import KEPT, RECORDED

FOLDER = Path(__file__).parent / "recordings"


def path_of(task: str, kind: str) -> Path:
    """Where the recording of a kind of model on a task lies."""
    return FOLDER / f"{task}-{kind}.safetensors"


def write(course: Course, path: Path) -> None:
    """Write a course that has all its `KEPT` stages. Raises ValueError for another."""
    if len(course.states) != KEPT:
        raise ValueError(f"a recording has {KEPT} stages, not {len(course.states)}")
    told = {
        "plan": course.plan.to_json(),
        "guessing_bits": course.guessing_bits,
        "stages": course.stages,
        "moments": [asdict(moment) for moment in course.moments],
    }
    names = course.states[0]
    tensors = {name: torch.stack([state[name] for state in course.states]).half() for name in names}
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file(tensors, path, metadata={"course": json.dumps(told)})


def read(path: Path) -> Course:
    """A course as it was written."""
    with safetensors.safe_open(path, "pt") as file:
        told = json.loads(file.metadata()["course"])
        tensors = {name: file.get_tensor(name).float() for name in file.keys()}  # noqa: SIM118
    course = Course.of(Plan(**told["plan"]))
    course.stages = told["stages"]
    course.moments = [Moment(**moment) for moment in told["moments"]]
    course.states = [
        {name: values[stage] for name, values in tensors.items()}
        for stage in range(len(course.stages))
    ]
    return course


@lru_cache(maxsize=len(RECORDED) * 3)
def recorded(task: str, kind: str) -> Course:
    """The recorded training of a kind of model on a task. Raises ValueError if there is none."""
    path = path_of(task, kind)
    if not path.exists():
        raise ValueError(f"No training of this kind was recorded on {task}; please train it.")
    return read(path)
