"""The code that is shown is the code that runs."""

import inspect

import pytest

from playground.page.code import source
from seq_models import surgery
from seq_models.attention import Attention


@pytest.mark.parametrize("part", [surgery.read, surgery.reset, Attention, Attention.forward])
def test_a_source_is_what_python_itself_says(part: object) -> None:
    """Oracle: inspect, which imports the module."""
    name = f"{part.__module__}.{part.__qualname__}"  # type: ignore[attr-defined]
    wanted = inspect.getsource(part)  # type: ignore[arg-type]
    assert source(name).strip() == wanted.strip()


def test_a_training_is_shown_without_being_imported() -> None:
    assert source("train.evaluate.main").startswith("def main(")


@pytest.mark.parametrize("name", ["seq_models.surgery.nothing", "seq_models.nothing.read", "x.y"])
def test_a_name_of_nothing_is_refused(name: str) -> None:
    with pytest.raises(LookupError):
        source(name)
