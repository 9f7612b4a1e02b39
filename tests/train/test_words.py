"""Words out of dictionaries: rare ones in frames, none of a test, none unfit for a class."""

import sys
from pathlib import Path

import pytest

from tests.dictionaries import write_dictionary, write_verbs
from train import words as module
from train.measures.everyday import entries

HEADS = {
    "ancre /x/ <n, fem>": "anchor", "chat /x/ <n, masc>": "cat", "ronfler <v>": "snore",
    "putain <n, fem>": "whore", "étrange <adj>": "strange", "doucement <adv>": "gently",
    "s'agenouiller <v>": "kneel", "quark <n, masc>": "quark", "école <n, fem>": "school",
    "Suisse <n, fem>": "Switzerland", "léopard <n, masc>": "leopard",
}  # fmt: skip
ENGLISH = "An anchor.\nMy cat.\nI snore.\nSo strange.\nGo gently.\nWe kneel.\nA school.\nA whore.\n"


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The command's arguments over small files; the file that it is to write."""
    for name, language in (("a-fra-eng", "eng"), ("b-fra-deu", "deu")):
        lines = {h: [e if language == "eng" else f"x{e}"] for h, e in HEADS.items()}
        write_dictionary(tmp_path, name, lines)
    write_dictionary(tmp_path, "b-deu-eng", {f"x{e}": [e] for e in HEADS.values()})
    write_verbs(tmp_path, "ronfler", "agenouiller")
    (tmp_path / "train.tsv").write_text("Le chat dort.\tThe cat sleeps.\n" * 9, encoding="utf-8")
    (tmp_path / "valid.tsv").write_text("C'est une ancre !\tAn anchor!\n", encoding="utf-8")
    (tmp_path / "test.tsv").write_text("L'ANCRE\tThe anchor\n", encoding="utf-8")
    english = ENGLISH + "Switzerland is here.\nA leopard.\n"
    (tmp_path / "english.txt").write_text(english * 44, encoding="utf-8")
    out, folder = tmp_path / "words.tsv", str(tmp_path)
    given = ["--data", folder, "--english", f"{folder}/english.txt", "--verbs", folder]
    monkeypatch.setattr(sys, "argv", ["words", folder, str(out), *given])
    return out


def test_rare_words_are_shown_in_frames_and_usual_ones_alone(
    command: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SHOWN", dict.fromkeys(module.SHOWN, 99))
    module.main()
    lines = [line.split("\t") for line in command.read_text(encoding="utf-8").splitlines()]
    pairs = dict(lines)
    assert len(pairs) == len(lines)
    assert pairs["une ancre"] == "an anchor"
    assert pairs["Elle est étrange."] == "She is strange."
    assert pairs["Elle parle doucement."] == "She speaks gently."
    assert pairs["Je ne ronfle pas."] == "I don't snore."
    assert pairs["Vous vous agenouillez."] == "You kneel."
    assert {pairs["chat"], pairs["Chat"]} == {"cat", "Cat"}
    assert not any("chat" in french.split() and " " in french for french in pairs)  # it is usual
    assert "deux chats" in pairs  # but not in the plural
    assert pairs["Suisse"] == "Switzerland"
    assert not any("Suisse" in french for french in pairs if " " in french)


def test_what_is_not_known_in_english_is_not_shown(command: Path) -> None:
    module.main()
    assert "quark" not in command.read_text(encoding="utf-8")


def test_nothing_that_a_class_should_not_see_and_nothing_of_a_test(
    command: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SHOWN", dict.fromkeys(module.SHOWN, 99))
    module.main()
    pairs = dict(line.split("\t") for line in command.read_text(encoding="utf-8").splitlines())
    assert "whore" not in pairs.values()
    assert "l'ancre" not in pairs
    assert "C'est une ancre." not in pairs
    assert "Où est l'ancre ?" in pairs
    assert not {entry.french for entry in entries()} & set(pairs)


def test_two_dictionaries_have_to_agree(command: Path) -> None:
    lonely = {"b-fra-deu": {"ancre <n, fem>": ["nichts"]}, "b-deu-eng": {"nichts": ["nothing"]}}
    for name, lines in lonely.items():
        write_dictionary(command.parent, name, lines)
    with open(command.parent / "english.txt", "a", encoding="utf-8") as english:
        english.write("I snore.\n" * 1_500)  # so usual a word that one voice would be enough
    module.main()
    text = command.read_text(encoding="utf-8")
    assert "snore" not in text
    assert "strange" not in text


def test_the_same_seed_makes_the_same_file(command: Path) -> None:
    module.main()
    first = command.read_bytes()
    module.main()
    assert command.read_bytes() == first
    assert len(first.splitlines()) > 20


def test_a_folder_without_dictionaries_is_refused_in_a_sentence(
    command: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.setattr(sys, "argv", ["words", str(tmp_path / "empty"), *sys.argv[2:]])
    with pytest.raises(SystemExit, match="no dictionary from French"):
        module.main()
    assert not command.exists()
