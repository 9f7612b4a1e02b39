"""What is read of each source, in the form in which it is given away."""

import bz2
import gzip
import zipfile
from pathlib import Path

import pytest

from train.fetching.sources import challenge, links, manythings, pages, sentences, whole

STORY = """# J'aime lire

##
J'aime lire.

##
À qui puis je faire la
lecture ?

##
* License: [CC-BY]
* Text: somebody
* Language: fr
"""


def test_a_story_is_its_pages_without_title_and_makers() -> None:
    assert pages(STORY) == ["J'aime lire.", "À qui puis je faire la lecture ?"]


def test_english_stands_first_in_the_edition_of_manythings(tmp_path: Path) -> None:
    path = tmp_path / "fra-eng.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("_about.txt", "about")
        packed.writestr("fra.txt", "\ufeffGo.\tVa !\tCC-BY 2.0 (France) Attribution: x\r\n\r\n")
    assert manythings(path) == [("Va !", "Go.")]


def test_tatoeba_names_sentences_by_number(tmp_path: Path) -> None:
    path = tmp_path / "fra_sentences.tsv.bz2"
    path.write_bytes(bz2.compress("1115\tfra\tLorsqu'il est là.\n3\tfra\tOui.\n".encode()))
    assert sentences(path) == {"1115": "Lorsqu'il est là.", "3": "Oui."}
    path.write_bytes(bz2.compress(b"1115\t77\n3\t78\n"))
    assert links(path) == [("1115", "77"), ("3", "78")]


def test_the_test_set_names_its_languages_before_its_sides(tmp_path: Path) -> None:
    path = tmp_path / "test.txt.gz"
    path.write_bytes(gzip.compress(b"eng\tfra\tYes.\tOui.\n", mtime=0))
    assert challenge(path) == [("Oui.", "Yes.")]


LINES = "".join(f"eng\tfra\tYes {n}.\tOui {n}.\n" for n in range(99))
PACKED = gzip.compress(LINES.encode(), mtime=0)


def with_byte(content: bytes, place: int) -> bytes:
    """The content with another byte at a place."""
    return content[:place] + bytes([content[place] ^ 0x55]) + content[place + 1 :]


@pytest.mark.parametrize(
    ("reader", "content"),
    [
        (manythings, b"<html>"),
        (manythings, b""),
        (sentences, b"BZh"),
        (sentences, bz2.compress(b"1\tfra\tOui.\n" * 99)[:-9]),
        (sentences, bz2.compress(b"1\tOui.\n")),
        (challenge, gzip.compress(b"eng\tfra\tYes.\tOui.\n" * 99, mtime=0)[:-12]),
        (challenge, gzip.compress(b"Yes.\tOui.\n", mtime=0)),
        *((challenge, with_byte(PACKED, place)) for place in range(12, 60)),
    ],
)
def test_a_damaged_file_is_told_in_a_sentence_and_will_be_fetched_anew(
    reader: object, content: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "source"
    path.write_bytes(content)
    with pytest.raises(ValueError, match="source is not what it was .*run the same command again"):
        whole(path, reader)  # type: ignore[arg-type]
    assert not path.exists()
