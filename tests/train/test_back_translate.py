"""More pairs out of text: each line once, none that is known, a translation TAB the line."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.dictionaries import write_dictionary, write_verbs
from tests.folders import write_model
from train import back_translate as module
from train.engine.lines import read_pairs
from train.pairs.by_machine import translated, translator


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a tiny translator that was trained the other way round."""
    write_model(tmp_path / "back", "transformer")
    config = tmp_path / "back" / "config.json"
    told = json.loads(config.read_text(encoding="utf-8")) | {"training": {"reverse": True}}
    config.write_text(json.dumps(told), encoding="utf-8")
    return tmp_path / "back"


def run(monkeypatch: pytest.MonkeyPatch, *command: str) -> None:
    """The command with these arguments."""
    monkeypatch.setattr(sys, "argv", [*command])
    module.main()


def test_the_file_holds_a_translation_and_the_line_that_it_is_of(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, known, out = (tmp_path / name for name in ("text.txt", "known.tsv", "more.tsv"))
    text.write_text("The cat sat.\na dog ran\ntwo of us\nTwo of us!\n", encoding="utf-8")
    known.write_text("le chat\tthe cat sat\nune\tun\n", encoding="utf-8")
    command = ["back_translate", str(folder), str(text), str(out), "--without", str(known)]
    monkeypatch.setattr(sys, "argv", command)
    module.main()
    (group,) = translated(translator(str(folder), reverse=True), ["a dog ran", "two of us"])
    assert read_pairs(out) == [(translation, line) for line, translation in group]
    assert {line for line, _ in group} == {"a dog ran", "two of us"}
    monkeypatch.setattr(sys, "argv", [*command, "--most", "1"])
    module.main()
    assert len(read_pairs(out)) == 1


def test_only_lines_that_are_known_and_lead_back_are_written(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, known, out = (tmp_path / name for name in ("text.txt", "known.tsv", "more.tsv"))
    lines = ["a dog ran", "two of us", "three odd things"]
    text.write_text("\n".join(lines), encoding="utf-8")
    known.write_text("x\ta dog ran\nx\tA dog ran, two of us\nx\ttwo of us\n", encoding="utf-8")
    tried: list[str] = []

    def alike(some: list[str], _: list[str]) -> list[bool]:
        tried.extend(some)
        return [line == "two of us" for line in some]

    monkeypatch.setattr("train.pairs.round_trip.alike", alike)
    command = ["back_translate", str(folder), str(text), str(out), "--known", str(known)]
    with pytest.raises(SystemExit, match="trained without --reverse"):
        run(monkeypatch, *command, "--forward", str(folder))
    write_model(tmp_path / "forward", "transformer")
    run(monkeypatch, *command, "--forward", str(tmp_path / "forward"))
    assert sorted(tried) == lines[:2]
    assert [line for _, line in read_pairs(out)] == ["two of us"]


def test_without_known_words_the_way_back_decides_alone(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, out = tmp_path / "text.txt", tmp_path / "more.tsv"
    text.write_text("a dog ran\ntwo of us\n", encoding="utf-8")
    write_model(tmp_path / "forward", "transformer")
    monkeypatch.setattr("train.pairs.round_trip.alike", lambda some, _: [True] * len(some))
    command = ["back_translate", str(folder), str(text), str(out)]
    run(monkeypatch, *command, "--forward", str(tmp_path / "forward"))
    assert len(read_pairs(out)) == 2


def test_no_translation_is_a_source_that_judges_a_model(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, judging, out = (tmp_path / name for name in ("text.txt", "test.tsv", "more.tsv"))
    text.write_text("a dog ran\ntwo of us\n", encoding="utf-8")
    pairs = {"a dog ran": "Je suis là !", "two of us": "Nous deux."}

    def told(_: object, lines: list[str]) -> Iterator[list[tuple[str, str]]]:
        yield [(line, pairs[line]) for line in lines]

    monkeypatch.setattr(module, "translated", told)
    judging.write_text("je suis là\tI am here.\n", encoding="utf-8")
    run(monkeypatch, "back_translate", str(folder), str(text), str(out), "--without", str(judging))
    assert read_pairs(out) == [("Nous deux.", "two of us")]


def test_only_lines_with_a_rare_word_are_taken(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, known, out = (tmp_path / name for name in ("text.txt", "known.tsv", "more.tsv"))
    text.write_text("a dog ran\na dog sat\na Dog\nPaul sat\n", encoding="utf-8")
    known.write_text("x\ta dog sat\nx\ta dog ran\nx\tA dog sat\n", encoding="utf-8")
    command = ["back_translate", str(folder), str(text), str(out), "--known", str(known)]
    for rare, taken in (
        ("3", {"Paul sat", "a dog sat"}),
        ("4", {"Paul sat", "a dog sat", "a dog ran", "a Dog"}),
    ):
        monkeypatch.setattr(sys, "argv", [*command, "--rare", rare])
        module.main()
        assert {line for _, line in read_pairs(out)} == taken
    monkeypatch.setattr(sys, "argv", [*command[:4], "--rare", "3"])
    with pytest.raises(SystemExit, match="--rare needs --known"):
        module.main()


def test_with_dictionaries_a_translation_has_to_say_what_they_say_of_rare_words(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, known, out = (tmp_path / name for name in ("text.txt", "known.tsv", "more.tsv"))
    lines = {
        "Owls sat here.": "Des hiboux étaient là.", "An owl sat.": "Une chouane était assise.",
        "He snored.": "Il ronfla.", "He snores.": "Elle dort.", "He sat here.": "Il est là.",
        "An owl snored.": "Un hibou dormait.", "Paul sat.": "Paul est là.", "Léa sat.": "La loi.",
    }  # fmt: skip
    text.write_text("\n".join(lines), encoding="utf-8")
    usual = "he an sat here " * 9
    known.write_text(f"x\t{usual}\n" + "x\towl owls snored snores léa paul\n" * 2, encoding="utf-8")
    write_dictionary(tmp_path, "a-fra-eng", {"hibou <n, masc>": ["owl"], "ronfler <v>": ["snore"]})
    write_verbs(tmp_path, "ronfler")
    monkeypatch.setattr(module, "translated", lambda *_: [list(lines.items())])
    command = ["back_translate", str(folder), str(text), str(out), "--known", str(known)]
    dictionaries = ["--dictionaries", str(tmp_path), "--verbs", str(tmp_path)]
    monkeypatch.setattr(sys, "argv", [*command, "--rare", "5", *dictionaries])
    module.main()
    assert {line for _, line in read_pairs(out)} == {
        "Owls sat here.", "He snored.", "He sat here.", "Paul sat.",
    }  # fmt: skip
    for flags, told in (
        (["--rare", "5", *dictionaries[:2]], "need each other"),
        (dictionaries, "--dictionaries needs --rare"),
    ):
        monkeypatch.setattr(sys, "argv", [*command, *flags])
        with pytest.raises(SystemExit, match=told):
            module.main()


@pytest.mark.parametrize("name", ["transformer", "gru", None])
def test_what_is_no_reversed_translator_is_refused_and_the_file_there_stays(
    name: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, text, out = tmp_path / "back", tmp_path / "text.txt", tmp_path / "more.tsv"
    if name is not None:
        write_model(folder, name)
    text.write_text("a dog ran\n", encoding="utf-8")
    out.write_text("un\tone\n", encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["back_translate", str(folder), str(text), str(out)])
    with pytest.raises(SystemExit, match="back"):
        module.main()
    assert read_pairs(out) == [("un", "one")]


def test_a_kill_leaves_the_file_that_was_there(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, out = tmp_path / "text.txt", tmp_path / "more.tsv"
    text.write_text("a dog ran\n", encoding="utf-8")
    out.write_text("un\tone\n", encoding="utf-8")

    def killed(*_: object) -> Iterator[list[tuple[str, str]]]:
        yield [("two", "deux")]
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "translated", killed)
    monkeypatch.setattr(sys, "argv", ["back_translate", str(folder), str(text), str(out)])
    with pytest.raises(KeyboardInterrupt):
        module.main()
    assert read_pairs(out) == [("un", "one")]
