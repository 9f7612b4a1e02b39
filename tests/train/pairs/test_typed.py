"""A sentence as people type it is still the sentence."""

import random

import pytest

from seq_models.repair import unaccented
from train.pairs import typed as module
from train.pairs.typed import (
    capitals,
    hasty,
    insistent,
    mistyped,
    small,
    titled,
    typed,
)

SENTENCE = "Où est ta sœur aînée, François ?"


def test_each_way_changes_what_it_says() -> None:
    assert capitals(SENTENCE) == "OÙ EST TA SŒUR AÎNÉE, FRANÇOIS ?"
    assert small(SENTENCE) == "où est ta sœur aînée, françois ?"
    assert unaccented(SENTENCE) == "Ou est ta soeur ainee, Francois ?"
    assert hasty(SENTENCE) == "ou est ta soeur ainee, francois"
    assert module.unmarked("Viens…  ") == "Viens"


@pytest.mark.parametrize("seed", range(20))
def test_a_slip_changes_one_long_word_by_one_letter_at_most_two(seed: int) -> None:
    old, new = SENTENCE.split(" "), mistyped(SENTENCE, random.Random(seed)).split(" ")
    changed = [(a, b) for a, b in zip(old, new, strict=True) if a != b]
    assert len(changed) <= 1  # a double letter changed over is no slip
    for one, other in changed:
        assert one == "François"
        assert abs(len(one) - len(other)) <= 1
        assert (one[0], one[-1]) == (other[0], other[-1]) or len(one) != len(other)


def test_short_words_are_typed_right() -> None:
    assert mistyped("Où es tu ?", random.Random(1)) == "Où es tu ?"


@pytest.mark.parametrize(
    ("text", "mark"), [("Non !", "!"), ("Quoi ?", "?"), ("Bon.", "."), ("a", "!")]
)
def test_an_insistent_mark_is_the_sentences_own(text: str, mark: str) -> None:
    found = insistent(text, random.Random(2))
    assert found.count(mark) >= 2
    assert found.rstrip(" .!?") == text.rstrip(" .!?")


def test_all_ways_come_and_a_seed_decides_which() -> None:
    found = {typed(SENTENCE, random.Random(seed)) for seed in range(60)}
    assert {capitals(SENTENCE), small(SENTENCE), unaccented(SENTENCE), hasty(SENTENCE)} <= found
    assert typed(SENTENCE, random.Random(5)) == typed(SENTENCE, random.Random(5))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("l'été à Lyon", "L'Été À Lyon"),
        ("Qu'est-ce que c'est ?", "Qu'Est-ce Que C'Est ?"),
        ("I don't know.", "I Don't Know."),
        ("9 h", "9 H"),
        ("", ""),
    ],
)
def test_each_word_of_a_title_has_a_capital(text: str, title: str) -> None:
    assert titled(text) == title
