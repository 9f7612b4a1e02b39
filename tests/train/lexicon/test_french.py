"""French forms: what a vowel does, plurals, feminines, conjugations."""

from pathlib import Path

import pytest

from tests.dictionaries import write_verbs
from train.lexicon.french import (
    Beginnings,
    agreeing,
    contracted,
    feminine,
    fitting,
    plural,
    read_verbs,
)

EAR = Beginnings(["L'homme est là.", "la honte, le héros", "j'habite", "l'hôpital"])


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
        (("de", "hôpitaux"), "d'hôpitaux"),
        (("je", "habite"), "j'habite"),
        (("le", "yaourt"), "le yaourt"),
        (("le", "yéti"), "le yéti"),
        (("de", "yeux"), "d'yeux"),
        (("le", "ypérite"), "l'ypérite"),
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
        ("genou", "genoux"), ("naval", "navals"), ("monsieur", "messieurs"),
        ("clou", "clous"), ("œil", "yeux"),
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
        ("jaloux", "jalouse"), ("neuf", "neuve"), ("pareil", "pareille"), ("roux", "rousse"),
        ("protecteur", "protectrice"), ("créateur", "créatrice"), ("flatteur", "flatteuse"),
        ("malin", "maligne"), ("boiteux", "boiteuse"), ("rigolo", "rigolote"), ("super", "super"),
        ("exigu", "exiguë"), ("moteur", "motrice"), ("châtain", "châtain"), ("tiers", "tierce"),
        ("naïf", "naïve"), ("inhibiteur", "inhibitrice"), ("émetteur", "émettrice"),
        ("récepteur", "réceptrice"), ("visiteur", "visiteuse"), ("sympa", "sympa"), ("bio", "bio"),
        ("lutteur", "lutteuse"), ("zen", "zen"), ("copain", "copine"),
    ],
)  # fmt: skip
def test_feminines(he: str, she: str) -> None:
    assert feminine(he) == she


@pytest.mark.parametrize(
    ("adjective", "forms"),
    [
        ("vert", "vert verts verte vertes"),
        ("orange", "orange orange orange orange"),
        ("beau", "beau beaux belle belles"),
    ],
)
def test_an_adjective_agrees_if_it_is_one_that_does(adjective: str, forms: str) -> None:
    found = [agreeing(adjective, he, several) for he in (True, False) for several in (False, True)]
    assert " ".join(found) == forms


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


@pytest.mark.parametrize(
    ("before", "phrase", "whole"),
    [
        ("près de", "le chat", "près du chat"),
        ("près de", "les chats", "près des chats"),
        ("près de", "des chats", "près de chats"),
        ("près de", "des écoles", "près d'écoles"),
        ("près de", "une école", "près d'une école"),
        ("près de", "l'école", "près de l'école"),
        ("de", "mon frère", "de mon frère"),
        ("près de", "de beaux chats", "près de beaux chats"),
        ("loin de", "d'autres chats", "loin d'autres chats"),
        ("sans", "des chats", "sans chats"),
        ("sans", "de beaux chats", "sans beaux chats"),
        ("avec", "des chats", "avec des chats"),
        ("sous", "le chat", "sous le chat"),
    ],
)
def test_a_preposition_and_an_article_are_one_word(before: str, phrase: str, whole: str) -> None:
    assert contracted(before, phrase, EAR) == whole


@pytest.mark.parametrize(
    ("he", "she", "masculine", "soft", "fit"),
    [
        ("ce", "cette", True, True, "cet"),
        ("ce", "cette", True, False, "ce"),
        ("ce", "cette", False, True, "cette"),
        ("mon", "ma", False, True, "mon"),
        ("mon", "ma", False, False, "ma"),
        ("un", "une", False, True, "une"),
    ],
)
def test_what_stands_before_a_noun_fits_it(
    he: str, she: str, masculine: bool, soft: bool, fit: str
) -> None:
    assert fitting(he, she, masculine, soft) == fit
