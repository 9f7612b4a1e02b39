"""The tasks: what each draws is what each checks."""

import random
import re

import pytest

from playground.learning import dates, number_words, own_pairs, phrases
from playground.learning.tasks import TASKS
from playground.learning.training import coded, pieces, tokenizer_of
from seq_models import UNKNOWN

EACH = pytest.mark.parametrize("task", TASKS.values(), ids=lambda task: task.name)


@EACH
def test_the_right_answer_of_every_example_is_the_one_that_it_is_trained_on(task) -> None:
    random_numbers = random.Random(7)
    for source, target in (task.draw(random_numbers) for _ in range(2_000)):
        assert task.answer(source) == target


@EACH
def test_unseen_examples_are_always_the_same_and_each_source_comes_once(task) -> None:
    again = type(task)(**{name: getattr(task, name) for name in task.__dataclass_fields__})
    assert again.unseen == task.unseen
    assert len(dict(task.unseen)) == len(task.unseen) > 50


@pytest.mark.parametrize("name", ["numbers", "numbers_back", "english_numbers"])
def test_no_length_is_kept_back_whole(name: str) -> None:
    """Else all ten numbers of one digit would be, and no training could know how each is said."""
    numbers = [
        source if name == "numbers_back" else target for source, target in TASKS[name].unseen
    ]
    assert sum(len(number) == 1 for number in numbers) <= 5
    assert sum(len(number) == 2 for number in numbers) <= 45


@EACH
def test_the_first_examples_to_try_have_a_right_answer(task) -> None:
    assert all(task.answer(text) for text in task.examples)


@EACH
def test_a_vocabulary_reads_and_writes_every_text_of_its_task(task) -> None:
    tokenizer = tokenizer_of(task)
    codes = {text: number for number, text in enumerate(pieces(tokenizer))}
    for pair in task.unseen:
        for text in pair:
            numbers = tokenizer.encode(text)
            assert tokenizer.decode(numbers) == text
            assert not task.letters or coded(text, codes) == numbers


@pytest.mark.parametrize(
    ("number", "words"),
    [(71, "soixante et onze"), (80, "quatre-vingts"), (81, "quatre-vingt-un"),
     (91_000, "quatre-vingt-onze mille"), (200, "deux cents"), (200_000, "deux cent mille"),
     (80_000, "quatre-vingt mille"), (1_001, "mille un"), (121, "cent vingt et un")],
)  # fmt: skip
def test_french_numbers_are_spelled_as_a_grammar_says(number: int, words: str) -> None:
    """Grevisse, Le bon usage, on numerals: "cents" and "vingts" lose their s before a word."""
    assert number_words.french(number) == words
    assert number_words.number_of(words, number_words.french) == str(number)
    assert number_words.number_of(words.replace("-", " "), number_words.french) == str(number)


@pytest.mark.parametrize("words", ["quarante douze", "quatre vingt et un", "mille mille"])
def test_what_is_no_number_has_no_right_answer(words: str) -> None:
    assert number_words.TASK.answer(words) == ""


@pytest.mark.parametrize(
    "day",
    [
        "12345678901/5/98",
        "99999999999 mai 1998",
        "31 février 2000",
        "lundi 9 mai 1998",
        "9 mai",
        "",
        "mai mai mai",
    ],
)
def test_what_is_no_day_has_no_right_answer(day: str) -> None:
    assert dates.TASK.answer(day) == ""


def test_there_are_some_600_phrases_and_no_two_have_one_french() -> None:
    assert len({source for source, _ in phrases.PAIRS}) == len(phrases.PAIRS) >= 600


def test_a_phrase_agrees_and_elides() -> None:
    for french, english in [
        ("elles sont fatiguées", "they are tired"), ("j'ai faim", "I am hungry"),
        ("je n'ai pas faim", "I am not hungry"), ("elle chante bien", "she sings well"),
        ("il ne chante pas bien", "he does not sing well"),
        ("nous allons danser ce soir", "we are going to dance tonight"),
    ]:  # fmt: skip
        assert phrases.ANSWERS[french] == english
    assert not any(re.search(r"\b(je|ne) [aeiouêh]", french) for french in phrases.ANSWERS)


LINES = "\n".join(f"word{n}\tordway{n}" for n in range(20))


def test_own_pairs_are_read_with_a_tab_an_arrow_or_an_equals_sign_between_them() -> None:
    for between in ("\t", " -> ", " = ", ";"):
        found = own_pairs.pairs(LINES.replace("\t", between))
        assert found[3] == ("word3", "ordway3")
        assert len(found) == 20


def test_where_there_is_a_tab_nothing_else_parts_a_line() -> None:
    found = own_pairs.pairs(LINES + "\na; b = c\tx -> y")
    assert found[-1] == ("a; b = c", "x -> y")


def test_own_pairs_are_read_as_a_model_reads_them() -> None:
    task = own_pairs.task(LINES + "\ncafe\u0301 !\tl’eau…")
    assert task.pairs is not None
    assert task.pairs[-1] == ("café !", "l'eau...")
    assert task.answer("café\u00a0!") == "l'eau..."
    tokenizer = tokenizer_of(task)
    codes = {piece: number for number, piece in enumerate(pieces(tokenizer))}
    assert UNKNOWN not in coded("l'eau...", codes)


@pytest.mark.parametrize("word", ["हिन्दी", "สวัสดี", "مَرْحَبًا", "1️⃣ ok"])
def test_letters_that_no_token_stands_for_are_named(word: str) -> None:
    with pytest.raises(ValueError, match=r"Line 2 has a letter with a sign of its own \("):
        own_pairs.pairs(f"a\tb\n{word}\t{word}\n")


def test_a_file_of_own_pairs_is_utf8() -> None:
    assert own_pairs.decoded("\ufeffété\tsummer".encode()) == "été\tsummer"
    for coding in ("latin-1", "utf-16"):
        with pytest.raises(ValueError, match="save it as UTF-8"):
            own_pairs.decoded("été\tsummer".encode(coding))


@pytest.mark.parametrize(
    ("text", "what"),
    [(LINES + "\nalone", "Line 21"), ("a\tb", "is 1 pair;"),
     (LINES + "\n" + "x" * 41 + "\ty", "long"),
     ("\n".join(f"a{n}\tb" for n in range(501)), "501 pairs"), ("", "0 pairs")],
)  # fmt: skip
def test_own_pairs_that_are_none_are_told_in_a_sentence(text: str, what: str) -> None:
    with pytest.raises(ValueError, match=what):
        own_pairs.pairs(text)


def test_what_the_page_asks_first_of_phrases_was_never_trained_on() -> None:
    unseen = dict(TASKS["phrases"].unseen)
    assert all(example in unseen for example in TASKS["phrases"].examples)
