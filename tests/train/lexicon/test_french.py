"""French forms: what a vowel does, plurals, feminines, conjugations."""

from pathlib import Path

import pytest

from tests.dictionaries import write_verbs
from train.lexicon.french import Beginnings, feminine, plural, read_verbs

EAR = Beginnings(["L'homme est là.", "la honte, le héros", "j'habite"])


@pytest.mark.parametrize(
    ("words", "joined"),
    [
        (("je", "aime"), "j'aime"),
        (("je", "ne", "aime"), "je n'aime"),
        (("je", "me", "appelle"), "je m'appelle"),
        (("tu", "aimes"), "tu aimes"),
        (("la", "école"), "l'école"),
        (("le", "homme"), "l'homme"),
        (("la", "honte"), "la honte"),
        (("de", "hommes"), "d'hommes"),
        (("je", "habite"), "j'habite"),
        (("le", "yaourt"), "le yaourt"),
        (("le", "oui"), "le oui"),
        (("de", "", "eau"), "d'eau"),
        (("le", "Américain"), "l'Américain"),
    ],
)
def test_a_word_is_shortened_before_a_vowel(words: tuple[str, ...], joined: str) -> None:
    assert EAR.joined(*words) == joined


def test_an_h_that_no_text_has_tells_nothing() -> None:
    assert EAR.known("homme")
    assert EAR.known("école")
    assert not EAR.known("hibou")


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("chat", "chats"), ("nez", "nez"), ("gâteau", "gâteaux"), ("feu", "feux"),
        ("cheval", "chevaux"), ("bal", "bals"), ("souris", "souris"),
        ("bleu", "bleus"), ("travail", "travaux"), ("final", "finals"),
        ("genou", "genoux"), ("clou", "clous"), ("œil", "yeux"),
    ],
)  # fmt: skip
def test_plurals(one: str, many: str) -> None:
    assert plural(one) == many


@pytest.mark.parametrize(
    ("he", "she"),
    [
        ("heureux", "heureuse"), ("vif", "vive"), ("réel", "réelle"), ("ancien", "ancienne"),
        ("léger", "légère"), ("rouge", "rouge"), ("petit", "petite"), ("turc", "turque"),
        ("blanc", "blanche"), ("public", "publique"), ("supérieur", "supérieure"),
        ("menteur", "menteuse"), ("fou", "folle"), ("secret", "secrète"), ("net", "nette"),
    ],
)  # fmt: skip
def test_feminines(he: str, she: str) -> None:
    assert feminine(he) == she


def test_a_verb_has_the_forms_of_its_model(tmp_path: Path) -> None:
    write_verbs(tmp_path, "ronfler", "agrafer")
    verbs = read_verbs(tmp_path)
    assert set(verbs) == {"ronfler", "agrafer"}
    assert verbs["ronfler"]["infinitive"] == ["ronfler"]
    assert verbs["ronfler"]["present"][3] == "ronflons"
    assert verbs["ronfler"]["historic"][2] == "ronfla"
    assert verbs["agrafer"]["participle"] == ["agrafé", "agrafés", "agrafée", "agrafées"]


def test_a_form_that_a_verb_lacks_is_empty(tmp_path: Path) -> None:
    write_verbs(tmp_path, "neiger")
    models = tmp_path / "conjugation-fr.xml"
    text = models.read_text(encoding="utf-8")
    models.write_text(text.replace("<p><i>e</i></p>", "<p></p>", 1), encoding="utf-8")
    assert read_verbs(tmp_path)["neiger"]["present"][:2] == ["", "neiges"]


def test_a_folder_without_conjugations_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no conjugations of Verbiste"):
        read_verbs(tmp_path)
