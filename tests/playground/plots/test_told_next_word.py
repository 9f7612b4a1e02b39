"""Sentences and sums of the Next word tab hold the numbers they were given."""

import numpy as np

from playground.plots import sums_next_word as sums
from playground.plots import told_next_word as told


def test_unknown_words_are_explained_and_never_the_most_surprising() -> None:
    bits = np.array([3.0, 9.0])
    sentence = told.surprise(["a", " zq"], bits, [True, False], 8.0, 16.0)
    assert "“a”, 3.0 bits" in sentence
    assert "“zq”, not in the vocabulary" in sentence
    assert "Perplexity 8 so far, 16 if the text ended here" in sentence
    assert "Most" not in told.surprise(["zq"], bits[1:], [False], 8.0, 16.0)


def test_the_choice_names_seed_word_and_what_each_rule_leaves() -> None:
    rules = {"temperature": 0.8, "top_k": 50, "top_p": 0.9, "seed": 7}
    sentence = told.choice(("cat", 0.125, 3), (50, 12), rules)
    for part in ("Seed 7", "“cat”", "12.5 %", "number 3", "leaves 50 words", "leaves 12"):
        assert part in sentence
    assert "no chance" in told.choice(("cat", 1.0, 1), (1, 1), rules | {"temperature": 0})


def test_sums_have_the_sentences_numbers_and_their_result() -> None:
    lines = sums.perplexity(np.array([1.0, 3.0]), 4.0, 5.0, 8.0)
    assert "2^((1.00 + 3.00) / 2) = 2^2.0000 = 4.00" in lines
    assert "with ⟨end⟩: 2^((4.00 + 5.00) / 3) = 8.00" in lines
    assert sums.added([1.0, -2.0]) == "1.00 + (−2.00)"
    assert sums.added([1.0] * 9).endswith("+ …")
    assert any(
        "1/3 log2 3/1 + 2/3 log2 3/2 = 0.918 bits" in line for line in sums.bound([2, 1, 2], 0.9183)
    )
