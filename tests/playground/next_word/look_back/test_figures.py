"""Looking back, told: bars to both sides by their bits, and who agrees with whom."""

import numpy as np

from playground.drawing import Box, Drawing, Word
from playground.next_word.look_back.explain import Trace
from playground.next_word.look_back.figures import figures, formula, picture, sentence


def traced(
    gradient: list[float],
    left_out: list[float],
    agreement: tuple[float | None, int | None] = (None, None),
    likeliest: tuple[str, ...] = ("cat", "dog"),
    word: str = "cat",
) -> Trace:
    """A trace of two words with these values."""
    words, values = ["a", " b"], (np.array(gradient), np.array(left_out))
    return Trace("gru", words, word, 0.5, list(likeliest), *values, *agreement)


def boxes(drawing: Drawing) -> dict[str, Box]:
    """The bars by their titles."""
    return {m.title: m for m in drawing.marks if isinstance(m, Box) and "bits" in m.title}


def test_the_strongest_by_each_way_are_named_and_whether_they_agree() -> None:
    told = sentence(traced([1.0, -3.0], [2.0, -1.0], (1.0, 0)))
    assert "“cat” has 50 %" in told
    assert "“b” counts most (−3.0 bits, against it); by leaving out, “a” counts most (+2.0" in told
    assert told.endswith("agree (Spearman 1.00).")
    apart = sentence(traced([1.0, -3.0], [2.0, -1.0], (0.8, 0)))
    assert apart.endswith("agree (Spearman 0.80), least about “a”.")
    opposed = sentence(traced([1.0, -3.0], [2.0, -1.0], (-0.5, 0)))
    assert opposed.endswith("disagree (Spearman −0.50), most about “a”.")
    assert "Spearman" not in sentence(traced([1.0, -3.0], [2.0, -1.0]))
    apart = sentence(traced([1.0, -3.0], [2.0, -1.0], (-0.003, 0)))
    assert apart.endswith("have nothing in common (Spearman 0.00).")


def test_equal_words_count_alike_and_nothing_counts_where_all_is_zero() -> None:
    told = sentence(traced([-0.04, 0.01], [-2.0, -2.01]))
    assert "By gradient × input no word counts; by leaving out, 2 words count most alike" in told
    assert "among them “a” (−2.0 bits, against it)." in told
    assert "about" not in sentence(traced([1.0, -3.0], [2.0, -1.0], (-0.5, None)))


def test_bars_go_to_both_sides_of_zero_by_their_bits_on_one_scale() -> None:
    found = boxes(picture(traced([2.0, -1.0], [4.0, 0.5])))
    right, left = (
        found["a, gradient × input: +2.000000 bits"],
        found["b, gradient × input: -1.000000 bits"],
    )
    assert right.x == left.x + left.width
    assert right.width == 2 * left.width
    assert (right.colour, left.colour) == ("accent", "negative")
    assert found["a, left out: +4.000000 bits"].width == 2 * right.width


def test_nothing_is_drawn_outside_whatever_the_signs() -> None:
    for sign in (1.0, -1.0, 0.0):
        drawn = picture(traced([3.0 * sign, sign], [sign, sign]))
        assert all(m.x >= 0 and m.x + m.width <= drawn.width for m in boxes(drawn).values())


def test_words_to_look_back_from_can_be_picked() -> None:
    drawn = picture(traced([1.0, 1.0], [1.0, 1.0], word="dog"))
    picks = [m for m in drawn.marks if isinstance(m, Word) and m.key]
    assert [(pick.key, pick.strong) for pick in picks] == [("cat", False), ("dog", True)]


def test_a_word_that_is_not_offered_can_be_looked_back_from() -> None:
    assert figures(traced([1.0, 1.0], [1.0, 1.0], word="⟨end⟩"))["back"].sentence.startswith(
        "“⟨end⟩” has"
    )


def test_the_sum_has_both_values_of_the_last_word() -> None:
    lines = formula(traced([2.0, -1.0], [4.0, 0.5]))
    assert "b → cat: −1.0000 bits" in lines
    assert "b → cat: +0.5000 bits" in lines
