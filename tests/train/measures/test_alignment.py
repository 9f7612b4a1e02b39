"""Alignment: links drawn by hand, and weights made for them."""

from pathlib import Path

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from seq_models.tokenizer import train_pieces
from tests.folders import LINES
from tests.tiny import ATTENTIVE, model
from train.measures.alignment import (
    Pair,
    cross_attention,
    error_rate,
    error_rates,
    links,
    read_gold,
    spell,
    words_of,
)

SURE = frozenset({(0, 0), (2, 1)})
PAIR = Pair(["le", "chat", "noir"], ["the", "black"], SURE, SURE | {(1, 0)})


def test_the_error_rate_is_its_formula() -> None:
    assert error_rate([SURE], [PAIR]) == 0
    assert error_rate([frozenset({(0, 0), (1, 0)})], [PAIR]) == pytest.approx(1 - 3 / 4)
    assert error_rate([frozenset({(2, 0)})], [PAIR]) == 1
    both = error_rate([SURE, frozenset({(2, 0)})], [PAIR, PAIR])
    assert both == pytest.approx(1 - 4 / 7)


def test_a_word_is_linked_to_the_word_whose_pieces_it_looks_at_most() -> None:
    weights = torch.tensor([[0.4, 0.3, 0.3, 0.0], [0.1, 0.0, 0.1, 0.8], [0.5, 0.0, 0.0, 0.5]])
    assert links(weights, rows=[0, 1, 1], columns=[0, 1, 1, 2]) == {(1, 0), (2, 1)}


WORDS = st.lists(st.sampled_from([*"(-',.?", "le", "chat", "aujourd'hui", "42"]), min_size=1)


@settings(max_examples=60, deadline=None)
@given(WORDS)
def test_every_token_belongs_to_the_word_that_it_is_part_of(words: list[str]) -> None:
    tokenizer = train_pieces(LINES, 60)
    text, ends = spell(words)
    assert text.replace(" ", "") == "".join(words)
    spelt = [""] * len(words)
    for token, word in zip(tokenizer.tokens(text), words_of(tokenizer, text, ends), strict=True):
        spelt[word] += token.text.strip()
    assert spelt == words


def test_the_gold_links_are_read_as_the_file_means_them(tmp_path: Path) -> None:
    text, gold = tmp_path / "text", tmp_path / "gold"
    text.write_text("the black   ||| le chat noir  \n", encoding="utf-8")
    gold.write_text("1-1 1p2 2-3\n", encoding="utf-8")
    assert read_gold(text, gold) == [PAIR]
    gold.write_text("3-1\n", encoding="utf-8")
    with pytest.raises(ValueError, match="links a word that .* does not have"):
        read_gold(text, gold)
    gold.write_text("1-1\n1-1\n", encoding="utf-8")
    with pytest.raises(ValueError, match="1 lines, .* has 2"):
        read_gold(text, gold)


@pytest.mark.parametrize("name", ATTENTIVE)
def test_every_layer_and_head_has_a_rate_for_each_reading(name: str) -> None:
    tokenizer = train_pieces(LINES, model(name).decoder.fc_out.out_features)
    rates = error_rates(model(name), tokenizer, [PAIR, PAIR])
    heads = [(0, 0)] if name == "attention" else [(x, y) for x in range(2) for y in range(3)]
    assert list(rates) == heads
    for each in rates.values():
        assert each.keys() == {"same_row", "next_row"}
        assert all(0 <= rate <= 1 for rate in each.values())


def test_the_next_row_is_one_step_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """The weights are made: the first word looks at the second, the second at the first."""
    tokenizer = train_pieces(LINES, 60)
    source, target = ["le", "chat", "là"], ["the", "cat"]
    columns = words_of(tokenizer, *spell(source))
    rows = words_of(tokenizer, *spell(target))
    looks = [1] * rows.count(0) + [0] * rows.count(1) + [2]
    weights = torch.zeros(len(rows) + 1, len(columns) + 1)
    for row, word in enumerate(looks):
        weights[row, columns.index(word)] = 1.0

    class Made:
        decoder_weights = weights.unsqueeze(0)

    monkeypatch.setattr("train.measures.alignment.read", lambda *_: Made())
    same = frozenset({(1, 0), (0, 1)})
    rates = error_rates(model("attention"), tokenizer, [Pair(source, target, same, same)])
    assert rates[0, 0]["same_row"] == 0
    assert rates[0, 0]["next_row"] > 0
    assert list(cross_attention(Made.decoder_weights)) == [(0, 0)]
