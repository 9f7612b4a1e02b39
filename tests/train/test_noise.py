"""More pairs as people type: as many as said, none that judges a model."""

import random
import sys
from pathlib import Path

import pytest

from train import noise as module
from train.measures.everyday import entries
from train.noise import PEOPLE, PLACES, common_name, letters, noise, renamed
from train.pairs.frames import city, name

PAIRS = [(f"Paul mange {n} pommes rouges.", f"Paul eats {n} red apples.") for n in range(100)]


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "NAMED", 20)
    monkeypatch.setattr(module, "TAILED", 10)
    monkeypatch.setattr(module, "TITLED", 10)
    monkeypatch.setattr(module, "FRAMED", 200)


def test_a_seed_decides_the_pairs_and_none_comes_twice() -> None:
    found = noise(PAIRS, [])
    assert found == noise(PAIRS, [])
    assert found != noise(PAIRS, [], seed=2)
    assert len({source for source, _ in found}) == len(found)


def test_a_title_is_one_on_both_sides() -> None:
    titles = [pair for pair in noise(PAIRS, []) if "Pommes Rouges" in pair[0]]
    assert 0 < len(titles) <= 10
    assert all(target.endswith("Red Apples.") for _, target in titles)


def test_what_judges_a_model_is_left_out_whatever_its_case_accents_and_marks() -> None:
    sources = [source for source, _ in noise(PAIRS, [])]
    rest = {letters(source) for source, _ in noise(PAIRS, sources[::2])}
    assert rest
    assert rest.isdisjoint(letters(source) for source in sources[::2])


@pytest.mark.parametrize("seed", range(5))
def test_a_name_is_changed_on_both_sides_and_nothing_else(seed: int) -> None:
    pair = "Paul aime Zorg.", "Paul loves Zorg."
    source, target = renamed(pair, "Paul", name, random.Random(seed))
    new = source.removesuffix(" aime Zorg.")
    assert target == f"{new} loves Zorg."
    assert new[0] not in "AEIOUÉÈ"


def test_a_city_is_changed_as_a_name_is() -> None:
    pairs = [("Paris brille.", "Paris shines.")]
    found = [pair for pair in noise(pairs, []) if pair[0].endswith(" brille.")]
    assert len(found) > 1
    for source, target in found:
        assert target == source.replace("brille", "shines")
    assert renamed(pairs[0], "Paris", city, random.Random(1)) != pairs[0]


def test_a_name_behind_an_apostrophe_or_in_one_side_only_is_no_common_name() -> None:
    assert common_name("Le chat d'Alice dort.", "Alice's cat sleeps.", PEOPLE) is None
    assert common_name("Pierre dort.", "Peter sleeps.", PEOPLE) is None
    assert common_name("Marc et Marc", "Marc and Marc", PEOPLE) is None
    assert common_name("Je vois Marc.", "I see Marc.", PEOPLE) == "Marc"
    assert common_name("Je vois Marc à Lille.", "I see Marc in Lille.", PLACES) == "Lille"


def test_a_folder_without_pairs_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["noise", str(tmp_path), str(tmp_path / "noise.tsv")])
    with pytest.raises(SystemExit, match="name the folder that has it"):
        module.main()


@pytest.mark.parametrize(
    ("out", "told"), [("", "is a folder; please name a file"), ("nowhere/out.tsv", "is no folder")]
)
def test_a_file_that_cannot_be_written_is_told_before_the_work(
    out: str,
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "argv", ["noise", "nothing", str(tmp_path / out)])
    with pytest.raises(SystemExit):
        module.main()
    assert told in capsys.readouterr().err


def test_the_file_holds_no_line_of_valid_test_or_everyday(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for part, pairs in {"train": PAIRS, "valid": PAIRS[:3], "test": PAIRS[3:6]}.items():
        lines = "".join(f"{source}\t{target}\n" for source, target in pairs)
        (tmp_path / f"{part}.tsv").write_text(lines, encoding="utf-8")
    out = tmp_path / "noise.tsv"
    monkeypatch.setattr(sys, "argv", ["noise", str(tmp_path), str(out)])
    module.main()
    found = {letters(line.split("\t")[0]) for line in out.read_text(encoding="utf-8").splitlines()}
    held_out = {letters(source) for source, _ in PAIRS[:6]} | {letters(e.french) for e in entries()}
    assert found
    assert found.isdisjoint(held_out)
