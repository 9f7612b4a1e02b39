"""What one keeps of a training: the model as a folder, a notebook that trains it again, its curves.

The folder is laid out as all models of this project: `seq_models.load(Path("model"))` reads it.
"""

import csv
import hashlib
import io
import json
import tempfile
import zipfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from playground.learning.course import Course, State, Training, copied
from seq_models.folder import write_folder

NAME = "model"
FIELDS = ("step", "loss_bits", "exact", "placed")


def packed(training: Training) -> bytes:
    """A ZIP file: the folder `model`, `training.ipynb`, `curves.csv`."""
    course = training.course
    config = course.plan.config(course.tokenizer.vocab_size)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        with tempfile.TemporaryDirectory() as place:
            write_folder(Path(place), config, training.model, course.tokenizer)
            for path in sorted(Path(place).iterdir()):
                archive.write(path, f"{NAME}/{path.name}")
        archive.writestr("training.ipynb", json.dumps(notebook(training), indent=1))
        archive.writestr("curves.csv", curves(course))
    return buffer.getvalue()


def curves(course: Course) -> str:
    """Every moment as CSV."""
    text = io.StringIO()
    writer = csv.DictWriter(text, FIELDS)
    writer.writeheader()
    writer.writerows(asdict(moment) for moment in course.moments)
    return text.getvalue()


def notebook(training: Training) -> dict[str, Any]:
    """A notebook that trains again, to the same numbers on the same kind of machine."""
    plan, steps = training.course.plan, training.steps_done
    cells = [
        "from playground.learning.course import Training, copied\n"
        "from playground.learning.keeping import digest\n"
        "from playground.learning.plan import Plan",
        f"training = Training({plan!r})\n"
        f"for _ in range({steps}):\n"
        "    loss = training.advance()\n"
        "    training.remember()\n"
        "training.course.moments[-1]",
        f"assert digest(copied(training.model)) == {digest(copied(training.model))!r}",
    ]
    told = f"{plan.task}, {plan.kind}: {steps} steps of `seq_models.train_step`."
    return {
        "cells": [
            {"cell_type": "markdown", "metadata": {}, "source": told},
            *(
                {"cell_type": "code", "metadata": {}, "source": cell, "outputs": [],
                 "execution_count": None}
                for cell in cells
            ),
        ],
        "metadata": {"language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 4,
    }  # fmt: skip


def digest(state: State) -> str:
    """The SHA-256 of all parameters, to the last bit."""
    found = hashlib.sha256()
    for name in sorted(state):
        found.update(name.encode() + state[name].contiguous().numpy().tobytes())
    return found.hexdigest()
