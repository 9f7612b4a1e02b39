"""Text to batches: nothing lost, nothing twice, few shapes, and the seed decides it all."""

import gzip
from pathlib import Path

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from seq_models import END, PAD, START
from seq_models.tokenizer import train_pieces, train_words
from tests.tiny import sentences
from train.data import (
    EDGES,
    ROWS,
    Batches,
    Example,
    by_length,
    find,
    joined,
    pad,
    pair_examples,
    read_lines,
    read_pairs,
    text_examples,
)

PAIRS = sentences()
LINES = [source for source, _ in PAIRS]

LENGTHS = st.lists(st.integers(2, 40), min_size=1, max_size=60)
SEEDS = st.integers(0, 50)


def pairs_of(lengths: list[int]) -> list[Example]:
    """Translator examples whose longer side has these lengths; each token tells its row."""
    return [([row + 4] * max(1, n - row % 3), [row + 4] * n) for row, n in enumerate(lengths)]


@settings(max_examples=30, deadline=None)
@given(LENGTHS, SEEDS, st.integers(0, 9))
def test_an_epoch_is_a_function_of_seed_and_number(
    lengths: list[int], seed: int, number: int
) -> None:
    one, two = (Batches(pairs_of(lengths), 64, seed) for _ in range(2))
    expected = one.epoch(number)
    two.epoch(number + 1)
    torch.rand(3)
    assert two.epoch(number) == expected


def test_another_epoch_and_another_seed_have_other_orders() -> None:
    examples = pairs_of([5] * 200)
    orders = [Batches(examples, 64, seed).epoch(number) for seed in (1, 2) for number in (0, 1)]
    assert len({str(order) for order in orders}) == 4


@settings(max_examples=30, deadline=None)
@given(LENGTHS, SEEDS)
def test_no_batch_mixes_lengths_and_shapes_are_few(lengths: list[int], seed: int) -> None:
    batches = Batches(pairs_of(lengths * 16), 100, seed)
    shapes = set()
    for rows in batches.epoch(0):
        edges = {next(edge for edge in EDGES if edge >= (lengths * 16)[row]) for row in rows}
        assert len(edges) == 1
        fields = batches.collate(rows).fields
        assert {field.size(1) for field in fields} == edges
        assert len(rows) % ROWS == 0
        shapes.add(fields[0].shape)
    assert len(shapes) == len({shape[1] for shape in shapes})
    assert {shape[1] for shape in shapes} <= set(EDGES)


@settings(max_examples=30, deadline=None)
@given(LENGTHS, SEEDS)
def test_no_row_comes_twice_in_an_epoch_and_all_that_fills_a_batch_comes(
    lengths: list[int], seed: int
) -> None:
    batches = Batches(pairs_of(lengths * 16), 64, seed)
    rows = [row for batch in batches.epoch(0) for row in batch]
    assert len(set(rows)) == len(rows)
    for edge in set(batches.edges):
        there = batches.edges.count(edge)
        came = sum(batches.edges[row] == edge for row in rows)
        assert came == there - there % batches.rows(edge)


@settings(max_examples=30, deadline=None)
@given(LENGTHS, SEEDS, st.sampled_from([1, 2, 4, 8]))
def test_processes_share_a_batch_without_gap_or_overlap(
    lengths: list[int], seed: int, world: int
) -> None:
    batches = Batches(pairs_of(lengths), 64, seed)
    for rows in batches.epoch(0):
        shares = [batches.collate(rows, rank, world) for rank in range(world)]
        assert len({share.fields[0].shape for share in shares}) == 1
        owners = sorted(int(row[0]) - 4 for share in shares for row in share.fields[0])
        assert owners == sorted(rows)
        assert {share.targets for share in shares} == {sum(lengths[row] - 1 for row in rows)}


@pytest.mark.parametrize("lengths", [[5], [5, 5, 5], [3, 9, 30]])
def test_too_little_data_for_a_batch_still_gives_every_process_a_share(lengths: list[int]) -> None:
    batches = Batches(pairs_of(lengths), 256, 1)
    epoch = batches.epoch(0)
    assert {row for rows in epoch for row in rows} == set(range(len(lengths)))
    for rows in epoch:
        assert all(batches.collate(rows, rank, 8).fields[0].size(0) for rank in range(8))


def test_a_batch_is_its_rows_padded_at_the_end() -> None:
    batches = Batches([([4, 5], [6, 7, 8]), ([9], [4, 5, 6, 7, 8])], 64, 1)
    source, target = batches.collate([0, 1]).fields
    assert source.tolist() == [[4, 5, PAD, PAD, PAD, PAD], [9, *[PAD] * 5]]
    assert target.tolist() == [[6, 7, 8, PAD, PAD, PAD], [4, 5, 6, 7, 8, PAD]]
    assert batches.collate([0, 1]).targets == 2 + 4
    assert pad([[1], [2, 3]]).tolist() == [[1, PAD], [2, 3]]


def test_the_share_of_padding_is_counted() -> None:
    batches = Batches([([4] * 5, [4] * 5)] * 8, 48, 1)
    assert batches.padding() == pytest.approx(1 / 6)


def test_an_example_longer_than_any_batch_is_refused() -> None:
    with pytest.raises(ValueError, match="257 tokens, more than 256"):
        Batches([([4] * 257,)], 64, 1)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 30), st.integers(2, 5), SEEDS)
def test_joined_pairs_are_pairs_in_a_row_on_both_sides(count: int, most: int, seed: int) -> None:
    pairs = [(f"s{number}", f"t{number}") for number in range(7)]
    longer = joined(pairs, count, most, seed)
    assert longer == joined(pairs, count, most, seed)
    assert len(longer) == count
    for source, target in longer:
        assert target == source.replace("s", "t")
        assert set(source.split()) <= {first for first, _ in pairs}
        assert 2 <= len(source.split()) <= most


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


@pytest.mark.parametrize("name", ["train.tsv", "train.tsv.gz"])
def test_a_file_reads_the_same_plain_or_gzipped(name: str, tmp_path: Path) -> None:
    text = "".join(f"{source}\t{target}\n" for source, target in [*PAIRS, ("ça…", "“ok” 猫")])
    path = tmp_path / name
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    assert find(tmp_path, "train.tsv") == path
    assert read_lines(path) == text.splitlines()
    assert read_pairs(path) == [*PAIRS, ("ça…", "“ok” 猫")]


@pytest.mark.parametrize("name", ["train.txt", "train.txt.gz"])
def test_an_empty_file_is_refused_by_name(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(gzip.compress(b"") if path.suffix == ".gz" else b"")
    with pytest.raises(ValueError, match=f"{name} is empty"):
        read_lines(path)


@pytest.mark.parametrize("line", ["no tab here", "one\ttwo\tthree", ""])
def test_a_line_without_two_fields_is_refused_by_number(line: str, tmp_path: Path) -> None:
    path = tmp_path / "train.tsv"
    path.write_text(f"a\tb\n{line}\nc\td\n", encoding="utf-8")
    with pytest.raises(ValueError, match=f"train.tsv, line 2: .*source TAB target.*{line[:3]}"):
        read_pairs(path)


def test_a_folder_without_the_file_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="neither train.txt nor train.txt.gz; --data"):
        find(tmp_path, "train.txt")


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(1, 50), max_size=40), st.integers(1, 9))
def test_rows_by_length_are_all_rows_shortest_first(lengths: list[int], rows: int) -> None:
    groups = list(by_length(lengths, rows))
    order = [index for group in groups for index in group]
    assert sorted(order) == list(range(len(lengths)))
    assert [lengths[index] for index in order] == sorted(lengths)
    assert all(len(group) == rows for group in groups[:-1])
