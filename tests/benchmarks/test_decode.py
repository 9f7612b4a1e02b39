"""Who races in `benchmarks.decode`, and how: the oracles are our own decoding and a plain count."""

from collections.abc import Sequence

import torch

from benchmarks.decode import Tally, race, times_as_fast, turns_of
from benchmarks.decoders import Ours, Uncached, cut, padded
from seq_models import END, PAD
from tests.tiny import model, words

SOURCES = [[*row, END] for row in words(6, 3, 4, 2).tolist()]


def test_without_a_cache_the_same_is_found() -> None:
    network = model("transformer")
    ours, uncached = Ours(network), Ours(Uncached(network.encoder, network.decoder).eval())
    for width in (1, 3):
        assert uncached(SOURCES, width) == ours(SOURCES, width)
    assert [len(tokens) for tokens in ours(SOURCES[:2], 1, length=9)] == [9, 9]


def test_all_decode_the_same_sentences_and_take_turns() -> None:
    called: list[tuple[str, list[Sequence[int]]]] = []

    def decoder(name: str):  # type: ignore[no-untyped-def]
        def decode(batch: Sequence[Sequence[int]], width: int) -> list[list[int]]:
            called.append((name, list(batch)))
            return [list(source) for source in batch]

        return decode

    tallies = race({n: decoder(n) for n in "ab"}, [[SOURCES[:2]], [SOURCES[2:]]], 2, 1)
    assert [name for name, _ in called] == ["a", "b", "b", "a", "b", "a", "a", "b"]
    assert all(tally.found == SOURCES and len(tally.seconds) == 2 for tally in tallies.values())


def test_turns_hold_every_sentence_once_and_batches_are_of_like_length() -> None:
    sources = [[number] * (number % 7 + 1) for number in range(70)]
    assert [batch for turn in turns_of(sources, 1) for batch in turn] == [[one] for one in sources]
    batches = [batch for turn in turns_of(sources, 32) for batch in turn]
    assert [len(batch) for batch in batches] == [32, 32, 6]
    lengths = [len(source) for batch in batches for source in batch]
    assert lengths == sorted(map(len, sources))


def test_the_speed_is_the_median_over_the_rounds() -> None:
    assert times_as_fast(Tally([1.0, 2.0, 1.0]), Tally([3.0, 4.0, 9.0])) == 3.0


def test_rows_are_padded_and_cut_at_their_end() -> None:
    assert torch.equal(padded([[5, END], [END]]), torch.tensor([[5, END], [END, PAD]]))
    assert cut([7, END, PAD]) == [7, END]
    assert cut([7, 8]) == [7, 8]
