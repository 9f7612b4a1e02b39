"""What is known of data is read beside it, checked, and travels with the weights to the card."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from tests.measured import measurements
from tests.tiny import arguments
from train import card
from train.engine import provenance
from train.engine.provenance import FILE, KNOWN, provenance_of, read, sources_of

GERMAN: dict[str, Any] = {
    "languages": {"de": "German", "en": "English"},
    "what": "captions of pictures",
    "sources": [
        {"name": "A Set", "licence": "CC0", "url": "https://example.org", "dataset": "a/b"}
    ],
}


def written(folder: Path, content: Any, name: str = FILE) -> Path:
    """A provenance in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(json.dumps(content), encoding="utf-8")
    return folder / name


def test_it_is_read_beside_the_data(tmp_path: Path) -> None:
    written(tmp_path, GERMAN)
    assert provenance_of(tmp_path) == [GERMAN]


def test_of_data_that_says_nothing_nothing_is_known(tmp_path: Path) -> None:
    assert provenance_of(tmp_path) == []


def test_a_file_that_is_given_counts_more_than_the_one_beside_the_data(tmp_path: Path) -> None:
    written(tmp_path, GERMAN)
    other = GERMAN | {"what": "something else"}
    path = written(tmp_path / "elsewhere", other, "it.json")
    assert provenance_of(tmp_path, [path]) == [other]


@pytest.mark.parametrize("path", sorted(KNOWN.glob("*.json")), ids=lambda path: path.stem)
def test_what_is_known_of_the_bundled_models_data_serves_a_folder_of_its_name(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / path.stem).mkdir()
    assert provenance_of(tmp_path / path.stem) == []
    monkeypatch.setattr(provenance, "lines_in", lambda _: read(path).get("lines"))
    assert provenance_of(tmp_path / path.stem) == [read(path)]
    written(tmp_path / path.stem, GERMAN)
    assert provenance_of(tmp_path / path.stem) == [GERMAN]


def test_the_lines_of_a_folder_are_those_of_its_train_file(tmp_path: Path) -> None:
    assert provenance.lines_in(tmp_path) == 0
    (tmp_path / "train.txt").write_text("one\ntwo\n\nfour", encoding="utf-8")
    assert provenance.lines_in(tmp_path) == 4


def test_sources_are_named_once(tmp_path: Path) -> None:
    assert sources_of([GERMAN, copy.deepcopy(GERMAN)]) == GERMAN["sources"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"languages": {}}, "languages: wanted one or two"),
        ({"languages": {"German": "de"}}, "languages: wanted ISO 639 codes"),
        ({"languages": ["de", "en"]}, "languages: wanted one or two"),
        ({"what": ""}, "what: wanted a few words"),
        ({"what": None}, "what: wanted a few words"),
        ({"sources": []}, "sources: wanted a list of objects"),
        ({"sources": [{"name": "A Set"}]}, "sources: each has a name and a licence"),
        ({"sources": [GERMAN["sources"][0] | {"dataset": "a b"}]}, "sources: dataset is a name"),
        ({"sources": [GERMAN["sources"][0] | {"url": 7}]}, "sources: url and note are text"),
        ({"lines": 0}, "lines: wanted a whole number"),
        ({"lines": True}, "lines: wanted a whole number"),
        ({"changes": ["none"]}, "changes: wanted text"),
        ({"test": {}}, "test: wanted an object with a name"),
    ],
)
def test_what_it_must_say_is_asked_for_in_a_sentence(
    change: dict[str, Any], told: str, tmp_path: Path
) -> None:
    path = written(tmp_path, GERMAN | change)
    with pytest.raises(ValueError, match=f"{path}: {told}"):
        provenance_of(tmp_path)


@pytest.mark.parametrize("content", ["{", "", "[]", "7", "\x00"])
def test_a_file_that_is_no_provenance_is_refused_by_name(content: str, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(content)
    with pytest.raises(ValueError, match=FILE):
        provenance_of(tmp_path)


@pytest.mark.parametrize("architecture", ["transformer_translator", "attention_translator"])
@pytest.mark.parametrize("reverse", [False, True])
def test_a_german_card_does_not_claim_french(architecture: str, reverse: bool) -> None:
    training = {"steps": 9, "tokens": 9, "peak": 0.1, "warmup": 1, "seed": 1, "lines": 29_000}
    training |= {"provenance": [GERMAN], "left_out": {"empty": 3}, "reverse": reverse}
    config = {
        "architecture": architecture,
        "arguments": arguments(architecture) | {"vocab_size": 8000},
        "training": training,
    }
    measured = measurements(architecture=architecture) | {"provenance": [GERMAN]}
    text = card.card("name", config, measured)
    for wrong in ("French", "Tatoeba", "tatoeba", "Gutenberg", "- fr\n", "Tom"):
        assert wrong not in text.replace("DATA/tatoeba-fr-en", "DATA")
    first, second = ("English", "German") if reverse else ("German", "English")
    assert f"translates {first} to {second}" in text
    assert f"name: Translation {first} to {second}\n" in text
    assert "29,000 pairs of captions of pictures" in text
    assert "- A Set (https://example.org), CC0\n" in text
    assert "Left out of the last training: 3 with nothing to read." in text


def test_where_nothing_is_known_the_card_names_no_language_and_no_source() -> None:
    for architecture in ("transformer_translator", "transformer_language_model"):
        config = {"architecture": architecture, "arguments": {"vocab_size": 8000}}
        measured = measurements(architecture=architecture) | {"provenance": []}
        text = card.card("name", config, measured)
        assert "data of which nothing is told" in text
        for wrong in ("French", "English", "Tatoeba", "language:\n", "datasets:\n"):
            assert wrong not in text
