"""Lines to examples: every token is asked for once."""

from hypothesis import given, settings
from hypothesis import strategies as st

from seq_models import END, PAD, START
from seq_models.tokenizer import train_pieces, train_words
from tests.tiny import sentences
from train.engine.data import (
    JOINED_WORDS,
    TALE,
    by_length,
    joined,
    long_texts,
    pad,
    pair_examples,
    text_examples,
)

PAIRS = sentences()
LINES = [source for source, _ in PAIRS]


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 30), st.integers(2, 5), st.integers(0, 50))
def test_joined_pairs_are_pairs_in_a_row_on_both_sides(count: int, most: int, seed: int) -> None:
    pairs = [(f"s{number}", f"t{number}") for number in range(7)]
    longer = joined(pairs, count, most, seed)
    assert longer == joined(pairs, count, most, seed)
    assert len(longer) == count
    for source, target in longer:
        assert target == source.replace("s", "t")
        assert set(source.split()) <= {first for first, _ in pairs}
        assert 2 <= len(source.split()) <= most


def test_of_nothing_nothing_is_joined() -> None:
    assert joined([], 5, 4, 1) == joined(PAIRS, 0, 4, 1) == []


def test_joined_pairs_differ_and_reach_the_most() -> None:
    longer = joined(PAIRS, 200, 4, 1)
    assert len({source.count(".") for source, _ in longer}) == 3
    assert len(set(longer)) > 100


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 12))
def test_windows_of_a_text_predict_each_token_exactly_once(window: int) -> None:
    tokenizer = train_words(LINES, 100)
    lines = ["the cat " * count for count in (1, 3, 8)] + ["a tree."]
    examples = text_examples(tokenizer, lines, window)
    predicted = [token for (row,) in examples for token in row[1:]]
    assert predicted == [t for line in lines for t in (*tokenizer.encode(line), END)]
    assert all(2 <= len(row) <= window + 1 for (row,) in examples)
    read = [token for (row,) in examples for token in row[:-1]]
    assert read == [t for line in lines for t in (START, *tokenizer.encode(line))]


def test_a_pair_has_an_end_on_both_sides_and_a_start_on_the_target() -> None:
    tokenizer = train_pieces((side for pair in PAIRS for side in pair), 100)
    for (source, target), (english, french) in zip(
        pair_examples(tokenizer, PAIRS), PAIRS, strict=True
    ):
        assert source == [*tokenizer.encode(english), END]
        assert target == [START, *tokenizer.encode(french), END]


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(1, 50), max_size=40), st.integers(1, 9))
def test_rows_by_length_are_all_rows_shortest_first(lengths: list[int], rows: int) -> None:
    groups = list(by_length(lengths, rows))
    order = [index for group in groups for index in group]
    assert sorted(order) == list(range(len(lengths)))
    assert [lengths[index] for index in order] == sorted(lengths)
    assert all(len(group) == rows for group in groups[:-1])


def test_rows_are_padded_at_the_end() -> None:
    assert pad([[4], [5, 6]]).tolist() == [[4, PAD], [5, 6]]
    assert pad([[4]], 3).tolist() == [[4, PAD, PAD]]


def test_tales_come_twice_and_half_of_the_other_lines_come_in_long_texts() -> None:
    sentences = [f"This is sentence {n}." for n in range(200)]
    tales = [f"Tale {n}: " + "and then " * TALE + "the end." for n in range(3)]
    found = long_texts([*tales[:1], *sentences, *tales[1:]], seed=1)
    assert all(found.count(tale) == 2 for tale in tales)
    alone = [text for text in found if text in sentences]
    assert len(alone) == 100
    long = [text for text in found if text not in sentences and text not in tales]
    assert all(JOINED_WORDS <= len(text.split()) < JOINED_WORDS + 4 for text in long[:-1])
    spread = [f"{sentence}." for text in long for sentence in text.removesuffix(".").split(". ")]
    assert sorted([*alone, *spread]) == sorted(sentences)


def test_a_seed_decides_which_lines_are_joined_and_few_lines_do_no_harm() -> None:
    lines = [f"line {n}" for n in range(50)]
    assert long_texts(lines, 1) == long_texts(lines, 1) != long_texts(lines, 2)
    assert long_texts(["one line"], 1) == ["one line"]
    assert long_texts([], 1) == []
