"""A file is the old one or the new one: after an error, after a kill, and between two writers."""

import os
import threading
from pathlib import Path

import pytest

from seq_models.manifest import fingerprints
from seq_models.replacing import replace_bytes, replace_text, replacing


def test_what_is_written_takes_the_files_place(tmp_path: Path) -> None:
    replace_text(tmp_path / "a.txt", "où\n")
    assert (tmp_path / "a.txt").read_bytes() == "où\n".encode()
    replace_bytes(tmp_path / "a.txt", b"new")
    assert (tmp_path / "a.txt").read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.skipif(os.name == "nt", reason="modes are another matter there")
def test_a_file_has_the_mode_that_the_umask_gives(tmp_path: Path) -> None:
    (tmp_path / "plain").write_text("")
    replace_text(tmp_path / "ours", "")
    modes = {(tmp_path / name).stat().st_mode for name in ("plain", "ours")}
    assert len(modes) == 1


def test_an_error_leaves_the_file_that_was_there_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")

    def fails() -> None:
        with replacing(path) as unfinished:
            unfinished.write_text("half")
            raise OSError("no space")

    with pytest.raises(OSError, match="no space"):
        fails()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_not_whole_counts_as_no_file_of_a_model(tmp_path: Path) -> None:
    with replacing(tmp_path / "config.json") as unfinished:
        unfinished.write_text("half")
        assert fingerprints(tmp_path) == {}


def test_two_writers_do_not_meet(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    both = threading.Barrier(2)

    def write(letter: str) -> None:
        with replacing(path) as unfinished:
            unfinished.write_text(letter * 9)
            both.wait(60)

    writers = [threading.Thread(target=write, args=(letter,)) for letter in "ab"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert path.read_text() in ("a" * 9, "b" * 9)
    assert list(tmp_path.iterdir()) == [path]
