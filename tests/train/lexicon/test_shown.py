"""A word in its frames: both sides say the same, in every form."""

import random
from pathlib import Path

import pytest

from tests.dictionaries import write_verbs
from train.lexicon import shown
from train.lexicon.english import inflected, may_be, with_article
from train.lexicon.french import Beginnings, read_verbs

EAR = Beginnings(["L'homme est là.", "J'habite ici."])
PASSIVES = {"agrafé", "habité"}


def conjugated(tmp_path: Path, verb: str, english: str, reflexive: bool = False) -> dict[str, str]:
    write_verbs(tmp_path, verb)
    forms = read_verbs(tmp_path)[verb]
    made = [
        pair
        for seed in range(9)  # so that each of "il", "elle" and "on" comes
        for _, pair in shown.verbs(forms, english, EAR, random.Random(seed), reflexive, PASSIVES)
    ]
    return dict(made)


def test_a_noun_stands_with_its_articles() -> None:
    pairs = dict(pair for _, pair in shown.nouns("ancre", "anchor", False, EAR))
    assert pairs["ancre"] == "anchor"
    assert pairs["Ancre"] == "Anchor"
    assert pairs["l'ancre"] == "the anchor"
    assert pairs["une ancre"] == "an anchor"
    assert pairs["C'est mon ancre."] == "It's my anchor."
    assert pairs["Cette ancre est à nous."] == "This anchor is ours."
    assert pairs["Elle parle de l'ancre."] == "She is talking about the anchor."
    assert pairs["Il a beaucoup d'ancres."] == "He has a lot of anchors."
    pairs = dict(pair for _, pair in shown.nouns("chou", "cabbage", True, EAR))
    assert pairs["Elle parle du chou."] == "She is talking about the cabbage."
    assert pairs["J'aime ce chou."] == "I like this cabbage."


def test_a_noun_is_not_shown_if_nobody_knows_how_it_begins() -> None:
    assert not list(shown.nouns("hibou", "owl", True, EAR))
    assert dict(pair for _, pair in shown.nouns("homme", "man", True, EAR))["l'homme"] == "the man"


def test_an_adjective_agrees() -> None:
    pairs = dict(pair for _, pair in shown.adjectives("épicé", "spicy"))
    assert pairs["Il est épicé."] == "He is spicy."
    assert pairs["une chose épicée"] == "a spicy thing"
    assert pairs["des gens épicés"] == "spicy people"
    assert pairs["Elles sont épicées."] == "They are spicy."


def test_a_verb_is_conjugated_on_both_sides(tmp_path: Path) -> None:
    pairs = conjugated(tmp_path, "agrafer", "staple")
    assert pairs["J'agrafe."] == "I staple."
    assert pairs["Elle agrafe souvent."] == "She often staples."
    assert pairs["On n'agrafe pas."] == "We don't staple."
    assert pairs["Il n'agrafe pas."] == "He doesn't staple."
    assert pairs["Vous agrafiez."] == "You were stapling."
    assert pairs["J'agrafais."] == "I was stapling."
    assert pairs["Ils agraferont demain."] == "They will staple tomorrow."
    assert pairs["Tu agraferais."] == "You would staple."
    assert pairs["Ils agrafèrent."] == "They stapled."
    assert "Nous agrafâmes." not in pairs
    assert pairs["Elles ont agrafé."] == "They stapled."
    assert pairs["Je n'ai pas agrafé."] == "I didn't staple."
    assert pairs["Elles étaient agrafées."] == "They were stapled."
    assert pairs["Il faut agrafer."] == "You have to staple."
    assert pairs["Agrafons !"] == "Let's staple!"


def test_a_reflexive_verb_has_its_pronoun(tmp_path: Path) -> None:
    pairs = conjugated(tmp_path, "agenouiller", "kneel", reflexive=True)
    assert pairs["Je m'agenouille."] == "I kneel."
    assert pairs["Elle s'est agenouillée."] == "She knelt."
    assert pairs["Nous ne nous sommes pas agenouillés."] == "We didn't kneel."
    assert pairs["s'agenouiller"] == "to kneel"
    assert pairs["Agenouille-toi !"] == "Kneel!"
    assert not any("étaient" in french for french in pairs)


def test_all_forms_of_a_verb_begin_alike_and_of_one_that_nobody_knows_there_is_none(
    tmp_path: Path,
) -> None:
    pairs = conjugated(tmp_path, "habiter", "inhabit")
    assert pairs["Je n'habite pas."] == "I don't inhabit."
    assert pairs["J'habiterai demain."] == "I will inhabit tomorrow."
    assert conjugated(tmp_path, "humilier", "humiliate") == {}


def test_a_verb_has_its_own_past_and_only_some_a_passive(tmp_path: Path) -> None:
    pairs = conjugated(tmp_path, "retomber", "relapse")
    assert pairs["Elles sont retombées."] == "They relapsed."
    assert not any("avons" in french or "étions" in french for french in pairs)
    assert "Tu étais ronflé." not in conjugated(tmp_path, "ronfler", "snore")


def test_a_verb_that_stands_with_se_alone_does(tmp_path: Path) -> None:
    assert conjugated(tmp_path, "évader", "escape") == {}
    assert conjugated(tmp_path, "évader", "escape", reflexive=True)["s'évader"] == "to escape"


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("tenailles", "plier"),
        ("obsèques", "funeral"),
        ("vêtement", "clothes"),
        ("souci", "cares"),
        ("culotte", "underpants"),
    ],
)
def test_what_is_always_a_plural_has_no_singular(french: str, english: str) -> None:
    assert not list(shown.nouns(french, english, False, EAR))


def test_an_adjective_in_two_parts_is_not_shown() -> None:
    assert not list(shown.adjectives("sourd-muet", "deaf-mute"))


def test_a_form_stands_in_the_pair_it_is_said_of(tmp_path: Path) -> None:
    write_verbs(tmp_path, "ronfler")
    forms = read_verbs(tmp_path)["ronfler"]
    for form, (french, english) in shown.verbs(forms, "snore", EAR, random.Random(1), False, ()):
        assert form in french.lower()
        assert "snor" in english.lower()


def test_a_verb_without_a_known_form_is_not_shown(tmp_path: Path) -> None:
    assert conjugated(tmp_path, "ronfler", "xyzzed") == {}


@pytest.mark.parametrize(
    ("words", "tag", "form"),
    [
        ("wake up", "VBD", "woke up"),
        ("school bag", "NNS", "school bags"),
        ("child", "NNS", "children"),
        ("sing", "VBN", "sung"),
        ("buried", "VBD", None),
    ],
)
def test_the_word_that_changes_changes(words: str, tag: str, form: str | None) -> None:
    assert inflected(words, tag) == form


@pytest.mark.parametrize(
    "words",
    [
        "an eraser", "a unicorn", "an hour", "a house", "an Algerian", "a European",
        "an unidentified", "an unimaginable", "an uninteresting", "a unanimous", "an X-ray",
        "a useful", "an urgent", "a one-eyed", "an usher",
    ],
)  # fmt: skip
def test_an_article_is_as_the_word_sounds(words: str) -> None:
    assert with_article(words.split()[1]) == words


@pytest.mark.parametrize(
    ("words", "part", "may"),
    [
        ("brother", "adjective", False), ("blue", "adjective", True), ("Swiss", "adjective", True),
        ("wake up", "verb", True), ("school bag", "noun", True), ("gently", "noun", False),
        ("hidden", "adjective", True), ("bowling", "noun", True), ("snore", "adjective", False),
    ],
)  # fmt: skip
def test_a_word_is_of_the_parts_of_speech_it_can_be(words: str, part: str, may: bool) -> None:
    assert may_be(words, part) == may
