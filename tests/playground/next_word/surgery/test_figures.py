"""Memory surgery, told: before and after, back to back on one scale."""

import numpy as np
import pytest

from playground.drawing import Box, Drawing, Word
from playground.next_word.surgery.explain import Reading, Trace
from playground.next_word.surgery.figures import figures, formula, sentence

OLD, NEW = np.array([0.5, 0.25, 0.125]), np.array([0.25, 0.0625, 0.5])


def traced(perplexity: float | None = 8.0) -> Trace:
    """A memory emptied before the second of three words; ⟨unknown⟩ is likeliest before."""
    before, after = (Reading(shares, 3.0, np.ones(3), perplexity) for shares in (OLD, NEW))
    words, text = ["⟨unknown⟩", "cat", "dog"], ["the", " the", " end"]
    return Trace("gru", "reset", 2, None, text, words, before, after, np.log2(NEW / OLD), 0.75)


def drawn() -> Drawing:
    """The picture of it."""
    picture = figures(traced())["surgery"].picture
    assert isinstance(picture, Drawing)
    return picture


def test_both_sides_share_one_scale_and_tell_their_exact_numbers() -> None:
    widths = {m.title: m.width for m in drawn().marks if isinstance(m, Box)}
    assert widths["dog after: 0.500000"] == 2 * widths["cat before: 0.250000"]
    assert widths["cat before: 0.250000"] == 4 * widths["cat after: 0.062500"]


def test_the_change_has_its_sign_in_text_and_colour() -> None:
    colours = {m.text: m.colour for m in drawn().marks if isinstance(m, Word)}
    assert colours["−2.0"] == "negative"
    assert colours["+2.0"] == "accent"


def test_the_word_to_operate_at_is_picked_by_its_place_from_one() -> None:
    picks = [m for m in drawn().marks if isinstance(m, Word) and m.key]
    assert [(pick.key, pick.strong) for pick in picks] == [("1", False), ("2", True), ("3", False)]


def test_a_mark_is_not_among_the_words_but_its_share_is_told() -> None:
    assert "⟨unknown⟩" not in {m.text for m in drawn().marks if isinstance(m, Word)}
    assert sentence(traced()).endswith("⟨unknown⟩ holds 50 %, then 25 %.")
    assert formula(traced())[1] == "cat: log2 0.0625 − log2 0.25 = −2.0000 bits"


def test_what_is_likeliest_after_is_shown_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playground.next_word.surgery.figures.SHOWN", 1)
    shown = {m.text for m in drawn().marks if isinstance(m, Word)}
    assert "dog" in shown
    assert "cat" not in shown


def test_the_sentence_tells_the_change_and_the_rest_of_the_text() -> None:
    told = sentence(traced())
    assert told.startswith("Memory emptied before “the”: the prediction moves by 0.75 bits")
    assert "entropy goes from 3.0 to 3.0 bits. Perplexity of the words it may touch: 8" in told
    assert "It can touch no word of the text" in sentence(traced(None))
