"""The whole way from the sources to the sets, on a small server with small files of their forms."""

import bz2
import gzip
import io
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.train.fetching.shelf import Shelf
from train import fetch
from train.engine.lines import bare, read_lines, read_pairs
from train.engine.provenance import provenance_of
from train.fetching import sources
from train.measures.everyday import entries

PAIRS = [(f"J'ai {n} chats.", f"I have {n} cats.") for n in range(150)]
LINKED = [(f"Il a {n} ans.", f"He is {n} years old.") for n in range(100)]
TEST = [
    ("J'ai 7 chats.", "I own seven cats."),
    ("Elle a 3 ans.", "I have 9 cats!"),
    ("Oui.", "Yes."),
]
JUDGING = entries()  # of `everyday.tsv`: what nothing may learn from
TALES = {"train": "A king lived.", "val": "A queen slept.", "test": "A fox ran."}


def zipped(files: dict[str, str]) -> bytes:
    """A zip of text files."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        for name, text in files.items():
            packed.writestr(name, text)
    return content.getvalue()


def story(language: str, *told: str, licence: str = "CC-BY") -> str:
    """A story as African Storybook has it."""
    pages = "".join(f"##\n{page}\n\n" for page in told)
    return f"# Title\n\n{pages}##\n* License: [{licence}]\n* Language: {language}\n"


def files() -> dict[str, bytes]:
    """Every source, small."""
    edition = "".join(f"{e}\t{f}\tCC-BY 2.0 (France) Attribution: tatoeba.org\n" for f, e in PAIRS)
    edition += "A gun.\tUn fusil.\tCC-BY 2.0\nHe is late.\tIl est en retard.\tCC-BY 2.0\n"
    edition += "Really…\tVraiment…\tCC-BY 2.0\n"
    edition += f"{JUDGING[0].answers[0]}\t{JUDGING[0].french}\tCC-BY 2.0\n"
    french = "".join(f"{n}\tfra\t{f}\n" for n, (f, _) in enumerate(LINKED))
    french += "900\tfra\tSeule ici.\n901\tfra\tOui !\n"
    french += f"902\tfra\t{JUDGING[1].french}\n"
    english = "".join(f"{n + 500}\teng\t{e}\n" for n, (_, e) in enumerate(LINKED))
    english += "990\teng\tAlone here.\n991\teng\tYES\n"
    links = "".join(f"{n}\t{n + 500}\n" for n in range(len(LINKED))) + "4000\t5000\n"
    test = "".join(f"eng\tfra\t{e}\t{f}\n" for f, e in TEST)
    section = "FairytaleQAData-1/data-by-train-split/section-stories"
    tales = {
        f"{section}/{part}/a-story.csv": f'section,text\n1,"{tale}"\n'
        for part, tale in TALES.items()
    }
    book = {
        "asp-source-1/fr/0087_jaime-lire.md": story("fr", "J'aime lire.", "Et toi ?"),
        "asp-source-1/en/0087_i_like_to_read.md": story("en", "I like\nto read.", "And you?"),
        "asp-source-1/fr/0090_autre.md": story("fr", "Une page."),
        "asp-source-1/en/0090_other.md": story("en", "One page.", "Two pages."),
        "asp-source-1/en/0091_mine.md": story("en", "Not for gain.", licence="CC-BY-NC"),
        "asp-source-1/en/0092_the_fox.md": story("en", "A fox", "ran!"),
        "asp-source-1/en/0093_yes.md": story("en", "Yes"),
        "asp-source-1/README.md": "# Stories",
    }
    return {
        "/manythings.zip": zipped({"_about.txt": "about", "fra.txt": edition}),
        "/fra_sentences.tsv.bz2": bz2.compress(french.encode()),
        "/eng_sentences.tsv.bz2": bz2.compress(english.encode()),
        "/fra-eng_links.tsv.bz2": bz2.compress(links.encode()),
        "/challenge.txt.gz": gzip.compress(test.encode()),
        "/fairytales.zip": zipped(tales),
        "/storybook.zip": zipped(book),
    }


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf]:
    """The sources on the loopback instead of the network."""
    with Shelf(files()) as there:
        for name in sources.ADDRESSES:
            monkeypatch.setitem(sources.ADDRESSES, name, f"{there.url}/{name}")
        yield there


def fetched(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """python -m train.fetch FOLDER."""
    monkeypatch.setattr(sys, "argv", ["fetch", str(folder)])
    fetch.main()


def test_every_source_becomes_sets_that_share_nothing_with_their_tests(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched(tmp_path, monkeypatch)
    pairs = {
        n: read_pairs(tmp_path / "tatoeba-fr-en" / f"{n}.tsv.gz")
        for n in ("train", "valid", "test")
    }
    assert sorted(pairs["test"]) == sorted(TEST)
    for one, other in (("train", "valid"), ("train", "test"), ("valid", "test")):
        for side in (0, 1):
            assert not {bare(p[side]) for p in pairs[one]} & {bare(p[side]) for p in pairs[other]}
    told = {*pairs["train"], *pairs["valid"]}
    assert {("Il est en retard.", "He is late."), ("Vraiment...", "Really...")} <= told
    assert {("J'aime lire.", "I like to read."), ("Et toi ?", "And you?")} <= told
    assert ("Un fusil.", "A gun.") not in told
    assert JUDGING[0].french not in {source for source, _ in told}
    assert len(told) == len(PAIRS) - 2 + len(LINKED) + 4  # 7 and 9 cats are in the test
    english = {
        n: read_lines(tmp_path / "english" / f"{n}.txt.gz") for n in ("train", "valid", "test")
    }
    assert [TALES["val"] in english["valid"], TALES["test"] in english["test"]] == [True, True]
    assert {TALES["train"], "I like to read. And you?", "One page. Two pages."} <= {
        *english["train"]
    }
    assert not {bare(e) for _, e in TEST} & {
        bare(line) for lines in english.values() for line in lines
    }
    held_out = map(bare, [*english["valid"], *english["test"]])
    assert not {bare(line) for line in english["train"]} & {*held_out}
    assert all("gain" not in line for line in english["train"])
    assert read_lines(tmp_path / "french" / "train.txt.gz") == ["Seule ici."]


def test_beside_each_set_stands_where_it_came_from(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched(tmp_path, monkeypatch)
    (pairs,), (english,), (french,) = (
        provenance_of(tmp_path / name) for name in ("tatoeba-fr-en", "english", "french")
    )
    assert list(pairs["languages"]) == ["fr", "en"]
    assert pairs["lines"] == len(read_pairs(tmp_path / "tatoeba-fr-en" / "train.tsv.gz"))
    assert english["lines"] == len(read_lines(tmp_path / "english" / "train.txt.gz"))
    assert list(french["languages"]) == ["fr"]
    assert {source["name"] for source in english["sources"]} >= {"Tatoeba", "Project Gutenberg"}


def test_a_broken_command_goes_on_and_makes_the_same_sets(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched(tmp_path / "whole", monkeypatch)
    asked = len(shelf.asked)
    shelf.breaks = [10] * 4
    with pytest.raises(SystemExit, match="it goes on where it stopped"):
        fetched(tmp_path / "broken", monkeypatch)
    fetched(tmp_path / "broken", monkeypatch)
    assert shelf.asked[asked:][:5] == ["", "bytes=10-", "bytes=20-", "bytes=30-", "bytes=40-"]
    for path in (tmp_path / "whole").rglob("*.t*.gz"):
        if path.parent.name != "downloads":
            other = tmp_path / "broken" / path.relative_to(tmp_path / "whole")
            assert gzip.decompress(path.read_bytes()) == gzip.decompress(other.read_bytes())


def test_a_page_instead_of_a_source_is_told_in_a_sentence(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.files["/storybook.zip"] = b"<html>not found</html>"
    with pytest.raises(SystemExit, match=r"storybook\.zip is not what it was") as ended:
        fetched(tmp_path, monkeypatch)
    assert "\n" not in str(ended.value)
