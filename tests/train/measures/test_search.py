"""What the beam misses, against what exact search finds; and a measurement that goes on."""

import json
from pathlib import Path
from typing import Any

import pytest

from seq_models.folder import load_folder
from seq_models.loaded import Loaded
from seq_models.manifest import fingerprints
from tests.folders import LINES, write_weights
from train.measures import search
from train.measures.search import by_width, exact_rates, noted, rates, searched


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """A tiny translator."""
    folder = write_weights(tmp_path_factory.mktemp("weights"), stack="transformer") / "stack"
    return load_folder("stack", folder, fingerprints(folder), "bundled", None)


@pytest.fixture(autouse=True)
def _little(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MOST", 40)
    monkeypatch.setattr(search, "WIDTHS", (1, 3))


def made(**numbers: Any) -> dict[str, Any]:
    """What is noted of a text."""
    return {"beam": -2.0, "empty": -9.0, "best": -2.0, "proved": True} | numbers


def test_a_text_is_missed_where_something_is_likelier_and_empty_where_that_is_the_best() -> None:
    found = rates([
        made(),
        made(best=-1.5),
        made(best=-1.0, empty=-1.0),
        made(best=-1.0, empty=-1.0, proved=False),  # missed; but perhaps not by the empty one
    ])  # fmt: skip
    assert (found["missed"], found["empty_best"], found["proved"]) == (0.75, 0.25, 0.75)


def test_the_best_is_never_less_likely_than_the_beams_and_the_empty_one(tiny: Loaded) -> None:
    for text in LINES[:3]:
        found = searched(tiny.model, tiny.tokenizer, text)  # type: ignore[arg-type]
        assert found["best"] >= max(found["beam"], found["empty"]) - 1e-6


def test_what_was_noted_is_not_measured_again(
    tiny: Loaded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes, texts = tmp_path / "notes", LINES[:4]
    whole = exact_rates(tiny.model, tiny.tokenizer, texts, notes)  # type: ignore[arg-type]
    (path,) = tmp_path.iterdir()
    lines = path.read_text().splitlines()
    path.write_text("".join(f"{line}\n" for line in lines[:3]))  # as if it had been stopped
    asked: list[str] = []

    def counted(*given: Any) -> dict[str, Any]:
        asked.append(given[2])
        return searched(*given)

    monkeypatch.setattr(search, "searched", counted)
    assert exact_rates(tiny.model, tiny.tokenizer, texts, notes) == whole  # type: ignore[arg-type]
    assert asked == list(texts[3:])
    with pytest.raises(ValueError, match="of other texts"):
        exact_rates(tiny.model, tiny.tokenizer, LINES[1:5], notes)  # type: ignore[arg-type]
    assert len(json.loads(path.read_text().splitlines()[-1])) == 6


def test_every_width_is_measured_with_and_without_the_length(
    tiny: Loaded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pairs = list(zip(LINES[:3], LINES[1:4], strict=True))
    notes = tmp_path / "notes"
    found = by_width(tiny.model, tiny.tokenizer, pairs, notes)  # type: ignore[arg-type]
    assert [(e["beam"], e["length_penalty"]) for e in found] == [(1, 0), (1, 1), (3, 0), (3, 1)]
    assert found[0]["bleu"] == found[1]["bleu"]  # greedy decoding asks for no score
    monkeypatch.setattr(search, "translations", None)  # nothing is translated again
    assert by_width(tiny.model, tiny.tokenizer, pairs, notes) == found  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="of other pairs"):
        by_width(tiny.model, tiny.tokenizer, pairs[:2], notes)  # type: ignore[arg-type]


def test_a_note_that_was_cut_off_is_made_again(tmp_path: Path) -> None:
    path = tmp_path / "notes.jsonl"
    path.write_text('{"text": "a"}\n{"text": "b', encoding="utf-8")
    assert noted(path) == [{"text": "a"}]
    assert path.read_text(encoding="utf-8") == '{"text": "a"}\n'
