"""The token file gives the very batches that the engine puts together itself."""

from pathlib import Path

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from train.engine import token_file
from train.engine.batches import Batches
from train.engine.data import Example
from train.engine.shards import SHARDS, dealt
from train.engine.token_file import TokenFile, read_tokens, write_tokens

CPU = torch.device("cpu")


def examples(count: int, seed: int = 0) -> dict[int, list[Example]]:
    """Pairs of random tokens of many lengths, by shard."""
    generator = torch.Generator().manual_seed(seed)

    def side() -> list[int]:
        length = int(torch.randint(2, 40, (1,), generator=generator))
        return torch.randint(4, 30_000, (length,), generator=generator).tolist()

    return dealt([(side(), side()) for _ in range(count)], range(SHARDS))


def through(folder: Path, some: dict[int, list[Example]]) -> TokenFile:
    """Written and read again."""
    write_tokens(folder / "tokens", some, {"name": "é"})
    return read_tokens(folder / "tokens", CPU)


@settings(max_examples=20, deadline=None)
@given(st.integers(16, 90), st.integers(50, 900), st.integers(0, 3))
def test_every_batch_is_the_engines_own(
    tmp_path_factory: pytest.TempPathFactory, count: int, size: int, epoch: int
) -> None:
    some = examples(count)
    own = Batches(some, size, seed=5)
    tokens = through(tmp_path_factory.mktemp("tokens"), some)
    other = tokens.batches(size, 5)
    assert own.epoch(epoch) == other.epoch(epoch)
    for rows in own.epoch(epoch):
        fields = tokens.batch(sorted(rows, key=lambda row: row % SHARDS))
        wanted = own.collate(sorted(rows, key=lambda row: row % SHARDS)).fields
        assert all(torch.equal(one, two) for one, two in zip(fields, wanted, strict=True))


def test_what_was_told_comes_back(tmp_path: Path) -> None:
    assert through(tmp_path, examples(20)).told == {"name": "é"}


def test_a_damaged_file_is_told_in_a_sentence(tmp_path: Path) -> None:
    through(tmp_path, examples(20))
    content = (tmp_path / "tokens").read_bytes()
    for torn in (content[:-1], b"", content[:100]):
        (tmp_path / "tokens").write_bytes(torn)
        with pytest.raises(ValueError, match="tokens is damaged .*prepare it anew"):
            read_tokens(tmp_path / "tokens", CPU)


def test_a_token_or_a_file_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    some = examples(20)
    some[3][0] = ([40_000], [5, 6])
    with pytest.raises(ValueError, match="token 40000 is too large"):
        write_tokens(tmp_path / "tokens", some, {})
    monkeypatch.setattr(token_file, "MOST", 1_000)
    with pytest.raises(ValueError, match="1,000 fit: give fewer pairs"):
        write_tokens(tmp_path / "tokens", examples(20), {})
