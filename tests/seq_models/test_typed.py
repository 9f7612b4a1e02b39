"""What was typed is read, and nothing goes without being named."""

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from seq_models import UNKNOWN
from seq_models.repair import Spelling
from seq_models.tokenizer import train_pieces, train_words
from seq_models.typed import typed
from train.spelling import learned

PANGRAM = "Portez ce vieux whisky au juge blond qui fume."
LINES = ["Où est la gare ?", "Je t'aime, dit-il.", "Il pleut. Un train part à 12:30.", "« Là. »"]
LINES = 3 * [*LINES, PANGRAM, PANGRAM.upper()]
PIECES, WORDS = train_pieces(LINES, 120), train_words(LINES, 120)
SPELLING = Spelling.from_json(json.dumps(learned(LINES, whole_sentences=True)).encode())


@pytest.mark.parametrize(
    ("text", "read", "left_out"),
    [
        ("Je t'aime ❤️", "Je t'aime.", ("❤",)),
        ("Je t'aime שלום, dit-il.", "Je t'aime, dit-il.", ("שלום",)),
        ("❤ Il pleut. ❤", "Il pleut.", ("❤",)),
        ("Il pleut.Où est la gare ?", "Il pleut. Où est la gare ?", ()),
        ("Il plęut.", "Il pleut.", ()),
        ("il pleut\nou est la gare", "Il pleut. Où est la gare ?", ()),
        ("\ufeffIl pleut.", "Il pleut.", ()),
        ("Gare", "gare", ()),
    ],
)
def test_what_the_vocabulary_lacks_is_left_out_and_named(
    text: str, read: str, left_out: tuple[str, ...]
) -> None:
    found = typed(PIECES, text, SPELLING)
    assert (found.text, found.read_as, found.left_out) == (text, read, left_out)


@pytest.mark.parametrize(
    "text", ["Un train", "Il pleut", "« Je t'aime »", "Il pleut.Où est la gare?"]
)
def test_spaces_and_a_last_mark_are_nothing_to_tell(text: str) -> None:
    assert not typed(PIECES, text[0].upper() + text[1:], SPELLING).repaired


@pytest.mark.parametrize("text", ["IL PLEUT", "ou est la gare", "Ou est la gare ?"])
def test_other_repairs_are_told(text: str) -> None:
    assert typed(PIECES, text, SPELLING).repaired


def test_as_typed_repairs_nothing() -> None:
    assert typed(PIECES, "ou est la gare?", SPELLING, as_typed=True).read_as == "ou est la gare?"
    assert typed(PIECES, "ou est la gare?").read_as == "ou est la gare?"


def test_gare_with_a_space_before_the_mark_and_without_are_the_same() -> None:
    with_space, without = typed(PIECES, "gare ?", SPELLING), typed(PIECES, "gare?", SPELLING)
    assert with_space.read_as == without.read_as


@pytest.mark.parametrize("text", ["", " ", "\u200b", "שלום", "❤️", "\n\n"])
def test_a_text_without_a_word_to_read_is_answered_in_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="There is no text that this model can read.*please type"):
        typed(PIECES, text, SPELLING)


def test_a_vocabulary_of_words_marks_what_it_lacks_and_leaves_nothing_out() -> None:
    found = typed(WORDS, "Il pleut ❤")
    assert (found.read_as, found.left_out) == ("Il pleut ❤", ())


@settings(deadline=None, max_examples=300)
@given(st.text() | st.text(st.sampled_from("Ilpeutà é❤שׂ.?!\u0301½…\n猫ǻ"), max_size=15))
@example("ǻ\u0302")
@example("I\u0301\u0302l")
def test_any_text_is_read_without_an_unknown_sign_or_refused_in_a_sentence(text: str) -> None:
    try:
        found = typed(PIECES, text, SPELLING)
    except ValueError as error:
        told = str(error)
    else:
        assert UNKNOWN not in PIECES.encode(found.read_as)
        assert all(sign and sign in "".join(found.text) for sign in found.left_out if sign in text)
        return
    assert told.startswith("There is no text that this model can read")
