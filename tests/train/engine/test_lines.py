"""Files as people have them: read the same, cleaned, or refused with file and line."""

import gzip
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seq_models.normalise import normalise
from tests.tiny import sentences
from train.engine.lines import LeftOut, clean, find, read_lines, read_pairs, told

PAIRS = sentences()
BLANK = ["", " ", "\u00a0", "\u200b", "\ufeff", "\u3164", " \u2060\t ", "\x00", "\u00ad\u202e"]


@pytest.mark.parametrize("name", ["train.tsv", "train.tsv.gz"])
def test_a_file_reads_the_same_plain_or_gzipped(name: str, tmp_path: Path) -> None:
    text = "".join(f"{source}\t{target}\n" for source, target in [*PAIRS, ("ça…", "“ok” 猫")])
    path = tmp_path / name
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    assert find(tmp_path, "train.tsv") == path
    assert read_lines(path) == text.replace("\t", " ").splitlines()
    assert read_pairs(path) == [*PAIRS, ("ça…", "“ok” 猫")]


@pytest.mark.parametrize("name", ["train.txt", "train.txt.gz"])
def test_an_empty_file_is_refused_by_name(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(gzip.compress(b"") if path.suffix == ".gz" else b"")
    with pytest.raises(ValueError, match=f"{name} is empty"):
        read_lines(path)


def test_a_file_cut_off_or_not_in_utf_8_is_refused_by_name(tmp_path: Path) -> None:
    packed, latin = tmp_path / "train.txt.gz", tmp_path / "train.txt"
    packed.write_bytes(gzip.compress("un été\n".encode() * 1_000)[:-20])
    latin.write_bytes("un été\n".encode("latin-1"))
    for path in (packed, latin):
        with pytest.raises(ValueError, match=f"{path.name} cannot be read past line"):
            read_lines(path)


def test_a_field_in_quotes_may_hold_a_tab_itself(tmp_path: Path) -> None:
    path = tmp_path / "train.tsv"
    path.write_text('ein "Hund"\ta "dog"\n"eine \tFontäne."\t"a ""big"" one"\n', "utf-8")
    assert read_pairs(path) == [('ein "Hund"', 'a "dog"'), ("eine Fontäne.", 'a "big" one')]


@pytest.mark.parametrize(
    "line", ["no tab here", "one\ttwo\tthree", "77\tfra\tOui.", "1\t2\t3\t4\t5"]
)
def test_a_line_without_two_fields_is_refused_by_number(line: str, tmp_path: Path) -> None:
    path = tmp_path / "train.tsv"
    path.write_text(f"a\tb\n{line}\nc\td\n", encoding="utf-8")
    with pytest.raises(ValueError, match="train.tsv, line 2: wanted source TAB target, got "):
        read_pairs(path)


def test_a_folder_without_the_file_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="neither train.txt nor train.txt.gz; name"):
        find(tmp_path, "train.txt")


@pytest.mark.parametrize("blank", BLANK)
def test_a_line_with_nothing_to_read_is_left_out_and_counted(blank: str, tmp_path: Path) -> None:
    path, left_out = tmp_path / "train.txt", LeftOut()
    path.write_text(f"one\n{blank}\ntwo\n", encoding="utf-8")
    assert read_lines(path, left_out) == ["one", "two"]
    assert left_out == {"empty": 1}
    assert told(left_out) == "1 with nothing to read"


@pytest.mark.parametrize("blank", BLANK)
def test_a_pair_with_a_side_that_says_nothing_is_left_out_and_counted(
    blank: str, tmp_path: Path
) -> None:
    path, left_out = tmp_path / "train.tsv", LeftOut()
    side = blank.replace("\t", "")
    path.write_text(f"a\tb\n{side}\td\nc\t{side}\n{side}\t{side}\n\ne\tf\n", encoding="utf-8")
    assert read_pairs(path, left_out) == [("a", "b"), ("e", "f")]
    assert left_out == {"empty": 4}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_ends_of_lines_and_a_byte_order_mark_change_nothing(
    end: str, mark: str, tmp_path: Path
) -> None:
    path = tmp_path / "train.tsv"
    text = mark + "".join(f"{source}\t{target}{end}" for source, target in PAIRS)
    path.write_bytes(text.encode())
    assert read_pairs(path) == PAIRS


@pytest.mark.parametrize(
    ("line", "pair"),
    [
        (
            "Go.\tVa !\tCC-BY 2.0 (France) Attribution: tatoeba.org #28 (CM) & #11 (W)",
            ("Go.", "Va !"),
        ),
        ('"Hi," he said.\t« Salut »\tCC-BY 2.0 Attribution: x', ('"Hi," he said.', "« Salut »")),
        ("1115\tOui.\t4475\tYes.", ("Oui.", "Yes.")),
        (
            "Il y a\u202f3 ans\u00a0!\tThree  years\u2028ago!",
            ("Il y a 3 ans !", "Three years ago!"),
        ),
    ],
)
def test_the_forms_in_which_pairs_are_given_away_are_read(
    line: str, pair: tuple[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "fra.txt"
    path.write_text(f"{line}\n{line}\r\n", encoding="utf-8")
    assert read_pairs(path) == [pair, pair]


@pytest.mark.parametrize("content", ["\n\n", "\u00a0\r\n", "\ufeff"])
def test_a_file_of_blank_lines_is_refused_by_name(content: str, tmp_path: Path) -> None:
    path = tmp_path / "test.txt"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=r"test\.txt is empty"):
        read_lines(path)


@settings(max_examples=300, deadline=None)
@given(st.text())
def test_what_is_cleaned_reads_the_same_and_has_nothing_hidden(text: str) -> None:
    """Oracle: what every tokenizer reads of a text, `normalise`."""
    cleaned = clean(text)
    assert bool(cleaned) == bool(clean(cleaned))
    assert cleaned == " ".join(cleaned.split())
    assert not {"Cc", "Cf"} & {unicodedata.category(sign) for sign in cleaned}
    assert bool(normalise(cleaned).text) == bool(cleaned)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_in_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("bytes") / "train.tsv"
    path.write_bytes(content)
    for reader in (read_lines, read_pairs):
        try:
            said = str(len(reader(path)))
        except ValueError as error:
            said = str(error)
        assert said.isdecimal() or ("train.tsv" in said and "\n" not in said)
