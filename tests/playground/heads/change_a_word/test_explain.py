"""A changed word: the oracle is the model reading the changed text."""

import json

import numpy as np
import pytest

from playground.heads.change_a_word.explain import MASKED, explain, moved, split
from playground.reading.looks import looked
from playground.reading.translating import load
from seq_models import PAD
from seq_models.translate import translate

TEXT = "Le petit chat dort."
ENGLISH = "The old man sat down"


@pytest.mark.parametrize("stack", ["encoder", "decoder", "cross", "language"])
@pytest.mark.parametrize("change", ["replace", "mask", "swap"])
def test_rows_sum_to_one_and_the_answer_is_plain(stack: str, change: str) -> None:
    text = ENGLISH if stack == "language" else TEXT
    trace = explain(text, stack, change, "dog" if stack == "language" else "chien", 3, 1, 2)
    np.testing.assert_allclose(trace.after.sum(axis=1), 1, atol=1e-5)
    assert trace.before.shape == trace.after.shape == (len(trace.rows), len(trace.columns))
    assert len(trace.changed_columns) == len(trace.columns)
    assert 0 <= trace.moved.min() <= trace.moved.max() <= 1
    assert json.loads(json.dumps(trace.to_json())) == trace.to_json()


def test_a_replaced_word_is_the_text_with_that_word() -> None:
    """Oracle: the same sentence typed with the other word."""
    trace = explain(TEXT, "encoder", "replace", "chien", 3, 2, 5)
    other = looked("Le petit chien dort.", "encoder")
    np.testing.assert_allclose(trace.after, other.merged_weights[1, 4], atol=1e-5)
    assert trace.changed_words == ["Le", "petit", "chien", "dort", "."]
    assert trace.changed_written == other.translation
    assert trace.written == looked(TEXT, "encoder").translation


def test_the_word_itself_in_its_place_changes_nothing() -> None:
    for stack in ("encoder", "cross"):
        trace = explain(TEXT, stack, "replace", "chat", 3)
        np.testing.assert_allclose(trace.after, trace.before, atol=1e-6)
        assert trace.moved.max() == pytest.approx(0, abs=1e-6)
        assert {mark for _, mark in trace.difference} == {"same"}


def test_after_a_swap_each_word_is_compared_with_where_it_stood() -> None:
    """Oracle: the head's look at both sentences as they are typed."""
    trace = explain(TEXT, "encoder", "swap", "", 2, 2, 5)
    assert trace.changed_text == "Le chat petit dort."
    then, now = (
        looked(text, "encoder").merged_weights[1, 4] for text in (TEXT, trace.changed_text)
    )
    order = [trace.rows.index(word) for word in trace.changed_rows]
    assert [place - 1 for place in trace.row_origins] == order
    np.testing.assert_allclose(trace.before_there, then[order][:, order], atol=1e-5)
    np.testing.assert_allclose(trace.after, now, atol=1e-5)
    half = np.abs(now - then[order][:, order]).sum(axis=1).mean() / 2
    assert trace.moved[1, 4] == pytest.approx(half, abs=1e-5)
    cross = explain(TEXT, "cross", "swap", "", 2)
    assert cross.row_origins == [*range(1, len(cross.rows) + 1)]


def test_the_changed_text_is_as_it_is_typed() -> None:
    trace = explain("L'ami que j'ai vu dort.", "encoder", "replace", "chien", 8)
    assert trace.text == "L'ami que j'ai vu dort."
    assert trace.changed_text == "L'ami que j'ai chien dort."


def test_nobody_looks_at_a_masked_word() -> None:
    for stack in ("encoder", "cross"):
        trace = explain(TEXT, stack, "mask", "", 3)
        assert trace.changed_columns[2] == MASKED
        assert trace.after[:, 2].max() == 0
        assert trace.before[:, 2].max() > 0


def test_a_masked_translation_is_that_of_padding() -> None:
    network, tokenizer = load("transformer")
    ids = looked(TEXT, "encoder").keys.ids
    groups = split(tokenizer, ids)
    assert sum(groups, []) == ids
    assert PAD not in ids
    (search,) = translate(network, tokenizer, TEXT)
    assert explain(TEXT, "encoder", "mask").written == tokenizer.decode(search.hypotheses[0].tokens)


def test_swapped_words_change_places() -> None:
    trace = explain(TEXT, "encoder", "swap", "", 2)
    assert trace.changed_words == ["Le", "chat", "petit", "dort", "."]
    with pytest.raises(ValueError, match="there is none to swap with"):
        explain(TEXT, "encoder", "swap", "", 5)


def test_more_or_less_than_one_word_is_refused() -> None:
    for other in ("", "un chien", "l'eau", "un\nchien"):
        with pytest.raises(ValueError, match="^Please give one word.*[.]$"):
            explain(TEXT, "encoder", "replace", other, 3)


def test_a_look_that_goes_elsewhere_altogether_has_moved_by_one() -> None:
    here, there = np.eye(2)[None, None], np.eye(2)[::-1][None, None]
    assert moved(here, there).tolist() == [[1.0]]
    assert moved(here, here).tolist() == [[0.0]]
    assert moved(here, (here + there) / 2).tolist() == [[0.5]]


def test_a_word_that_is_none_or_that_nobody_knows_says_why() -> None:
    with pytest.raises(ValueError, match='without apostrophe or hyphen, not "aujourd\'hui"'):
        explain(TEXT, "encoder", "replace", "aujourd'hui", 3)
    with pytest.raises(ValueError, match="The model does not know"):
        explain(TEXT, "encoder", "replace", "☃", 3)
    with pytest.raises(ValueError, match="The model does not know"):
        explain("Once upon a time", "language", "replace", "xyzzy", 3)
    assert "sister" in explain("Once upon a time", "language").changed_words


@pytest.mark.parametrize(
    ("text", "word", "other", "typed"),
    [
        ("C'est l'ami de Paul.", 6, "enfant", "C'est l'enfant de Paul."),
        ("Il y a un chat ici.", 5, "x", "Il y a un x ici."),
        ("Il a deux euros.", 4, "ê", "Il a deux ê."),
        ("Oui, merci.", 2, "!", "Oui! merci."),
        ("Le chat dort.", 1, "Mon", "Mon chat dort."),
    ],
)
def test_a_word_is_read_in_its_place_as_if_it_had_been_typed_there(
    text: str, word: int, other: str, typed: str
) -> None:
    trace = explain(text, "encoder", "replace", other, word, as_typed=True)
    assert trace.changed_text == typed
    assert trace.changed_written == explain(typed, "encoder", "mask", as_typed=True).written


def test_what_the_model_does_not_know_is_told_as_that() -> None:
    with pytest.raises(ValueError, match="does not know 'N日本'"):
        explain(TEXT, "encoder", "replace", "N日本", 3)


@pytest.mark.parametrize(("text", "stack"), [("la la", "encoder"), ("the the", "language")])
def test_two_equal_words_are_not_swapped(text: str, stack: str) -> None:
    with pytest.raises(ValueError, match="the same to this model"):
        explain(text, stack, "swap", word=1, as_typed=True)


def test_an_english_word_after_a_hyphen_is_read_as_if_it_had_been_typed_there() -> None:
    trace = explain("A well-known man", "language", "replace", "made", 4, as_typed=True)
    assert trace.changed_text == "A well-made man"
    typed = explain("A well-made man", "language", "replace", "made", 4, as_typed=True)
    assert trace.changed_words == typed.words
    np.testing.assert_allclose(trace.after, typed.before, atol=1e-6)
