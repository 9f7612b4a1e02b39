"""A download comes whole, whatever breaks on the way, and never as half of two versions."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.train.fetching.shelf import Shelf
from train.fetching.download import TRIES, download

CONTENT = bytes(range(256)) * 40


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    with Shelf({"/file": CONTENT}) as there:
        yield there


def test_a_file_comes_as_it_is_and_once(shelf: Shelf, tmp_path: Path) -> None:
    for _ in range(2):
        assert download(f"{shelf.url}/file", tmp_path / "deep" / "file").read_bytes() == CONTENT
    assert shelf.asked == [""]
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["file"]


@pytest.mark.parametrize("tags", [True, False])
def test_a_broken_download_goes_on_where_it_stopped(
    tags: bool, shelf: Shelf, tmp_path: Path
) -> None:
    shelf.breaks, shelf.tags = [1000, 500], tags
    assert download(f"{shelf.url}/file", tmp_path / "file").read_bytes() == CONTENT
    assert shelf.asked == ["", "bytes=1000-", "bytes=1500-"]


def test_one_that_was_given_up_goes_on_with_the_next_command(shelf: Shelf, tmp_path: Path) -> None:
    shelf.breaks = [100] * TRIES
    with pytest.raises(ConnectionError, match="run the same command again, it goes on where"):
        download(f"{shelf.url}/file", tmp_path / "file")
    assert not (tmp_path / "file").exists()
    assert download(f"{shelf.url}/file", tmp_path / "file").read_bytes() == CONTENT
    assert shelf.asked[-1] == f"bytes={100 * TRIES}-"


@pytest.mark.parametrize("change", ["version", "ranges", "nameless"])
def test_what_cannot_go_on_begins_anew(change: str, shelf: Shelf, tmp_path: Path) -> None:
    """Another version, a server that knows no ranges, one that names no version."""
    shelf.breaks = [1000] * TRIES
    if change == "nameless":
        shelf.tags = shelf.dates = False
    with pytest.raises(ConnectionError):
        download(f"{shelf.url}/file", tmp_path / "file")
    if change == "version":
        shelf.version, shelf.files["/file"] = "2", CONTENT[::-1]
    shelf.ranges = change != "ranges"
    assert download(f"{shelf.url}/file", tmp_path / "file").read_bytes() == shelf.files["/file"]


def test_a_part_longer_than_the_file_is_thrown_away(shelf: Shelf, tmp_path: Path) -> None:
    (tmp_path / "file.part").write_bytes(CONTENT * 2)
    (tmp_path / "file.version").write_text('"1"')
    assert download(f"{shelf.url}/file", tmp_path / "file").read_bytes() == CONTENT


def test_what_is_not_there_is_told_in_a_sentence_at_once(shelf: Shelf, tmp_path: Path) -> None:
    with pytest.raises(ConnectionError, match=r"/none cannot be had \(HTTP Error 404"):
        download(f"{shelf.url}/none", tmp_path / "file")
    assert len(shelf.asked) == 1


def test_a_server_that_is_not_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    with Shelf({}) as gone:
        pass
    with pytest.raises(ConnectionError, match="cannot be had"):
        download(f"{gone.url}/file", tmp_path / "file")
