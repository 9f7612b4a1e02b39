"""A word is left out in its own language alone, and only as that very word."""

import pytest

from train.fetching.mild import LISTS, mild


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Je suis en retard, elle porte un manteau violet."),
        ("fr", "Le sang est rouge, le vin aussi."),
        ("fr", "Mon chat est mort, le violon et la violence, un bombardier de héros."),
        ("fr", "L'alcool est dangereux. Fumer tue. Un couteau. Nous sommes nus."),
        ("en", "He himself said so. They died of old age, a dead knife, some wine."),
        ("en", "The violet flower; a drugstore; begun; Essex; a trifle; grapes."),
        ("en", "He smokes. Blood is red. The heroine arrived late."),
    ],
)
def test_everyday_words_pass(language: str, text: str) -> None:
    assert mild(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "Don't be a RETARD."), ("en", "a gun"), ("fr", "un fusil,"), ("fr", "la torture")],
)
def test_listed_words_do_not(language: str, text: str) -> None:
    assert not mild(text, language)


def test_a_word_of_one_language_may_be_another_of_the_other() -> None:
    assert mild("retard", "fr")
    assert not mild("retard", "en")


@pytest.mark.parametrize("path", sorted(LISTS.glob("*.txt")), ids=lambda path: path.stem)
def test_the_lists_are_in_order_and_in_small_letters(path: object) -> None:
    words = LISTS.joinpath(str(path)).read_text(encoding="utf-8").split()
    assert words == sorted({word.lower() for word in words})
