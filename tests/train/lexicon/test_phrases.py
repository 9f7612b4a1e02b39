"""Phrases: both sides say the same, and each word agrees with its noun."""

import random
import re
from collections.abc import Callable

from train.engine.lines import Pair
from train.lexicon import tables
from train.lexicon.french import Beginnings
from train.lexicon.meaning import Noun
from train.lexicon.phrases import Adjective, Phrases

EAR = Beginnings(["l'homme", "le héros"])
NOUNS = [
    Noun("chat", "cat", "cats", True, 1.0),
    Noun("école", "school", "schools", False, 1.0),
    Noun("homme", "man", "men", True, 1.0),
    Noun("œil", "eye", "eyes", True, 0.0),
]
ADJECTIVES = [Adjective("bleu", "blue")]


def drawn(kind: Callable[[Phrases], Pair], times: int = 4_000) -> dict[str, str]:
    """What comes when a kind of phrase is drawn many times."""
    made = Phrases(NOUNS, ADJECTIVES, EAR, random.Random(1))
    return dict(kind(made) for _ in range(times))


def test_a_thing_has_what_stands_before_it_and_adjectives_that_agree() -> None:
    pairs = drawn(Phrases.thing, 30_000)
    assert pairs["le chat"] == "the cat"
    assert pairs["l'école bleue"] == "the blue school"
    assert pairs["mon école"] == "my school"
    assert pairs["ma petite école"] == "my small school"
    assert pairs["cet homme"] == "this man"
    assert pairs["ce vieil homme"] == "this old man"
    assert pairs["ce chat bleu"] == "this blue cat"
    assert pairs["de belles écoles"] == pairs["des belles écoles"] == "beautiful schools"
    assert pairs["des chats bleus"] == "blue cats"
    assert "de chats bleus" not in pairs
    assert pairs["toutes les écoles"] == "all the schools"
    assert pairs["tous les chats"] == "all the cats"
    assert pairs["beaucoup d'hommes"] == "a lot of men"
    assert pairs["deux vieux hommes"] == "two old men"
    assert pairs["une école bleue"] == "a blue school"
    assert pairs["un vieux chat"] == "an old cat"


def test_a_thing_has_a_place_and_an_owner() -> None:
    assert drawn(Phrases.where)["près du chat"] == "near the cat"
    assert drawn(Phrases.whose, 20_000)["le chat bleu de mon frère"] == "my brother's blue cat"
    assert drawn(Phrases.whose, 20_000)["les écoles du voisin"] == "the neighbor's schools"
    assert drawn(Phrases.whose, 20_000)["l'école de mes parents"] == "my parents' school"
    starts = [
        english.startswith("the cat under ")
        for french, english in drawn(Phrases.somewhere, 20_000).items()
        if french.startswith("le chat sous ")
    ]
    assert starts
    assert all(starts)


def test_as_many_nouns_and_adjectives_stand_on_one_side_as_on_the_other() -> None:
    for french, english in drawn(Phrases.pair).items():
        for word, meaning in (("chats?", "cats?"), ("écoles?", "schools?"), ("bleue?s?", "blue")):
            there = [
                len(re.findall(rf"\b{one}\b", side.lower()))
                for one, side in ((word, french), (meaning, english))
            ]
            assert there[0] == there[1], (french, english)


def test_a_phrase_may_stand_in_a_sentence() -> None:
    pairs = drawn(Phrases.pair, 20_000)
    assert pairs["Regarde le chat !"] == "Look at the cat!"
    assert pairs["sous le chat"] == "under the cat"
    assert pairs["Le chat."] == "The cat."
    assert pairs["L'école."] == "The school."


def test_the_more_usual_noun_is_drawn_more_often() -> None:
    assert not any("œil" in french for french in drawn(Phrases.thing))


def test_what_stands_before_its_noun_or_means_something_else_there_is_no_other_adjective() -> None:
    assert not {*tables.BEFORE_NOUN} & tables.ELSEWHERE
