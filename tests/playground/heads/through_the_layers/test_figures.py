"""Through the layers, told: from which layer on the translation stands, one word's way."""

from dataclasses import replace

import numpy as np

from playground.drawing import Box, Drawing, Word
from playground.heads.shared import word_picked
from playground.heads.through_the_layers.explain import Expected, Layers, Step, Trace
from playground.heads.through_the_layers.figures import figures

ONES = np.ones(2)
STEPS = [
    Step(1, "attention", ONES, 2 * ONES, 2.5 * ONES, 3 * ONES, np.array([0.5, 1.0])),
    Step(1, "feed-forward", 3 * ONES, ONES, 3 * ONES, 3 * ONES, np.array([2.0, 0.25])),
]
LENS = Layers(["dog", "cat", "cat"], np.array([-5.0, -2, -1]))
TRACE = Trace(
    "decoder", 2, ["⟨start⟩", "cat"], STEPS, LENS, None,
    ["chat", "⟨start⟩", "cat"], np.array([[0.5, 0.5, 0.0], [0.75, 0.0, 0.25]]),
    ["⟨start⟩", "cat"], np.array([0.5, 0.75]), "cat",
)  # fmt: skip


def test_it_is_told_from_which_layer_on_the_translation_stands() -> None:
    said = figures(TRACE)["layers"].sentence
    assert said == (
        "Read from layer 1 the decoder would write “dog”. From layer 2 on it writes “cat”, whose "
        "log-probability grows from −5.0 to −1.0 bits."
    )
    last = replace(TRACE, layers=Layers(["cats", "cat"], np.array([-5.0, -1])))
    assert "Only from the last layer it writes “cat”" in figures(last)["layers"].sentence
    again = replace(TRACE, layers=Layers(["cat", "cats", "cat"], np.array([-5.0, -2, -1])))
    said = figures(again)["layers"].sentence
    assert "From the last layer again it writes “cat”, whose log-probability grows" in said
    back = replace(
        TRACE, layers=Layers(["cat", "cats", "cat", "cat"], np.array([-1.0, -5, -2, -4]))
    )
    said = figures(back)["layers"].sentence
    assert said.endswith(
        "From layer 3 on it writes “cat”, whose log-probability goes from −1.0 to −4.0 bits."
    )
    same = replace(TRACE, layers=Layers(["cat", "cat"], np.array([-1.01, -1.02])))
    assert figures(same)["layers"].sentence.endswith(
        "From layer 1 on it writes “cat”, whose log-probability is −1.0 bits from each."
    )
    between = replace(TRACE, layers=Layers(["cat", "cat", "cat"], np.array([-1.0, -3.0, -1.0])))
    assert figures(between)["layers"].sentence.endswith("begins and ends at −1.0 bits.")


def test_the_language_model_shows_what_each_layer_expects() -> None:
    expected = Expected(
        [["a", "b"], ["a", "sat"], ["on", "ran"]],
        np.array([[0.1, 0.2], [0.3, 0.25], [0.5, 0.75]]),
        np.array([[9, 8], [3, 2], [1, 1]]),
        end=np.array([0.1, 0.05]),
        unknown=np.array([0.01, 0.02]),
    )
    shown = figures(replace(TRACE, stack="language", layers=None, expected=expected))
    assert shown["layers"].sentence == (
        "After “cat” the likeliest word is “ran” (75 %). After layer 1 it stood at place 2, with "
        "25 %."
    )
    said = shown["layers-expected"].sentence
    assert "20 % (place 8), then 25 % (place 2), then 75 % (place 1)." in said
    ends = replace(expected, end=np.array([0.1, 0.9]))
    shown = figures(replace(TRACE, stack="language", layers=None, expected=ends))
    for name in ("layers", "layers-expected"):
        assert "⟨end⟩ holds 90 %." in shown[name].sentence
        assert "⟨unknown⟩" not in shown[name].sentence


def test_where_a_word_comes_from_and_how_far_it_is_moved_is_told() -> None:
    shown = figures(TRACE)
    assert shown["layers-sources"].sentence == (
        "The largest share of “cat” in the last layer, 75 %, comes from “chat”."
    )
    assert shown["layers-shares"].sentence == (
        "When it has read “cat”, 75 % of the decoder's vector comes from the source and the rest "
        "from the words before. Most comes from the source when it has read “cat” (75 %), least "
        "after “⟨start⟩” (50 %)."
    )
    moved = shown["layers-moves"]
    assert moved.sentence == "The feed-forward of layer 1 moves “⟨start⟩” farthest, by 2.0."
    assert moved.table.body[1][1:] == ["1.0000", "0.2500"]
    assert "the attention of layer 1 adds most: a vector of length 2.00 to one of 1.00" in (
        shown["layers-word"].sentence
    )


def test_words_can_be_picked_in_every_grid() -> None:
    for name in ("layers-sources", "layers-moves"):
        picture = figures(TRACE)[name].picture
        assert isinstance(picture, Drawing)
        keys = {mark.key for mark in picture.marks if isinstance(mark, Box | Word) and mark.key}
        assert [word_picked(key) for key in sorted(keys)] == [{"word": 1}, {"word": 2}]


def test_before_the_encoder_the_decoders_share_of_the_source_is_told_too() -> None:
    shown = figures(replace(TRACE, stack="encoder"))["layers-shares"]
    assert shown.sentence.startswith("Most comes from the source when it has read “cat” (75 %)")
    assert "layers-shares" not in figures(replace(TRACE, stack="language", read_words=[]))


def test_a_cell_of_a_row_that_is_not_picked_is_as_dark_as_its_value() -> None:
    for name in ("layers-moves", "layers-sources"):
        drawings = [figures(replace(TRACE, word=word))[name].picture for word in (1, 2)]
        one, other = (
            [mark.opacity for mark in drawing.marks if isinstance(mark, Box) and mark.title]
            for drawing in drawings
            if isinstance(drawing, Drawing)
        )
        assert one == other


def test_two_parts_that_add_alike_are_both_named() -> None:
    steps = [STEPS[0], replace(STEPS[1], added=np.array([2.0, 2.001]))]
    assert figures(replace(TRACE, steps=steps))["layers-word"].sentence == (
        "To “cat” the attention of layer 1 and the feed-forward of layer 1 add most: vectors of "
        "length 2.00."
    )
