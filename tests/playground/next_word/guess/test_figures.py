"""Shannon's game, told: what is left to pick, what was found, how everyone did."""

import json

import pytest

from playground.drawing import Box, Drawing, Word
from playground.instrument import Shown
from playground.next_word.guess import AGAIN, INSTRUMENT, PASSAGES, picked
from playground.next_word.guess.explain import explain, turn
from playground.next_word.guess.figures import bound, figures, kept, sentence
from playground.next_word.guess.game import to_json
from playground.next_word.guess.players import Player, Score, player
from playground.reading.models import LANGUAGE_MODELS

OWN = "the cat sees the big red train. the dog likes a tree."
WORDS = ["the", "big", "red", "train", "the", "dog", "likes", "a", "tree"]


def marks(shown: Shown) -> list[Word]:
    assert isinstance(shown.picture, Drawing)
    return [mark for mark in shown.picture.marks if isinstance(mark, Word)]


def keys(shown: Shown) -> list[str]:
    return [mark.key for mark in marks(shown) if mark.key]


def test_a_game_begins_with_five_choices_and_no_score() -> None:
    found = figures(explain("1"))
    assert set(found) == {"guess-text", "turn"}
    assert found["guess-text"].sentence == f"“{turn('1').text} ____”"
    assert found["turn"].sentence == "Word 1 of 10."
    assert keys(found["turn"]) == [*(f"0.0:{word}" for word in turn("1").choices), AGAIN]


def test_a_picked_key_is_the_guess_and_one_begins_anew() -> None:
    assert picked("0.1:cat") == {"tried": "0.1:cat"}
    assert picked(AGAIN) == {"game": "", "tried": ""}


def test_a_wrong_guess_is_said_to_be_and_cannot_be_picked_again() -> None:
    wrong = next(word for word in turn("1").choices if word != "opened")
    found = figures(explain("1", tried=f"0.0:{wrong}"))
    assert found["turn"].sentence == f"Word 1 of 10. Not “{wrong}”."
    assert not any(key.endswith(f":{wrong}") for key in keys(found["turn"]))
    assert [wrong, "tried"] in [list(row) for row in found["turn"].table.body]


def test_a_found_word_stands_in_the_text_with_the_number_of_its_guess() -> None:
    trace = explain("1", game=to_json("1", [["shut"]]), tried="0.1:opened")
    found = figures(trace)
    assert found["turn"].sentence == "“opened” is right, at guess 2. Word 2 of 10."
    assert ["opened", "guess 2"] in [list(row) for row in found["guess-text"].table.body]
    assert "guess 2" in [mark.text for mark in marks(found["guess-text"])]
    assert json.loads(kept(trace)["game"]) == ["1", [["shut", "opened"], []]]


def test_the_end_shows_the_whole_text_and_everyones_figures_on_one_scale_a_column() -> None:
    found = figures(explain("own", OWN, to_json(OWN, [[word] for word in WORDS])))
    assert found["guess-text"].sentence == f"“{OWN}”"
    assert found["turn"].sentence == "“tree” is right, at guess 1."
    assert keys(found["turn"]) == [AGAIN]
    scores = found["scores"]
    assert scores.sentence.startswith("You found 100 % at the first guess, the best of the models")
    names = [model.label for model in LANGUAGE_MODELS.values()]
    assert [row[0] for row in scores.table.body] == ["You", *names]
    assert scores.table.body[0][1:] == ["100 %", "1.0", "0.0", "", *"111111111"]
    assert isinstance(scores.picture, Drawing)
    bars = [mark for mark in scores.picture.marks if isinstance(mark, Box) and mark.title]
    assert len(bars) == 4 * (1 + len(names)) - 1  # a person has no surprisal
    assert [bar.colour for bar in bars if bar.title.startswith("right")][:2] == [
        "negative",
        "accent",
    ]


def test_a_model_added_to_the_table_plays_or_is_said_not_to(tiny: str) -> None:
    can = figures(explain("own", OWN, to_json(OWN, [[word] for word in WORDS])))["scores"]
    assert "Tiny" in [row[0] for row in can.table.body]
    answers = [turn("2", at) for at in range(10)]
    right = [next(w for w in one.choices if turn("2", at, [w]).found)
             for at, one in enumerate(answers)]  # fmt: skip
    cannot = figures(explain("2", game=to_json("2", [[word] for word in right])))["scores"]
    assert cannot.sentence.endswith("for want of some of these words: Tiny.")
    assert "Tiny" not in [row[0] for row in cannot.table.body]


def test_the_bound_is_written_out() -> None:
    lines = bound(player([2, 1, 2]))
    assert "your guesses: 2, 1, 2" in lines
    assert any("1/3 log2 3/1 + 2/3 log2 3/2 = 0.918 bits" in line for line in lines)


@pytest.mark.parametrize("passage", range(1, 6))
def test_the_page_does_not_tell_a_passage_before_it_is_found(passage: int) -> None:
    shown = figures(explain(str(passage)))
    told = json.dumps([one.sentence for one in shown.values()], ensure_ascii=False)
    text = PASSAGES[passage - 1]
    assert " ".join(text.split()[4:7]) not in told
    assert set(shown) < {figure.name for figure in INSTRUMENT.figures}


def test_of_several_best_models_each_is_named_with_its_own_bound() -> None:
    players = {
        name: Player([1], accuracy, 1.0, bound_bits, 1.0)
        for name, accuracy, bound_bits in (("rnn", 0.3, 2.6), ("gru", 0.3, 2.4), ("lstm", 0.2, 2.0))
    }
    told = sentence(
        Score("a", ["a"], Player([1], 0.5, 1.0, 1.5, None), players, []),
        {"rnn": "RNN", "gru": "GRU", "lstm": "LSTM"},
    )
    assert "the best of the models (RNN, GRU) 30 %." in told
    assert told.endswith("at 1.5 bits a word, RNN's at 2.6 and GRU's at 2.4.")


def test_a_guess_made_twice_is_told_once() -> None:
    trace = explain("1", game=to_json("1", [["zebra", "Zebra", "zebra", "cat"]]))
    assert figures(trace)["turn"].sentence.endswith("Not “zebra”, “cat”.")
