"""Examples to batches: nothing lost, nothing twice, few shapes, the same for all processes."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from seq_models import PAD
from train.engine.batches import EDGES, Batches, lengths_of
from train.engine.data import Example
from train.engine.shards import SHARDS, dealt, shards_of

LENGTHS = st.lists(st.integers(2, 40), min_size=1, max_size=90)
SEEDS = st.integers(0, 50)
TOKENS = st.sampled_from([16, 64, 600])


def pairs_of(lengths: list[int]) -> list[Example]:
    """Translator examples whose longer side has these lengths; each token tells its example."""
    return [([row + 4] * max(1, n - row % 3), [row + 4] * n) for row, n in enumerate(lengths)]


def trained_on(batches: Batches, number: int) -> list[int]:
    """The rows of an epoch."""
    return [row for rows in batches.epoch(number) for row in rows]


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


@settings(max_examples=50, deadline=None)
@given(LENGTHS, SEEDS, TOKENS)
def test_no_row_comes_twice_in_an_epoch_and_shards_of_one_size_come_whole(
    lengths: list[int], seed: int, tokens: int
) -> None:
    batches = Batches(pairs_of(lengths), tokens, seed)
    rows = trained_on(batches, 0)
    assert len(set(rows)) == len(rows) == SHARDS * max(1, len(lengths) // SHARDS)
    whole = Batches(pairs_of(lengths * SHARDS), tokens, seed)
    assert sorted(trained_on(whole, 0)) == list(range(len(whole)))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(2, 200), min_size=16, max_size=90), SEEDS, TOKENS)
def test_over_a_few_epochs_every_example_is_trained_on(
    lengths: list[int], seed: int, tokens: int
) -> None:
    """A length with fewer examples than one batch, too. One epoch leaves out less than half."""
    batches = Batches(pairs_of(lengths), tokens, seed)
    seen = {row for number in range(40) for row in trained_on(batches, number)}
    assert seen == set(range(len(lengths)))


@settings(max_examples=30, deadline=None)
@given(LENGTHS, SEEDS, TOKENS)
def test_a_batch_is_as_long_as_its_longest_row_and_rows_that_move_up_are_few(
    lengths: list[int], seed: int, tokens: int
) -> None:
    lengths = [length for length in lengths for _ in range(2 * SHARDS)]  # alike in every shard
    batches = Batches(pairs_of(lengths), tokens, seed)
    mixed, shapes = 0, set()
    for rows in batches.epoch(0):
        edges = {next(edge for edge in EDGES if edge >= lengths[row]) for row in rows}
        fields = batches.collate(rows).fields
        assert {field.size(1) for field in fields} == {max(edges)}
        mixed += len(edges) > 1
        shapes.add(fields[0].shape)
    kinds = {next(edge for edge in EDGES if edge >= length) for length in lengths}
    assert mixed <= len(kinds)  # at most one batch where one length passes into the next
    assert len(shapes) <= 2 * len(kinds) + 1


@settings(max_examples=30, deadline=None)
@given(LENGTHS, SEEDS, TOKENS, st.sampled_from([1, 2, 4, 8, 16]), st.integers(1, 5))
def test_processes_work_on_the_same_batches_without_gap_or_overlap(
    lengths: list[int], seed: int, tokens: int, world: int, count: int
) -> None:
    examples = pairs_of(lengths)
    alone = Batches(examples, tokens, seed)
    lengths_of_all = [{shard: lengths_of(own) for shard, own in alone.shards.items()}]
    processes = [
        Batches(dealt(examples, shards_of(rank, world)), tokens, seed, lambda _: lengths_of_all)
        for rank in range(world)
    ]
    assert all(process.padding() == alone.padding() for process in processes)
    for number in (0, 1):
        epoch = alone.epoch(number)
        assert all(process.epoch(number) == epoch for process in processes)
        for rows in epoch:
            check_shares(alone, processes, rows, count)


def check_shares(alone: Batches, processes: list[Batches], rows: list[int], count: int) -> None:
    """Fail unless the parts of all processes make the batch, and are about as large."""
    (whole,) = alone.parts(rows, 1)
    shares = [process.parts(rows, count) for process in processes]
    assert len({tuple(part.fields[0].shape for part in share) for share in shares}) == 1
    sizes = [part.fields[0].size(0) for part in shares[0]]
    assert 0 < min(sizes) >= max(sizes) - 1
    assert len(sizes) == min(count, len(rows) // len(processes))
    for field, expected in enumerate(whole.fields):
        found = [row for share in shares for p in share for row in p.fields[field].tolist()]
        assert sorted(found) == sorted(expected.tolist())
    predicted = int((whole.fields[-1] != PAD).sum()) - len(rows)
    assert {part.targets for share in shares for part in share} == {predicted}


@pytest.mark.parametrize("lengths", [[5], [5, 5, 5], [3, 9, 30], [4] * 17])
def test_too_little_data_for_a_batch_still_gives_every_process_a_share(lengths: list[int]) -> None:
    batches = Batches(pairs_of(lengths), 2_000, 1)
    (rows,) = batches.epoch(0)
    assert len(rows) == SHARDS == len({row % SHARDS for row in rows})
    tokens = {row[0] for row in batches.collate(rows).fields[1].tolist()}
    assert tokens == {row + 4 for row in range(min(SHARDS, len(lengths)))} or len(lengths) == 17


def test_a_batch_is_its_rows_padded_at_the_end() -> None:
    batches = Batches([([4, 5], [6, 7, 8]), ([9], [4, 5, 6, 7, 8])] * 8, 64, 1)
    source, target = batches.collate([0, 1]).fields
    assert source.tolist() == [[4, 5, PAD, PAD, PAD, PAD], [9, *[PAD] * 5]]
    assert target.tolist() == [[6, 7, 8, PAD, PAD, PAD], [4, 5, 6, 7, 8, PAD]]
    assert batches.collate([0, 1]).targets == 2 + 4


def test_the_share_of_padding_is_counted() -> None:
    assert Batches([([4] * 5, [4] * 5)] * 16, 96, 1).padding() == pytest.approx(1 / 6)
    assert Batches([([4] * 3, [4] * 6)] * 16, 96, 1).padding() == pytest.approx(1 / 4)


def test_a_batch_has_about_as_many_tokens_as_wanted() -> None:
    batches = Batches(pairs_of(list(range(2, 50)) * 160), 2_000, 1)
    sizes = [batches.collate(rows).fields[0].numel() for rows in batches.epoch(0)]
    assert sum(1_400 < size < 2_600 for size in sizes) >= len(sizes) - 1  # all but the last


def test_an_example_longer_than_any_batch_is_refused() -> None:
    with pytest.raises(ValueError, match="257 tokens, more than 256"):
        Batches([([4] * 257,)], 64, 1)


def test_a_shard_without_examples_is_refused_in_a_sentence() -> None:
    shards = {shard: [([4, 5],)] * (shard != 3) for shard in range(SHARDS)}
    with pytest.raises(ValueError, match="shard 3 has no example; give more lines"):
        Batches(shards, 64, 1)
