"""A usual noun stands in for a rare one, and gives its place back."""

import pytest

from train.lexicon.french import Beginnings
from train.lexicon.meaning import Noun
from train.lexicon.standing_in import Draft, StandIns, exchanged, in_place_of, shared_out

EAR = Beginnings(["le hibou, l'homme"])
OWL = Noun("hibou", "owl", "owls", True)
NOUNS = [
    OWL,
    Noun("étagère", "shelf", "shelves", False),
    Noun("anse", "handle", "handles", False),
    Noun("poignée", "handle", "handles", False),
]
STAND_INS = StandIns(NOUNS, EAR)


def test_who_stands_in_is_of_the_same_gender_and_begins_alike() -> None:
    owls = list(STAND_INS.drafts("I saw an owl."))
    assert [draft.standing for draft in owls] == ["I saw a dog.", "I saw a book."]
    assert [(draft.usual, draft.rare) for draft in owls] == [("chien", "hibou"), ("livre", "hibou")]
    shelves = list(STAND_INS.drafts("My shelves are full."))
    assert ("écoles", "étagères") in {(draft.usual, draft.rare) for draft in shelves}
    assert "My schools are full." in {draft.standing for draft in shelves}


@pytest.mark.parametrize(
    "line",
    [
        "The handle broke.",  # which of two it is, nobody can tell
        "They owl all night.",  # nothing tells that it is a noun there
        "I like that owl is a word.",
        "I found an owl feather.",  # it tells of another noun
        "The owl saw an owl.",
        "The owl is on the shelf.",
        "Give the owl a shelf.",
        "The cat sleeps.",
        "The owl saw a dog and a book.",
    ],
)
def test_a_line_in_which_it_is_not_clear_is_left_out(line: str) -> None:
    assert not list(STAND_INS.drafts(line))


def test_two_words_may_tell_of_a_noun() -> None:
    found = {draft.standing for draft in STAND_INS.drafts("I saw the two owls.")}
    assert "I saw the two dogs." in found


def test_what_an_owl_does_is_no_noun() -> None:
    assert list(STAND_INS.drafts("The owl sleeps."))


def test_an_article_goes_with_the_word_behind_it() -> None:
    assert in_place_of("owl", "dog", "An owl is no owlet.") == "A dog is no owlet."
    assert in_place_of("shelf", "orange", "It's a shelf.") == "It's an orange."
    assert in_place_of("owl", "dog", "the owl") == "the dog"


@pytest.mark.parametrize(
    ("french", "line"),
    [
        ("Le chien dort.", "Le hibou dort."),
        ("Le chien voit un chien.", None),
        ("Il dort.", None),
        ("Les chiens dorment.", None),
    ],
)
def test_the_rare_noun_takes_its_place_again(french: str, line: str | None) -> None:
    assert exchanged(Draft("The owl sleeps.", "The dog sleeps.", "chien", "hibou"), french) == line


def test_no_noun_has_more_lines_than_others_may_have() -> None:
    lines = {f"The owl saw {number}.": OWL for number in range(5)} | {"A shelf.": NOUNS[1]}
    assert shared_out(lines, 2) == ["The owl saw 0.", "The owl saw 1.", "A shelf."]
