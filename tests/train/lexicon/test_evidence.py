"""A corpus decides among what dictionaries offer."""

import pytest

from train.lexicon.evidence import Evidence, alike, chosen

PAIRS = [("La gomme est perdue.", "The eraser is lost."), ("Une gomme !", "An eraser!")]
LINES = ["A rubber duck.", "An eraser.", "Rubber boots.", "The tire is flat."] * 50


def test_the_english_that_stands_beside_a_word_is_preferred() -> None:
    votes = {"rubber": {"deu": 1.0, "fin": 1.0}, "eraser": {"deu": 0.6, "fin": 0.6}}
    forms = {"gomme", "gommes"}
    assert chosen("gomme", "noun", forms, votes, Evidence([], LINES)) == "rubber"
    assert chosen("gomme", "noun", forms, votes, Evidence(PAIRS, LINES)) == "eraser"


def test_a_word_that_is_used_is_preferred_to_one_that_is_not() -> None:
    votes = {"caoutchouc": {"deu": 1.0, "fin": 1.0}, "rubber": {"deu": 0.9, "fin": 0.9}}
    assert chosen("gomme", "noun", {"gomme"}, votes, Evidence([], LINES)) == "rubber"


def test_two_voices_are_worth_more_than_a_loud_one() -> None:
    votes = {"rubber": {"eng": 2.0}, "tire": {"deu": 0.8, "fin": 0.8}}
    assert chosen("gomme", "noun", {"gomme"}, votes, Evidence([], LINES)) == "tire"


def test_what_is_not_sure_is_not_chosen_unless_it_looks_alike() -> None:
    lines = ["A membrane."] * 44 + ["A film."] * 44
    evidence = Evidence([], lines)
    for english, found in (("film", None), ("membrane", "membrane")):
        votes = {english: {"deu": 0.5, "fin": 0.4}}
        assert chosen("membrane", "noun", {"membrane"}, votes, evidence) == found


def test_a_word_that_stands_everywhere_is_no_evidence() -> None:
    evidence = Evidence([("le chat", "the cat")], ["the cat", "the dog", "the end"])
    assert evidence.together({"chat"}, {"the"}) == 0
    assert evidence.together({"chat"}, {"cat"}) == pytest.approx(1 / 3)
    assert evidence.together({"chien"}, {"dog"}) == 0


def test_nothing_comes_of_nothing() -> None:
    assert chosen("x", "noun", {"x"}, {}, Evidence([], [])) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("université", "university", True), ("éléphant", "elephant", True), ("mer", "sea", False)],
)
def test_words_of_the_same_letters_are_alike(one: str, other: str, same: bool) -> None:
    assert alike(one, other) is same
