"""Lines translated in groups: each its own translation, none that is known, none without one."""

import json
from pathlib import Path

import pytest

from tests.folders import write_model
from train.pairs.by_machine import LONGEST, translated, translator, worth_it

LINES = ["the cat sat", "a dog ran to the cat", "", "two or three of us", "the mat " * LONGEST]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a tiny translator."""
    write_model(tmp_path / "tiny", "transformer")
    return tmp_path / "tiny"


def test_known_lines_are_left_out_whatever_their_case_and_punctuation() -> None:
    lines = ["The cat sat.", "A dog ran!", "« Où ça ? »", "it's on", "its on"]
    assert worth_it(lines, ["the CAT, sat"]) == lines[1:]
    assert worth_it(lines, ["où ça", "It’s on!"]) == ["The cat sat.", "A dog ran!", "its on"]
    assert worth_it(lines, []) == lines


def test_each_line_comes_once_in_its_first_form_and_one_without_letters_never() -> None:
    lines = ["Yes!", "no", "yes", "...", "", "No.", "yes no"]
    assert worth_it(lines, []) == ["Yes!", "no", "yes no"]


def test_each_line_gets_its_own_translation_unless_it_is_empty_or_too_long(
    folder: Path,
) -> None:
    """The oracle is the same call with one line at a time."""
    loaded = translator(str(folder), reverse=False)
    together = [pair for group in translated(loaded, LINES, rows=2) for pair in group]
    alone = [pair for line in LINES for group in translated(loaded, [line]) for pair in group]
    assert sorted(together) == sorted(alone)
    assert {line for line, _ in together} <= {LINES[0], LINES[1], LINES[3]}
    assert together
    assert all(translation for _, translation in together)


@pytest.mark.parametrize("reverse", [False, True])
def test_a_translator_of_the_other_direction_is_refused(folder: Path, reverse: bool) -> None:
    config = folder / "config.json"
    told = json.loads(config.read_text(encoding="utf-8")) | {"training": {"reverse": not reverse}}
    config.write_text(json.dumps(told), encoding="utf-8")
    translator(str(folder), reverse=not reverse)
    with pytest.raises(ValueError, match=f"trained {'with' if reverse else 'without'} --reverse"):
        translator(str(folder), reverse=reverse)
