"""The films of the real translators: whole, and told of the moment that is looked at."""

import numpy as np
import pytest

from playground.learning.films import FILES, film
from playground.learning.real_translators import INSTRUMENT, MOMENTS
from playground.learning.real_translators.explain import WITHOUT, explain
from playground.learning.real_translators.figures import figures

kinds = pytest.mark.parametrize("kind", FILES)


@kinds
def test_a_film_goes_from_nothing_to_a_translator(kind: str) -> None:
    found = film(kind)
    steps = [scene.step for scene in found.scenes]
    assert len(steps) == MOMENTS
    assert steps == sorted(set(steps))
    assert (steps[0], steps[-1]) == (0, found.steps)
    assert found.scenes[0].bleu < 1 < found.scenes[-1].bleu <= 100


@kinds
def test_its_attention_and_probabilities_are_shares_of_the_pieces(kind: str) -> None:
    found = film(kind)
    for scene in found.scenes:
        assert len(scene.sentences) == len(found.sentences)
        for one in scene.sentences:
            assert one.weights.shape == (len(one.written), len(one.source))
            assert np.allclose(one.weights.sum(axis=1), 1, atol=0.01)
            assert one.known_probabilities.shape == (len(one.known),)
            assert 0 <= one.known_probabilities.min() <= one.known_probabilities.max() <= 1


def test_the_two_films_are_of_two_models() -> None:
    one, other = map(film, FILES)
    assert one.parameters != other.parameters
    assert one.sentences == other.sentences


def test_an_answer_holds_the_scenes_of_its_sentence() -> None:
    told = explain("transformer", sentence=2, moment=1).to_json()
    assert told["sentences"][1][0] == "Je t'aime."
    assert [one["step"] for one in told["scenes"]][0] == 0
    assert {"".join(one["sentence"]["source"][:2]) for one in told["scenes"]} == {"Jet"}


def test_there_is_none_without_attention_and_a_note_says_so() -> None:
    assert list(explain("summary").notes) == [WITHOUT]
    assert explain("summary").scenes == explain("attention").scenes


def test_picking_a_row_a_sentence_or_a_point_goes_there() -> None:
    shown = figures(explain("transformer", moment=3))
    picks = {figure.name: figure.pick for figure in INSTRUMENT.figures if figure.pick}
    marks = shown["became"].picture.to_json()["marks"]
    keys = {mark["key"] for mark in marks if mark.get("key")}
    assert {"m1", f"m{MOMENTS}", "s1", "s6"} <= keys
    assert picks["became"]("s6") == {"sentence": 6}
    assert picks["became"]("m7") == {"moment": 7}
    assert picks["bleu"]("40") == {"moment": 40}
