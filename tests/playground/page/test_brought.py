"""A file that somebody brought is read and removed, also where two brought the same one."""

from pathlib import Path

import pytest

from playground.page import brought


@pytest.fixture(autouse=True)
def _nothing_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    brought.content.cache_clear()
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))


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


def test_a_file_that_nobody_brought_stays_where_it_is(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Gradio hands on the path of any of the page's own files, if a caller names it."""
    own = tmp_path_factory.mktemp("library") / "plotly.min.js"
    own.write_text("draw()")
    (tmp_path / "link.txt").symlink_to(own)
    for path in (own, tmp_path / "link.txt", tmp_path / ".." / own.parent.name / own.name):
        with pytest.raises(ValueError, match="no file that was brought here"):
            brought.brought(str(path))
        assert own.read_text() == "draw()"
