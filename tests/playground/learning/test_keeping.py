"""What one takes away: the folder answers as the page did, the notebook trains it again."""

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest

from playground.learning.asking import answers
from playground.learning.course import Training, copied
from playground.learning.keeping import digest, packed
from seq_models import load
from seq_models.loaded import LoadedTranslator
from tests.playground.learning.small import plan


@pytest.fixture(scope="module")
def training() -> Training:
    training = Training(plan(width=16, steps=8))
    for _ in range(5):  # stopped before its end
        training.advance()
        training.remember()
    return training


@pytest.fixture(scope="module")
def archive(training: Training) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(packed(training)))


def test_the_folder_loads_and_answers_as_the_page_did(
    training: Training, archive: zipfile.ZipFile, tmp_path: Path
) -> None:
    archive.extractall(tmp_path)
    loaded = load(tmp_path / "model")
    assert isinstance(loaded, LoadedTranslator)
    texts = [source for source, _ in training.course.task.unseen[:20]]
    said = answers(training.model, training.course.tokenizer, texts)
    assert loaded.translate(texts, width=1, as_typed=True) == said


def test_the_notebook_ends_with_the_same_parameters(
    training: Training, archive: zipfile.ZipFile
) -> None:
    notebook = json.loads(archive.read("training.ipynb"))
    space: dict[str, object] = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            exec(cell["source"], space)
    again = space["training"]
    assert isinstance(again, Training)
    assert digest(copied(again.model)) == digest(copied(training.model))


def test_a_digest_tells_the_last_bit(training: Training) -> None:
    state = copied(training.model)
    before = digest(state)
    next(iter(state.values())).view(-1)[0] += 1e-7
    assert digest(state) != before


def test_the_curves_are_every_moment(training: Training, archive: zipfile.ZipFile) -> None:
    rows = list(csv.DictReader(io.StringIO(archive.read("curves.csv").decode())))
    assert [int(row["step"]) for row in rows] == [one.step for one in training.course.moments]
    assert float(rows[-1]["loss_bits"]) == training.course.moments[-1].loss_bits
