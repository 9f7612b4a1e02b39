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


def test_gates_are_told_or_that_there_are_none() -> None:
    assert "most memory is kept at “b” (75 %)" in told.gates(
        ["a", "b"], np.array([0.5, 0.75]), "gru"
    )
    assert "keeps every word" in told.gates(["a"], None, "transformer")
    assert "no gates" in told.gates(["a"], None, "rnn")


def test_looking_back_names_the_strongest_by_each_way_and_whether_they_agree() -> None:
    values = np.array([1.0, -3.0]), np.array([2.0, -1.0])
    sentence = told.look_back(["a", " b"], ("cat", 0.5), values, (1.0, 0))
    assert "most on “b” (−3.0 bits)" in sentence
    assert "on “a” (+2.0 bits)" in sentence
    assert "agree (Spearman 1.00), least about “a”" in sentence
    assert "disagree" in told.look_back(["a", " b"], ("cat", 0.5), values, (-0.5, 0))
    assert "Spearman" not in told.look_back(["a", " b"], ("cat", 0.5), values, (None, None))


def test_the_four_are_told_by_their_likeliest_word_that_is_one() -> None:
    model = (["⟨unknown⟩", "cat"], np.array([0.5, 0.25]), 8.0)
    assert told.four({"GRU": model}) == "GRU expects “cat” (25 %; perplexity so far 8)."


def test_missing_measurements_are_said_to_be_missing() -> None:
    assert "not been measured" in told.curves({})
    assert "GRU: 128 with 1 word of context, 53.4 with all" in told.curves(
        {"GRU": [(1, 128.0), (None, 53.4)]}
    )
    worse_again = {"Transformer": [(1, 128.0), (32, 52.0), (None, 63.5)]}
    assert "63.5 with all (best, 52, with 32)" in told.curves(worse_again)


def test_sums_have_the_sentences_numbers_and_their_result() -> None:
    lines = sums.perplexity(np.array([1.0, 3.0]), 4.0, 5.0, 8.0)
    assert "2^((1.00 + 3.00) / 2) = 2^2.0000 = 4.00" in lines
    assert "with ⟨end⟩: 2^((4.00 + 5.00) / 3) = 8.00" in lines
    assert sums.added([1.0, -2.0]) == "1.00 + (−2.00)"
    assert sums.added([1.0] * 9).endswith("+ …")
    assert any(
        "1/3 log2 3/1 + 2/3 log2 3/2 = 0.918 bits" in line for line in sums.bound([2, 1, 2], 0.9183)
    )
    gru = sums.unit("gru", "cat", [0.5, 0.25], {"update": 0.75, "reset": 0.1}, 9)
    assert "z = 0.7500, so 0.2500 = 0.2500 n + 0.7500 · 0.5000" in gru[1]
