"""The tree of texts that were tried: it grows by what is picked, and stays small."""

import pytest

from playground.next_word.predict.tree import LONGEST, Tree, grown, parsed


def test_a_tree_grows_by_what_is_picked_and_stays_when_one_returns() -> None:
    made, here = grown(Tree(), "The", "")
    made, here = grown(made, "The cat", "The cat")
    made, here = grown(made, "The", "The cat")
    assert (made.texts, here) == (("The", "The cat"), 0)
    made, here = grown(made, "The dog", "The dog")
    assert (made.parents, here) == ((-1, 0, 0), 2)
    assert made.words() == ["The", "cat", "dog"]
    made, here = grown(made, "The dog.", "The dog.")
    assert made.parents == (-1, 0, 0, 2)
    assert parsed(made.to_json()) == made


def test_what_is_typed_letter_by_letter_is_one_leaf() -> None:
    made, _ = grown(Tree((-1, 0), ("The", "The cat")), "The cat", "The cat")
    for text in ("The cat s", "The cat sa", "The cat sat"):
        made, here = grown(made, text, "The cat")
    assert (made.texts, here) == (("The", "The cat", "The cat sat"), 2)


def test_an_unrelated_text_starts_a_tree_and_a_beginning_becomes_its_root() -> None:
    made = Tree((-1, 0), ("The cat", "The cat sat"))
    assert grown(made, "A dog", "")[0].texts == ("A dog",)
    assert grown(made, "The cats", "")[0].texts == ("The cats",)
    rooted, here = grown(made, "The", "")
    assert (rooted.parents, rooted.texts, here) == ((-1, 0, 1), ("The", *made.texts), 0)


def test_a_tree_stays_small_enough_for_a_link() -> None:
    made = Tree()
    for number in range(100):
        text = "word " * 20 + str(number)
        made, here = grown(made, text, text)
        assert made.texts[here] == text
        assert len(made.to_json()) <= LONGEST


@pytest.mark.parametrize(
    "kept", ["", "null", "[]", "[[0],[1],2]", '[[-1,5],["a","ab"],false]', "[" * 5000, '{"a":1}']
)
def test_what_is_no_tree_is_an_empty_one(kept: str) -> None:
    assert parsed(kept) == Tree()
