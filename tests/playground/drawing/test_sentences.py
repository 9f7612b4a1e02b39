"""What several figures say alike: marks are no words, and numbers are people's."""

import numpy as np
import pytest

from playground.drawing import brief
from playground.drawing.sentences import cited, counted, likeliest, marked, real


def test_a_mark_is_no_word_and_its_share_is_told() -> None:
    words = ["⟨unknown⟩", "cat", "⟨end⟩"]
    shares = np.array([0.5, 0.25, 0.125])
    assert real(words) == [1]
    assert marked(words, shares) == " ⟨unknown⟩ holds 50 %. ⟨end⟩ holds 12.5 %."
    assert marked(words[:1], shares, shares / 2) == " ⟨unknown⟩ holds 50 %, then 25 %."
    assert marked(["cat"], shares) == ""


@pytest.mark.parametrize(
    ("number", "text"),
    [(3.9e-5, "0.000039"), (53.42, "53.4"), (50.0, "50"), (-2.5, "−2.5"), (12345.6, "12,300")],
)
def test_a_brief_number_has_three_digits_and_no_power_of_ten(number: float, text: str) -> None:
    assert brief(number) == text


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("under the bed", "“under the bed”."), ("I see.", "“I see.”"), ("Oh!", "“Oh!”")],
)
def test_a_text_is_cited_as_a_sentence(text: str, sentence: str) -> None:
    assert cited(text) == sentence


def test_one_thing_is_counted_as_one() -> None:
    assert counted(1, "word") == "1 word"
    assert counted(2_000, "word") == "2,000 words"
    assert counted(0, "beginning is", "beginnings are") == "0 beginnings are"


def test_the_likeliest_of_either_reading_are_chosen_in_their_order() -> None:
    words = ["⟨end⟩", "a", "b", "c", "d"]
    before = np.array([0.9, 0.5, 0.3, 0.1, 0.0])
    after = np.array([0.9, 0.0, 0.0, 0.2, 0.4])
    assert likeliest(words, before, after, 3) == [1, 2, 4]
