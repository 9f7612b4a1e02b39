"""Shannon's game: the oracles are the models' own probabilities, and counting by hand."""

import json
import math

import numpy as np
import pytest
import torch

from playground.explain import guess, next_word
from tests.playground.explain.test_choice import MODELS, serve_tiny

PASSAGE = guess.PASSAGES[0]
EACH = pytest.mark.parametrize("passage", guess.PASSAGES)


def answers(passage: str) -> list[str]:
    """The hidden words of a passage."""
    reading = next_word.opened(passage, "gru")
    return [guess.answer_of(reading, place) for place in guess.hidden(reading.tokens)]


@EACH
def test_a_passage_is_an_everyday_sentence_that_makes_one_round(passage: str) -> None:
    tokens = next_word.opened(passage, "gru").tokens
    assert 14 <= sum(token.is_word for token in tokens) <= 25
    assert len(guess.hidden(tokens)) == guess.ROUND


@EACH
def test_a_turn_shows_the_text_before_its_word_and_five_choices(passage: str) -> None:
    for position, answer in enumerate(answers(passage)):
        turn = guess.turn(passage, position)
        assert passage.startswith(turn.text)
        assert passage[len(turn.text) :].strip().startswith(answer)
        assert len({guess.plain(choice) for choice in turn.choices}) == len(turn.choices) == 5
        assert answer in turn.choices
        assert not any(choice.startswith("⟨") for choice in turn.choices)
        assert (turn.found, turn.answer) == (False, "")


def test_wrong_choices_are_likely_words_of_the_models() -> None:
    turn = guess.turn(PASSAGE, 4)
    likely: set[str] = set()
    for model in next_word.MODELS:
        reading = next_word.opened(PASSAGE, model)
        given = guess.log_probabilities(reading)[guess.hidden(reading.tokens)[4]]
        offered = guess.offers(reading.tokenizer, given)
        likely |= {next(offered) for _ in range(5)}
    assert set(turn.choices) - {answers(PASSAGE)[4]} <= likely


def test_the_order_of_the_choices_is_fixed_and_tells_nothing() -> None:
    places, alphabetical = [], 0
    for passage in guess.PASSAGES:
        for position, answer in enumerate(answers(passage)):
            turn = guess.turn(passage, position)
            assert turn.choices == guess.turn(passage, position, ["nothing"]).choices
            places.append(turn.choices.index(answer))
            alphabetical += turn.choices == sorted(turn.choices)
    assert max(places.count(place) for place in range(5)) <= len(places) / 2
    assert set(places) == set(range(5))
    assert alphabetical < len(places) / 4


def test_the_answer_is_told_once_it_is_found_and_not_before() -> None:
    wrong = guess.turn(PASSAGE, 0, ["closed", "broke"])
    assert not wrong.found
    assert wrong.answer == ""
    right = guess.turn(PASSAGE, 0, ["closed", " OPENED "])
    assert right.found
    assert right.answer == "opened"


def test_the_first_three_words_punctuation_and_unknown_words_are_never_asked_for() -> None:
    tokens = next_word.opened("A Zzyzxq left, and Zzyzxq came again.", "gru").tokens
    hidden = [tokens[place].text.strip() for place in guess.hidden(tokens)]
    assert hidden == ["and", "came", "again"]


@pytest.mark.parametrize("model", MODELS)
def test_a_models_guess_number_is_the_rank_of_the_word_among_words(
    model: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Oracle: the model's own pass; ⟨marks⟩ and punctuation aside, each word in one case."""
    serve_tiny(monkeypatch)
    text = "the cat sees the big red train and the dog likes a tree"
    reading = next_word.opened(text, model)
    places = guess.hidden(reading.tokens)
    played = guess.play(reading, places)
    with torch.inference_mode():
        probabilities = reading.network(reading.ids)[0][0].softmax(-1)
    names = [next_word.word_of(reading.tokenizer, n) for n in range(reading.tokenizer.vocab_size)]
    for place, number in zip(places, played.guess_numbers, strict=True):
        answer = guess.plain(guess.answer_of(reading, place))
        best: dict[str, float] = {}
        for name, probability in zip(names[4:], probabilities[place, 4:].tolist(), strict=True):
            if any(map(str.isalnum, name)):
                best[guess.plain(name)] = max(best.get(guess.plain(name), 0), probability)
        assert number == 1 + sum(one > best[answer] for one in best.values())
    whole = next_word.explain(text, model).surprisal_bits[places].mean()
    assert played.surprisal_bits == pytest.approx(whole, abs=1e-4)
    assert played.accuracy == np.mean([number == 1 for number in played.guess_numbers])


def test_a_person_is_scored_by_the_guess_that_found_each_word() -> None:
    words = answers(PASSAGE)[:4]
    guesses = [[words[0].upper()], ["no", words[1]], ["no", "NO", "never", words[2]], [words[3]]]
    score = guess.score(PASSAGE, guesses)
    assert score.words == words
    assert score.person.guess_numbers == [1, 2, 3, 1]
    assert score.person.accuracy == 0.5
    assert score.person.mean_guess_number == 7 / 4
    assert score.person.bound_bits == pytest.approx(1.5)  # 1/2, 1/4, 1/4
    assert score.person.surprisal_bits is None
    assert list(score.models) == list(next_word.MODELS)
    assert all(len(played.guess_numbers) == 4 for played in score.models.values())


@pytest.mark.parametrize(
    ("numbers", "bits"),
    [([1], 0), ([3, 3, 3], 0), ([1, 2], 1), ([1, 2, 3, 4], 2), ([1, 1, 1, 9], 0.8112781244591328)],
)
def test_the_bound_is_the_entropy_of_the_guess_numbers(numbers: list[int], bits: float) -> None:
    assert guess.bound(numbers) == pytest.approx(bits)
    assert math.copysign(1, guess.bound(numbers)) == 1


def test_turns_and_scores_are_plain_json() -> None:
    for told in (
        guess.turn(PASSAGE, 1, ["x"]).to_json(),
        guess.score(PASSAGE, [["opened"]]).to_json(),
    ):
        assert json.loads(json.dumps(told)) == told


def test_what_cannot_be_is_named() -> None:
    for call, wanted in [
        (lambda: guess.turn("Too short a", 0), "no word to guess"),
        (lambda: guess.turn(PASSAGE, 10), "position must be .* from 0 to 9"),
        (lambda: guess.turn("", 0), "no text"),
        (lambda: guess.turn(PASSAGE, 0, "opened"), "as a list of at most 100 words"),
        (lambda: guess.turn(PASSAGE, 0, [1]), "as a list of at most 100 words"),
        (lambda: guess.score(PASSAGE, []), "first 1 to 10 hidden words"),
        (lambda: guess.score(PASSAGE, [["a"]] * 11), "first 1 to 10 hidden words"),
        (lambda: guess.score(PASSAGE, [["a", "b"]]), "please guess on until one does"),
        (lambda: guess.score(PASSAGE, [[]]), "please guess on until one does"),
        (lambda: guess.score(PASSAGE, [["a"] * 101]), "as a list of at most 100 words"),
    ]:
        with pytest.raises(ValueError, match=wanted):
            call()
