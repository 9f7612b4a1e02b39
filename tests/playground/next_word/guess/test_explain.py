"""Shannon's game: the oracles are the models' own probabilities, and counting by hand."""

import json
import math
from functools import cache
from typing import Any

import numpy as np
import pytest
import torch

from playground.next_word.guess import GAME, PASSAGES, TRIED
from playground.next_word.guess import explain as module
from playground.next_word.guess.explain import Trace, explain, score, turn
from playground.next_word.guess.game import to_json
from playground.next_word.guess.players import MOST_TRIES, bound, compared
from playground.next_word.guess.reading import (
    ROUND,
    Read,
    hidden,
    log_probabilities,
    offers,
    read_by_all,
)
from playground.next_word.predict import explain as predict
from playground.reading import words
from playground.reading.models import LANGUAGE_MODELS

PASSAGE = PASSAGES[0]
EACH = pytest.mark.parametrize("passage", PASSAGES)


@pytest.fixture(autouse=True)
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A passage is read by the models once for all tests: its turns ask for it again and again."""
    monkeypatch.setattr(module, "read_by_all", lambda *asked: read(tuple(LANGUAGE_MODELS), *asked))


@cache
def read(_: tuple[str, ...], *asked: Any) -> Read:
    """`read_by_all` with these models."""
    return read_by_all(*asked)


def answers(passage: str) -> list[str]:
    """The hidden words of a passage."""
    whole = read(tuple(LANGUAGE_MODELS), passage)
    return [whole.answer(position) for position in range(len(whole.first[1]))]


@EACH
def test_a_passage_is_an_everyday_sentence_that_makes_one_round(passage: str) -> None:
    tokens = words.opened(passage, "gru").tokens
    assert 14 <= sum(token.is_word for token in tokens) <= 25
    assert len(hidden(tokens)) == ROUND


@EACH
def test_a_turn_shows_the_text_before_its_word_and_five_choices(passage: str) -> None:
    for position, answer in enumerate(answers(passage)):
        asked = turn(passage, position)
        assert passage.startswith(asked.text)
        assert passage[len(asked.text) :].strip().startswith(answer)
        assert len({compared(choice) for choice in asked.choices}) == len(asked.choices) == 5
        assert answer in asked.choices
        assert not any(choice.startswith("⟨") for choice in asked.choices)
        assert (asked.found, asked.answer) == (False, "")


def test_wrong_choices_are_likely_words_of_the_models() -> None:
    asked = turn(PASSAGE, 4)
    likely: set[str] = set()
    for model in LANGUAGE_MODELS:
        reading = words.opened(PASSAGE, model)
        given = log_probabilities(reading)[hidden(reading.tokens)[4]]
        offered = offers(reading.tokenizer, given)
        likely |= {next(offered) for _ in range(5)}
    assert set(asked.choices) - {answers(PASSAGE)[4]} <= likely


def test_the_order_of_the_choices_is_fixed_and_tells_nothing() -> None:
    places, alphabetical = [], 0
    for passage in PASSAGES:
        for position, answer in enumerate(answers(passage)):
            asked = turn(passage, position)
            assert position or asked.choices == turn(passage, position, ["nothing"]).choices
            places.append(asked.choices.index(answer))
            alphabetical += asked.choices == sorted(asked.choices)
    assert max(places.count(place) for place in range(5)) <= len(places) / 2
    assert set(places) == set(range(5))
    assert alphabetical < len(places) / 4


def test_the_answer_is_told_once_it_is_found_and_not_before() -> None:
    wrong = turn(PASSAGE, 0, ["closed", "broke"])
    assert not wrong.found
    assert wrong.answer == ""
    right = turn(PASSAGE, 0, ["closed", " OPENED "])
    assert right.found
    assert right.answer == "opened"


def test_the_first_three_words_punctuation_and_unknown_words_are_never_asked_for() -> None:
    tokens = words.opened("A Zzyzxq left, and Zzyzxq came again.", "gru").tokens
    wanted = [tokens[place].text.strip() for place in hidden(tokens)]
    assert wanted == ["and", "came", "again"]


@pytest.mark.parametrize("model", LANGUAGE_MODELS)
def test_a_models_guess_number_is_the_rank_of_the_word_among_words(model: str) -> None:
    """Oracle: the model's own pass; ⟨marks⟩ and punctuation aside, each word in one case."""
    text = "the cat sees the big red train and the dog likes a tree"
    reading = words.opened(text, model)
    places = hidden(reading.tokens)
    answers_to = [[words.word_of(reading.tokenizer, reading.tokens[p].id)] for p in places]
    played = score(text, answers_to).models[model]
    with torch.inference_mode():
        probabilities = reading.network(reading.ids)[0][0].softmax(-1)
    names = [words.word_of(reading.tokenizer, n) for n in range(reading.tokenizer.vocab_size)]
    for place, (word,), number in zip(places, answers_to, played.guess_numbers, strict=True):
        best: dict[str, float] = {}
        for name, probability in zip(names[4:], probabilities[place, 4:].tolist(), strict=True):
            if any(map(str.isalnum, name)):
                best[compared(name)] = max(best.get(compared(name), 0), probability)
        assert number == 1 + sum(one > best[compared(word)] for one in best.values())
    whole = predict.explain(text, model).surprisal_bits[places].mean()
    assert played.surprisal_bits == pytest.approx(whole, abs=1e-4)
    assert played.accuracy == np.mean([number == 1 for number in played.guess_numbers])


def test_a_model_plays_where_it_knows_all_the_words_and_is_named_where_not(tiny: str) -> None:
    """The small one knows hardly any word."""
    text = "the cat sees the big red train. the dog likes a tree."
    assert set(score(text, [["the"]]).models) == set(LANGUAGE_MODELS)
    scored = score(PASSAGE, [["opened"]])
    assert scored.unable == [tiny]
    assert [*scored.models, tiny] == list(LANGUAGE_MODELS)


def test_a_person_is_scored_by_the_guess_that_found_each_word() -> None:
    words = answers(PASSAGE)[:4]
    guesses = [[words[0].upper()], ["no", words[1]], ["no", "NO", "never", words[2]], [words[3]]]
    scored = score(PASSAGE, guesses)
    assert scored.words == words
    assert scored.person.guess_numbers == [1, 2, 3, 1]
    assert scored.person.accuracy == 0.5
    assert scored.person.mean_guess_number == 7 / 4
    assert scored.person.bound_bits == pytest.approx(1.5)  # 1/2, 1/4, 1/4
    assert scored.person.surprisal_bits is None
    assert list(scored.models) == list(LANGUAGE_MODELS)
    assert all(len(played.guess_numbers) == 4 for played in scored.models.values())


@pytest.mark.parametrize(
    ("numbers", "bits"),
    [([1], 0), ([3, 3, 3], 0), ([1, 2], 1), ([1, 2, 3, 4], 2), ([1, 1, 1, 9], 0.8112781244591328)],
)
def test_the_bound_is_the_entropy_of_the_guess_numbers(numbers: list[int], bits: float) -> None:
    assert bound(numbers) == pytest.approx(bits)
    assert math.copysign(1, bound(numbers)) == 1


def test_turns_and_scores_are_plain_json() -> None:
    for told in (
        turn(PASSAGE, 1, ["x"]).to_json(),
        explain("1", tried="0.0:opened").to_json(),
        score(PASSAGE, [["opened"]]).to_json(),
    ):
        assert json.loads(json.dumps(told)) == told


def test_what_cannot_be_is_named() -> None:
    for call, wanted in [
        (lambda: turn("Too short a", 0), "no word to guess"),
        (lambda: turn(PASSAGE, 10), "position must be .* from 0 to 9"),
        (lambda: turn("", 0), "no text"),
        (lambda: turn(PASSAGE, 0, "opened"), "as a list of at most 100 words"),  # type: ignore[arg-type]
        (lambda: turn(PASSAGE, 0, [1]), "as a list of at most 100 words"),  # type: ignore[list-item]
        (lambda: score(PASSAGE, []), "first 1 to 10 hidden words"),
        (lambda: score(PASSAGE, [["a"]] * 11), "first 1 to 10 hidden words"),
        (lambda: score(PASSAGE, [["a", "b"]]), "please guess on until each is"),
        (lambda: score(PASSAGE, [[]]), "please guess on until each is"),
        (lambda: score(PASSAGE, [["a"] * 101]), "as a list of at most 100 words"),
    ]:
        with pytest.raises(ValueError, match=wanted):
            call()


def right(position: int, passage: str = "1") -> str:
    """The hidden word at a position of a passage."""
    offered = turn(passage, position).choices
    return next(word for word in offered if turn(passage, position, [word]).found)


def test_a_game_goes_on_word_by_word_and_ends_with_the_score() -> None:
    trace = explain("1")
    for position in range(ROUND):
        asked = turn("1", position)
        assert (trace.turn, trace.score) == (asked, None)
        assert "".join(trace.tokens) == asked.text
        found = right(position)
        wrong = next(word for word in asked.choices if word != found)
        trace = explain("1", game=kept(trace), tried=f"{position}.0:{wrong}")
        assert (trace.turn.tries, trace.last) == ([wrong], "")
        tried = f"{position}.1:{found.upper()}"
        trace = explain("1", game=kept(trace), tried=tried)
        assert trace.last == found
        assert [number for number in trace.found_at if number is not None] == [2] * (position + 1)
        again = explain("1", game=kept(trace), tried=tried)  # the same event once more
        assert again.guesses == trace.guesses
    assert "".join(trace.tokens) == PASSAGE
    assert trace.score == score("1", trace.guesses)
    late = explain("1", game=kept(trace), tried=f"{ROUND - 1}.2:late")
    assert late.score == trace.score


def kept(trace: Trace) -> str:
    """What the browser keeps of a game."""
    return to_json(trace.passage, trace.guesses)


def test_the_passage_is_not_told_before_it_is_found() -> None:
    trace = explain("3")
    rest = PASSAGES[2].removeprefix(trace.turn.text).strip()
    for told in (rest, " ".join(rest.split()[1:4])):
        assert told not in json.dumps(trace.to_json())
    assert trace.turn.answer == ""


def test_a_text_of_ones_own_is_a_passage_too() -> None:
    text = "The old man sat down by the fire and"
    trace = explain("own", text)
    assert trace.turn == turn(text)
    assert trace.turn.count == 6
    assert trace.passage == text


def test_a_number_is_no_passage_where_the_text_is_asked_for() -> None:
    with pytest.raises(ValueError, match="There is no word to guess"):
        explain("own", "1")


def test_a_game_belongs_to_the_text_as_it_was_read() -> None:
    text = "SHE OPENED THE DOOR AND SAW A BIG DOG"
    begun = explain("own", text, tried=f"0.0:{explain('own', text).turn.choices[0]}")
    kept = to_json(begun.passage, begun.guesses)
    assert explain("own", text, game=kept).guesses == begun.guesses
    assert explain("own", text, game=kept, as_typed=True).guesses == [[]]


def test_a_game_of_many_long_guesses_goes_on_until_the_hundredth_at_a_word() -> None:
    trace = explain("1")
    for number in range(MOST_TRIES):
        game = to_json(trace.passage, trace.guesses)
        assert GAME.check(game) == game
        trace = explain("1", game=game, tried=f"0.{number}:{'x' * 50}{number}")
    with pytest.raises(ValueError, match="guess number 101 at this word; please begin a new game"):
        explain("1", game=to_json(trace.passage, trace.guesses), tried=f"0.{MOST_TRIES}:opened")
    assert GAME.longest > 10 * MOST_TRIES * TRIED.longest


@pytest.mark.parametrize("game", ["", "1", "[1, 2]", '["1", "x"]', '["2", [["a"]]]', "[" * 9999,
                                  '["1", []]', '["1", [["a"],["a"],["a"],["a"],["a"],["a"],["a"],'
                                  '["a"],["a"],["a"],["a"]]]'])  # fmt: skip
def test_what_is_no_game_of_this_passage_begins_anew(game: str) -> None:
    assert explain("1", game=game).guesses == [[]]


@pytest.mark.parametrize("tried", ["", ":", "0.0: ", "1.0:window", "0.1:opened", "opened"])
def test_what_is_no_new_guess_changes_nothing(tried: str) -> None:
    assert explain("1", tried=tried) == explain("1")
