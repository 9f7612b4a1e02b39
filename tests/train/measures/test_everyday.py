"""The everyday sentences: well formed, and judged as a teacher judges."""

from collections.abc import Sequence

import pytest

from train.measures.everyday import (
    ALONE,
    accepted,
    as_typed,
    entries,
    measure_everyday,
    plain,
)
from train.noise import letters


def test_there_are_300_lines_each_once_with_one_to_three_answers() -> None:
    lines = entries()
    assert len(lines) == len({letters(entry.french) for entry in lines}) == 300
    assert all(1 <= len(entry.answers) <= 3 for entry in lines)
    assert all(len(set(map(plain, e.answers))) == len(e.answers) for e in lines)
    assert all(text == text.strip() != "" for e in lines for text in (e.french, *e.answers))


def test_there_are_100_words_each_once_and_alone() -> None:
    words = entries(ALONE)
    assert len(words) == len({letters(word.french) for word in words}) == 100
    assert all(word.french.isalpha() and word.french.islower() for word in words)
    assert all(len(set(map(plain, word.answers))) == len(word.answers) for word in words)


@pytest.mark.parametrize(
    ("translation", "answers", "right"),
    [
        ("I'm late!", ["I am late."], True),
        ("i do not know", ["I don't know."], True),
        ("It's nice today.", ["It is nice today"], True),
        ("Marie's father", ["Marie is father"], False),
        ("My friend Aicha can't come.", ["My friend Aïcha cannot come."], True),
        ("The Quran is dangerous.", ["Alcohol is dangerous."], False),
        ("", ["Hello"], False),
    ],
)
def test_case_punctuation_and_short_forms_are_no_mistakes(
    translation: str, answers: list[str], right: bool
) -> None:
    assert accepted(translation, answers) == right


def test_every_fifth_line_is_typed_with_its_answers_kept() -> None:
    lines = entries()
    typed = as_typed(lines)
    assert [entry.answers for entry in typed] == [entry.answers for entry in lines[::5]]
    assert typed[0].french == lines[0].french.upper()
    assert typed[2].french == lines[10].french.lower()
    assert all(
        letters(one.french) == letters(two.french)
        for one, two in zip(typed, lines[::5], strict=True)
    )


def test_the_first_answers_are_all_accepted_and_other_text_is_not() -> None:
    known = [*entries(), *entries(ALONE)]
    answers = {letters(entry.french): entry.answers[0] for entry in known}

    def perfect(texts: Sequence[str]) -> list[str]:
        return [answers[letters(text)] for text in texts]

    best = measure_everyday(perfect)
    assert {name: part["sentences"] for name, part in best.items()} == {
        "clean": 300,
        "clean_of_typed": 60,
        "typed": 60,
        "alone": 100,
        "alone_capital": 100,
    }
    assert all(part["accepted"] == 1 and part["chrf"] == 100 for part in best.values())
    worst = measure_everyday(lambda texts: ["xyz"] * len(texts))
    assert all(part["accepted"] == 0 and part["chrf"] < 10 for part in worst.values())


def test_an_article_before_a_word_is_no_mistake_and_what_is_typed_is_the_word_itself() -> None:
    words, asked = {letters(word.french): word.answers[0] for word in entries(ALONE)}, []

    def with_article(texts: Sequence[str]) -> list[str]:
        asked.append(list(texts))
        return [f"The {words.get(letters(text), 'xyz')}" for text in texts]

    measured = measure_everyday(with_article)
    assert measured["alone"]["accepted"] == measured["alone_capital"]["accepted"] == 1
    small, capital = asked[-2:]
    assert small == [word.french for word in entries(ALONE)]
    assert capital == [word[0].upper() + word[1:] for word in small]
