"""Rare words in lines that people wrote: the way there and back decides, none of a test."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.dictionaries import write_dictionary
from tests.folders import write_model
from train import contexts as module

HEADS = {
    "hibou /x/ <n, masc>": "owl", "ancre <n, fem>": "anchor", "chat <n, masc>": "cat",
    "truite <n, fem>": "trout",
}  # fmt: skip
LINES = (
    "The owl hooted.", "An owl hooted here.", "The owl hated the hedgehog.", "The anchor broke.",
    "My cat slept.", "The owl sleeps.", "She saw the owl.", "We like the owl.",
    "The trout broke.", "The owl hated a whore.",
)  # fmt: skip
TRANSLATED = {
    "The dog hooted.": "Le chien hululait.", "Le chien hululait.": "The dog hooted.",
    "The book hooted.": "Le livre hululait.", "Le livre hululait.": "The book was loud.",
    "A dog hooted here.": "Un chien hululait ici.", "Un chien hululait ici.": "Nothing at all.",
    "The orange broke.": "L'orange est cassée.", "L'orange est cassée.": "The orange broke.",
    "She saw the dog.": "Elle a vu le chien.", "Elle a vu le chien.": "She saw the dog.",
    "We like the dog.": "Nous aimons les chiens.", "Nous aimons les chiens.": "We like the dog.",
    "The dog hated the hedgehog.": "Le chien voit l'oursin.",
    "Le chien voit l'oursin.": "The dog hated the hedgehog.",
    "My dog slept.": "Mon chien dormait.", "Mon chien dormait.": "My dog slept.",
    "The dog sleeps.": "Le chien est couché.", "Le chien est couché.": "The dog sleeps.",
    "The girl broke.": "La fille est cassée.", "La fille est cassée.": "The girl broke.",
    "The girls broke.": "Les filles sont cassées.", "Les filles sont cassées.": "The girls broke.",
    "The dog hated a whore.": "Le chien voit ça.", "Le chien voit ça.": "The dog hated a whore.",
}  # fmt: skip


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The command's arguments over small files; the file that it is to write."""
    for name, reverse in (("back", True), ("forward", False)):
        write_model(tmp_path / name, "transformer")
        config = tmp_path / name / "config.json"
        told = json.loads(config.read_text(encoding="utf-8")) | {"training": {"reverse": reverse}}
        config.write_text(json.dumps(told), encoding="utf-8")
    write_dictionary(tmp_path, "a-fra-eng", {head: [english] for head, english in HEADS.items()})
    write_dictionary(tmp_path, "b-fra-deu", {head: [f"x{e}"] for head, e in HEADS.items()})
    write_dictionary(tmp_path, "b-deu-eng", {f"x{e}": [e] for e in HEADS.values()})
    known = (
        "Le hibou dort.\tThe owl sleeps.", "Il vit un hibou.\tHe hooted, broke, saw here.",
        "She\tThe an a she saw my here the an a.", "x\tshe hooted we like.",
        "x\thated hated whore whore.",
        "x\twe like, slept, broke slept.",
    )  # fmt: skip
    pairs = "\n".join([*known, *["Mon chat.\tMy cat."] * 30])
    (tmp_path / "train.tsv").write_text(f"{pairs}\n", encoding="utf-8")
    (tmp_path / "valid.tsv").write_text("Elle a vu le hibou !\tIt is.\n", encoding="utf-8")
    (tmp_path / "test.tsv").write_text("Non.\tNo.\n", encoding="utf-8")
    (tmp_path / "text.txt").write_text(
        "\n".join([*LINES, *["An owl, an anchor, one trout."] * 60]), "utf-8"
    )

    def every(_: object, texts: Sequence[str]) -> dict[str, str]:
        return {text: TRANSLATED[text] for text in texts if text in TRANSLATED}

    monkeypatch.setattr(module, "every", every)
    out = tmp_path / "contexts.tsv"
    folder = str(tmp_path)
    given = [folder, str(out), "--data", folder, "--english", f"{folder}/text.txt"]
    given += ["--back", f"{folder}/back", "--forward", f"{folder}/forward"]
    monkeypatch.setattr(sys, "argv", ["contexts", *given])
    return out


def test_the_rare_word_stands_in_what_came_of_the_best_way(command: Path) -> None:
    module.main()
    lines = set(command.read_text(encoding="utf-8").splitlines())
    assert lines == {
        "Le hibou hululait.\tThe owl hooted.",
        "L'ancre est cassée.\tThe anchor broke.",
    }


def test_no_noun_has_more_lines_than_it_may(command: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 0)
    module.main()
    assert command.read_text(encoding="utf-8") == ""


def test_a_translator_of_the_wrong_direction_is_refused(
    command: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = [argument.replace("/back", "/forward") for argument in sys.argv]
    monkeypatch.setattr(sys, "argv", wrong)
    with pytest.raises(SystemExit, match="reverse"):
        module.main()
    assert not command.exists()
