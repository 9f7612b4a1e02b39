"""The spotlight with the pieces of words joined: nothing is lost, marks stay apart."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.reading.pieces import joined, merge, word_groups
from playground.reading.translating import load, spotlight

TEXTS = ["Où est la gare ?", "Je n'ai pas vu Zsófia Fëanor depuis 1987…", "Il☃ a plu — « hier »."]


def groups(sizes: list[int]) -> list[int]:
    """The group of each member, given each group's size."""
    return [group for group, size in enumerate(sizes) for _ in range(size)]


SIZES = st.lists(st.integers(1, 4), min_size=1, max_size=6)


@settings(max_examples=50, deadline=None)
@given(SIZES, SIZES, st.integers(0, 2**31))
def test_merging_keeps_every_sum(rows: list[int], columns: list[int], seed: int) -> None:
    weights = np.random.default_rng(seed).random((sum(rows), sum(columns)))
    merged = merge(weights, groups(rows), groups(columns))
    assert merged.shape == (len(rows), len(columns))
    whole = weights.sum(axis=1)
    means = [whole[np.equal(groups(rows), word)].mean() for word in range(len(rows))]
    np.testing.assert_allclose(merged.sum(axis=1), means)
    of_columns = [weights[:, np.equal(groups(columns), c)].sum() for c in range(len(columns))]
    np.testing.assert_allclose((merged * np.array(rows)[:, None]).sum(axis=0), of_columns)


def test_merging_single_pieces_changes_nothing() -> None:
    weights = np.random.default_rng(0).random((3, 4))
    np.testing.assert_array_equal(merge(weights, [0, 1, 2], [0, 1, 2, 3]), weights)


@pytest.mark.parametrize("text", TEXTS)
def test_merged_rows_sum_to_one_and_the_probability_of_the_whole_stays(text: str) -> None:
    pieces, words = spotlight(text, False, True), spotlight(text, True, True)
    assert words.weights.shape == (len(words.target), len(words.source))
    np.testing.assert_allclose(words.weights.sum(axis=1), 1, atol=1e-5)
    assert np.prod(words.probabilities) == pytest.approx(np.prod(pieces.probabilities))
    assert words.translation == pieces.translation
    assert words.log_probability == pieces.log_probability
    assert "".join(words.source) == re.sub("[·␣]", "", "".join(pieces.source))


def test_the_words_are_those_that_were_typed() -> None:
    words = spotlight("Je n'ai pas vu Zsófia depuis 1987.", True, False).source
    typed = ["Je", "n", "'", "ai", "pas", "vu", "Zsófia", "depuis", "1987", ".", "⟨end⟩"]
    assert words == typed


def test_marks_and_punctuation_stand_alone() -> None:
    _, tokenizer = load("attention")
    for text in TEXTS:
        ids = [1, *tokenizer.encode(text), 2]
        found = word_groups(tokenizer, ids)
        assert found[0] == 0
        assert set(np.diff(found)) <= {0, 1}
        for number, group in zip(ids, found, strict=True):
            apart = number <= 3 or not tokenizer.piece(number).strip("▁").isalnum()
            if apart and tokenizer.piece(number) != "▁":
                members = [i for i, g in zip(ids, found, strict=True) if g == group]
                assert [i for i in members if tokenizer.piece(i) != "▁"] == [number]


def test_labels_of_pieces_become_labels_of_words() -> None:
    labels = ["Z", "·s", "·ó", "'", "·a", "␣", "·q", "·", "⟨end⟩"]
    assert joined(labels, [0, 0, 0, 1, 2, 3, 3, 4, 5]) == ["Zsó", "'", "a", "q", "·", "⟨end⟩"]
