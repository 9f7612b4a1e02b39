"""Measuring a folder: the figures are of these very parameters, and say what evaluation says."""

import json
import sys
import tempfile
from pathlib import Path

import pytest

from seq_models import head_means, manifest
from seq_models.folder import load_folder
from tests.folders import LINES, write_weights
from train import card, measure
from train.measure import BEAMS, FILE, by_source_length, spread
from train.measures import everyday, search
from train.measures.everyday import entries
from train.measures.next_word import evaluate_language_model
from train.measures.translation import evaluate_translator

PAIRS = [(LINES[2], LINES[0]), ("le chat a un os", LINES[1]), ("deux ou trois", LINES[3])] * 4


FEW = entries()[::20]  # everyday lines; a tiny model takes as long for each as a good one


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Test files for both kinds of model, and links."""
    folder = tmp_path / "data" / "small"
    (folder / "hansards-alignment").mkdir(parents=True)
    pairs = "".join(f"{source}\t{target}\n" for source, target in PAIRS)
    (folder / "test.tsv").write_text(pairs, encoding="utf-8")
    (folder / "test.txt").write_text("\n".join(LINES) + "\n", encoding="utf-8")
    (folder / "valid.txt").write_text("\n".join(LINES) + "\n", encoding="utf-8")
    valid = "".join(f"{line}\t{line}\n" for line in LINES)
    (folder / "valid.tsv").write_text(valid, encoding="utf-8")
    links = folder / "hansards-alignment"
    (links / "enfr.src-tgt").write_text("the cat sat ||| le chat est là\n" * 2)
    (links / "enfr.gold").write_text("1-1 2-2 3-3 3p4\n1-1\n")
    return folder


@pytest.fixture
def weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one of each kind of model, which the script takes for the real one."""
    folder = write_weights(
        tmp_path / "weights",
        additive="attention",
        stack="transformer",
        plain="rnn",
        reader="causal",
    )
    monkeypatch.setattr(measure, "WEIGHTS", folder)
    monkeypatch.setattr(card, "WEIGHTS", folder, raising=False)
    monkeypatch.setattr(everyday, "entries", lambda *_: FEW)
    monkeypatch.setattr(search, "MOST", 20)  # tiny models are sure of nothing, so all is likely
    monkeypatch.setattr(search, "WIDTHS", (1, 2))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return folder


def run(name: str, data: Path, monkeypatch: pytest.MonkeyPatch, *more: str) -> None:
    """python -m train.measure NAME --data DATA."""
    monkeypatch.setattr(sys, "argv", ["measure", name, "--data", str(data), *more])
    measure.main()


@pytest.mark.parametrize("name", ["additive", "stack", "plain", "reader"])
def test_what_is_written_belongs_to_the_parameters_and_agrees_with_evaluation(
    name: str, weights: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(name, data, monkeypatch)
    folder = weights / name
    measured = json.loads((folder / FILE).read_text(encoding="utf-8"))
    hashes = manifest.fingerprints(folder)
    assert measured["sha256"] == hashes["model.safetensors"]
    assert manifest.read(weights).models[name].files == hashes
    assert hashes.keys() >= {FILE, "README.md"}
    loaded = load_folder(name, folder, hashes, "bundled", None)
    if measured["kind"] == "language_model":
        expected = evaluate_language_model(loaded.model, loaded.tokenizer, LINES)  # type: ignore[arg-type]
        assert measured["test"] == expected
        assert measured["memory_curve"][-1]["perplexity"] == expected["perplexity"]
        assert len(measured.get("heads", [])) == 6 * (name == "reader")
    else:
        for beam in (1, 4):
            expected = evaluate_translator(loaded.model, loaded.tokenizer, PAIRS, beam)  # type: ignore[arg-type]
            entry = measured["test"]["decoding"][beam - 1]
            assert entry == {"beam": beam, "bleu": expected["bleu"], "chrf": expected["chrf"]}
        assert len(measured["test"]["decoding"]) == len(BEAMS)
        assert measured["everyday"]["clean"]["sentences"] == len(FEW)
        assert measured["search"]["exact"]["sentences"] == len(PAIRS)
        assert [entry["beam"] for entry in measured["search"]["by_width"]] == [1, 1, 2, 2]
        assert measured["test"]["agreement"]["largest_difference_nats"] < 1e-4
        best = measured["alignment"]["best"]
        heads = measured["alignment"]["heads"]
        assert best["error_rate"] == min(min(h["same_row"], h["next_row"]) for h in heads)
        assert len(measured.get("heads", [])) == 18 * (name == "stack")
    if "heads" in measured:
        kept = head_means.read(folder, measured["sha256"])
        heads = sum(mean.size(0) * mean.size(1) for mean in kept.values())
        assert heads == len(measured["heads"])
        assert {one["part"] for one in measured["disagreements"]} == kept.keys()
        assert all(len(head["examples"]) == 3 for head in measured["heads"])


def test_one_part_alone_is_entered_beside_what_was_measured_before(
    weights: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("additive", data, monkeypatch)
    path = weights / "additive" / FILE
    whole = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(whole | {"search": None}), encoding="utf-8")
    run("additive", data, monkeypatch, "--only", "search")
    assert json.loads(path.read_text(encoding="utf-8")) == whole
    path.write_text(json.dumps(whole | {"everyday": None}), encoding="utf-8")
    run("additive", data, monkeypatch, "--only", "everyday")
    assert json.loads(path.read_text(encoding="utf-8")) == whole
    renamed = data.rename(data.with_name("mine"))
    run("additive", renamed, monkeypatch, "--only", "everyday")
    assert json.loads(path.read_text(encoding="utf-8")) == whole  # whatever else lies there
    renamed.rename(data)
    run("plain", data, monkeypatch)
    with pytest.raises(SystemExit, match="plain does not translate French"):
        run("plain", data, monkeypatch, "--only", "everyday")
    path.write_text(json.dumps(whole | {"sha256": "0" * 64}), encoding="utf-8")
    with pytest.raises(SystemExit, match="of other parameters"):
        run("additive", data, monkeypatch, "--only", "search")


def test_without_a_test_file_it_says_so_and_writes_nothing(
    weights: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    before = manifest.fingerprints(weights / "plain")
    with pytest.raises(SystemExit, match="has neither test.txt nor test.txt.gz"):
        run("plain", tmp_path / "empty", monkeypatch)
    with pytest.raises(SystemExit, match="has neither test.tsv nor test.tsv.gz"):
        run("stack", tmp_path / "empty", monkeypatch)
    assert manifest.fingerprints(weights / "plain") == before


def test_of_several_processes_the_first_one_writes(
    weights: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = manifest.fingerprints(weights / "plain")
    monkeypatch.setattr(measure, "place", lambda: (1, 2))
    run("plain", data, monkeypatch)
    assert manifest.fingerprints(weights / "plain") == before


def test_a_card_that_cannot_be_written_is_told_in_a_sentence(
    weights: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (weights / "plain" / "README.md").unlink()
    (weights / "plain" / "README.md").mkdir()
    with pytest.raises(SystemExit, match="README.md"):
        run("plain", data, monkeypatch)


def test_the_command_on_the_card_names_the_data_as_the_other_commands_do(
    weights: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(data)
    run("plain", Path("."), monkeypatch)
    text = (weights / "plain" / "README.md").read_text(encoding="utf-8")
    assert f"python -m train.measure plain --data DATA/{data.name}\n" in text


def test_the_bands_share_the_sentences_out_without_a_rest() -> None:
    pairs = [(" ".join(["mot"] * length), "a word") for length in range(1, 41)]
    bands = by_source_length(pairs, ["a word"] * len(pairs))
    assert sum(band["sentences"] for band in bands) == len(pairs)
    assert [band["shortest"] for band in bands] == sorted(band["shortest"] for band in bands)
    assert {band["bleu"] for band in bands} <= {0.0, 100.0}


@pytest.mark.parametrize(("count", "most"), [(10, 3), (3, 10), (1000, 1000), (1001, 1000)])
def test_some_texts_are_spread_over_all_of_them(count: int, most: int) -> None:
    some = spread(list(range(count)), most)
    assert some[0] == 0
    assert min(most, count) / 2 <= len(some) <= most
    assert some[-1] >= count - count // len(some) - 1


def test_a_translator_of_other_languages_is_measured_without_french_links_and_sentences(
    weights: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    origin = {
        "languages": {"de": "German", "en": "English"},
        "what": "captions",
        "sources": [{"name": "Somewhere", "licence": "CC BY 4.0"}],
    }
    (data / "provenance.json").write_text(json.dumps(origin), encoding="utf-8")
    (data / "hansards-alignment").rename(tmp_path / "elsewhere")
    run("stack", data, monkeypatch)
    measured = json.loads((weights / "stack" / FILE).read_text(encoding="utf-8"))
    assert measured["test"]["sentences"] == len(PAIRS)
    assert not {"alignment", "everyday"} & measured.keys()
    assert "German" in (weights / "stack" / "README.md").read_text(encoding="utf-8")


def test_without_links_all_else_is_measured_and_it_says_so(
    weights: Path,
    data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (data / "hansards-alignment").rename(tmp_path / "elsewhere")
    run("additive", data, monkeypatch)
    measured = json.loads((weights / "additive" / FILE).read_text(encoding="utf-8"))
    assert "alignment" not in measured
    assert measured["everyday"]["clean"]["sentences"] == len(FEW)
    assert "how well it aligns is not measured" in capsys.readouterr().out
