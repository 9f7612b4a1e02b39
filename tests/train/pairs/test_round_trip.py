"""Which machine-made pairs are worth learning from."""

from pathlib import Path

import pytest

from seq_models.folder import load_folder
from seq_models.manifest import fingerprints
from tests.folders import write_model
from train.pairs import round_trip
from train.pairs.round_trip import alike, copied, counted, sound, unknown

KNOWN = counted(["The cat sleeps.", "the CAT is a cat", "Paul sleeps"])


def test_a_word_is_known_that_stands_twice_in_whatever_case() -> None:
    assert unknown("The cat sleeps, Paul!", KNOWN) == {"paul"}
    assert unknown("THE CAT", KNOWN) == set()


def test_an_unknown_word_must_come_back_copied() -> None:
    assert copied("Paul sleeps", "Paul dort", KNOWN)
    assert not copied("The mouse sleeps", "La souris dort", KNOWN)
    assert copied("the cat", "le chat", KNOWN)


def test_what_comes_back_as_something_else_is_not_alike() -> None:
    line = "He drinks alcohol every evening."
    found = alike([line] * 3, [line, "He drinks alcohol in the evening.", "The Quran is red."])
    assert found == [True, True, False]


def test_only_sound_pairs_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether a pair is sound is asked of the forward model's own translation."""
    folder = tmp_path / "forward"
    write_model(folder, "transformer")
    forward = load_folder("forward", folder, fingerprints(folder), "bundled", None)
    asked: list[tuple[str, str]] = []

    def all_alike(lines: list[str], returned: list[str]) -> list[bool]:
        asked.extend(zip(lines, returned, strict=True))
        return [line == "the cat" for line in lines]

    monkeypatch.setattr(round_trip, "alike", all_alike)
    pairs = [("le chat", "the cat"), ("le chat dort", "the cat sleeps"), ("souris", "mouse")]
    assert sound(pairs, forward, KNOWN) == [("le chat", "the cat")]
    assert [line for line, _ in asked] == ["the cat", "the cat sleeps"]
    assert sound([("souris", "mouse")], forward, KNOWN) == []
