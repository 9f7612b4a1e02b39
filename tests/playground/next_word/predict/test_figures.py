"""What is told of the next word has the numbers that were computed."""

import numpy as np
import pytest

from playground.drawing import Box, Drawing, Word, percent
from playground.instrument import Shown
from playground.next_word.predict import INSTRUMENT
from playground.next_word.predict.explain import Trace, explain
from playground.next_word.predict.figures import BACK, figures, kept
from playground.reading.models import LANGUAGE_MODELS

TEXT = "The old man sat down by the fire and"


def shown(text: str, model: str = "gru", tree: str = "", picked: str = "") -> dict[str, Shown]:
    return figures(explain(text, model), tree, picked)


def marks(one: Shown) -> list[Box | Word]:
    assert isinstance(one.picture, Drawing)
    return [mark for mark in one.picture.marks if isinstance(mark, Box | Word)]


def keys(one: Shown) -> set[str]:
    return {mark.key for mark in marks(one) if mark.key}


def trace(words: list[str], bits: list[float], known: list[bool]) -> Trace:
    """A trace of perplexity 8, or 16 with its end, whose next word is ⟨unknown⟩ or "cat"."""
    return Trace(
        model="gru",
        tokens=words,
        known=known,
        surprisal_bits=np.array(bits),
        next_words=["⟨unknown⟩", "cat"],
        next_probabilities=np.array([0.5, 0.25]),
        continuations=["", "a cat"],
        entropy_bits=2.0,
        perplexity=8.0,
        end_bits=5.0,
        perplexity_ended=16.0,
        memory=np.zeros((len(words), 2)),
        notes=[],
    )


@pytest.mark.parametrize("model", [*LANGUAGE_MODELS, "tiny"])
def test_each_figure_tells_what_explain_computed(model: str, tiny: str) -> None:
    found, computed = shown(TEXT, model), explain(TEXT, model)
    assert list(found) == [figure.name for figure in INSTRUMENT.figures]
    assert f"Perplexity {computed.perplexity:.3g} so far" in found["surprise"].sentence
    assert percent(computed.next_probabilities[0]) in found["next"].sentence
    assert TEXT in found["branches"].sentence


def test_unknown_words_are_framed_explained_and_never_the_most_surprising() -> None:
    told = figures(trace(["a", " zq"], [3.0, 9.0], [True, False]), "", "")["surprise"]
    assert "“a”, 3.0 bits" in told.sentence
    assert "“zq”, not in the vocabulary" in told.sentence
    assert "Perplexity 8 so far, 16 if the text ended here" in told.sentence
    framed = [mark for mark in marks(told) if isinstance(mark, Box) and mark.framed]
    assert [mark.title for mark in framed] == [
        "zq: 9.000000 bits, as for any word outside the vocabulary"
    ]
    only = figures(trace(["zq"], [9.0], [False]), "", "")["surprise"]
    assert "Most" not in only.sentence


def test_the_sum_has_the_sentences_numbers_and_their_result() -> None:
    lines = figures(trace(["a", "b"], [1.0, 3.0], [True] * 2), "", "")["surprise"].formula
    assert "2^((1.00 + 3.00) / 2) = 2^2.0000 = 8.00" in lines
    assert "with ⟨end⟩: 2^((4.00 + 5.00) / 3) = 16.00" in lines


def test_a_mark_is_never_offered_and_its_share_is_told() -> None:
    told = figures(trace(["a"], [1.0], [True]), "", "")["next"]
    assert told.sentence.startswith("Likeliest next: “cat” 25 %. Entropy 2.0 bits")
    assert "⟨unknown⟩ holds 50 %" in told.sentence
    assert keys(told) == {"a cat"}
    assert "⟨unknown⟩" not in [mark.text for mark in marks(told) if isinstance(mark, Word)]
    assert [row[0] for row in told.table.body] == ["cat", "⟨unknown⟩"]


def test_picking_a_next_word_goes_on_with_it() -> None:
    found, computed = shown("My name is")["next"], explain("My name is")
    assert keys(found) == {text for text in computed.continuations if text}
    pick = INSTRUMENT.figures[1].pick
    assert pick is not None
    assert pick("My name is not") == {"text": "My name is not", "picked": "My name is not"}


def test_one_word_back_is_the_text_without_its_last_token() -> None:
    back = next(mark for mark in marks(shown(TEXT + "...")["branches"])
                if isinstance(mark, Word) and mark.text == BACK)  # fmt: skip
    assert back.key == TEXT + ".."
    assert BACK not in [mark.text for mark in marks(shown("The")["branches"])
                        if isinstance(mark, Word)]  # fmt: skip


def test_the_texts_tried_are_kept_and_each_can_be_returned_to() -> None:
    first = kept(explain("The"), "", "")
    second = kept(explain("The cat"), first["tree"], "The cat")
    told = shown("The", tree=second["tree"], picked="The")["branches"]
    assert told.sentence.startswith("2 texts in this tree; you are at “The”.")
    assert keys(told) == {"The", "The cat"}
    assert told.table.body == [["1", "The"], ["2", "The cat"]]
