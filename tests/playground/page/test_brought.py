"""A file that somebody brought is read and removed, also where two brought the same one."""

from pathlib import Path

import pytest

from playground.page import brought


@pytest.fixture(autouse=True)
def _nothing_known() -> None:
    brought.content.cache_clear()


def test_a_file_is_read_and_removed(tmp_path: Path) -> None:
    path = tmp_path / "lines.txt"
    for _ in range(2):  # also when it is brought again
        path.write_bytes(b"oui")
        assert brought.brought(str(path)) == b"oui"
        assert not path.exists()


def test_two_who_bring_the_same_file_both_have_it_read(tmp_path: Path) -> None:
    path = tmp_path / "lines.txt"
    path.write_bytes(b"oui")
    assert [brought.brought(str(path)) for _ in range(2)] == [b"oui", b"oui"]


def test_one_that_is_gone_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="please drop it again"):
        brought.brought(str(tmp_path / "gone.txt"))
