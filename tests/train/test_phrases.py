"""Phrases of usual words: those that the pairs have often beside their English, none of a test."""

import sys
from pathlib import Path

import pytest

from tests.dictionaries import write_dictionary
from train import phrases as module

HEADS = {
    "chat /x/ <n, masc>": "cat", "école <n, fem>": "school", "bleu <adj>": "blue",
    "premier <adj>": "first", "lune <n, fem>": "stone", "rat <n, masc>": "rat",
    "sage <adj>": "wise", "sage <n, masc>": "scholar, teacher",
    "putain <n, fem>": "whore", "eau <n, fem>": "water",
}  # fmt: skip
USUAL = {
    "Le chat bleu.": "The blue cat.", "Les chats bleus.": "The blue cats.",
    "L'école bleue.": "The blue school.", "Le chat sage.": "The wise cat.",
    "Les écoles.": "The schools.", "La lune.": "The moon.",
    "Les lunes.": "The moons.", "Le rat.": "The rat.", "De l'eau.": "Some water.",
    "Le premier, la première.": "The first.", "La putain.": "The whore.",
    "Les putains.": "The whores.",
}  # fmt: skip


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The command's arguments over small files; the file that it is to write."""
    write_dictionary(tmp_path, "a-fra-eng", {head: [english] for head, english in HEADS.items()})
    write_dictionary(
        tmp_path,
        "b-fra-deu",
        {h: [", ".join(f"x{one}" for one in e.split(", "))] for h, e in HEADS.items()},
    )
    write_dictionary(
        tmp_path, "b-deu-eng", {f"x{one}": [one] for e in HEADS.values() for one in e.split(", ")}
    )
    pairs = "".join(f"{french}\t{english}\n" * 15 for french, english in USUAL.items())
    (tmp_path / "train.tsv").write_text(pairs, encoding="utf-8")
    (tmp_path / "valid.tsv").write_text("MES CHATS BLEUS !\tMy blue cats!\n", encoding="utf-8")
    (tmp_path / "test.tsv").write_text("une école\ta school\n", encoding="utf-8")
    english = [*", ".join(HEADS.values()).split(", "), *USUAL.values(), *["Oh."] * 99]
    (tmp_path / "english.txt").write_text("\n".join(english * 4), encoding="utf-8")
    out, folder = tmp_path / "phrases.tsv", str(tmp_path)
    given = ["--data", folder, "--english", f"{folder}/english.txt", "--pairs", "20000"]
    monkeypatch.setattr(sys, "argv", ["phrases", folder, str(out), *given])
    return out


def written(command: Path) -> dict[str, str]:
    """What the command writes."""
    module.main()
    return dict(line.split("\t") for line in command.read_text(encoding="utf-8").splitlines())


def test_usual_words_are_put_together(command: Path) -> None:
    pairs = written(command)
    assert pairs["deux chats bleus"] == "two blue cats"
    assert pairs["dans l'école"] == "in the school"


def test_a_word_that_is_rare_or_not_beside_its_english_is_left_out(command: Path) -> None:
    words = set(" ".join(written(command)).replace("'", " ").split())
    assert "chats" in words
    assert not words & {
        "lune",
        "lunes",
        "rat",
        "rats",
        "premier",
        "première",
        "eau",
        "eaux",
        "sage",
    }


def test_nothing_of_a_test_and_nothing_that_a_class_should_not_see(command: Path) -> None:
    pairs = written(command)
    assert "mes chats bleus" not in pairs
    assert "une école" not in pairs
    assert "mes chats" in pairs
    assert not any("putain" in french for french in pairs)


def test_each_stands_once_and_the_same_seed_makes_the_same_file(command: Path) -> None:
    first = written(command)
    text = command.read_text(encoding="utf-8")
    assert len(text.splitlines()) == len(first)
    assert written(command) == first
    assert command.read_text(encoding="utf-8") == text


def test_where_no_word_is_usual_a_sentence_says_so(command: Path) -> None:
    (command.parent / "train.tsv").write_text("Oui.\tYes.\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="no usual noun"):
        module.main()
    assert not command.exists()
