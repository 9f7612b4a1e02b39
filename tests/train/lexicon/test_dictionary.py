"""A dictionary is read as dictd reads it: by its index, entry by entry."""

import gzip
from pathlib import Path

import pytest

from tests.dictionaries import base64, write_dictionary
from train.lexicon.dictionary import Entry, number, read_dictionary


def read(tmp_path: Path, head: str, *lines: str) -> Entry:
    (entry,) = read_dictionary(write_dictionary(tmp_path, "small-fra-eng", {head: lines}))
    return entry


def test_an_entry_tells_word_part_gender_and_senses(tmp_path: Path) -> None:
    lines = ("1. pancake, crepe [Am.]", "Mince galette, ronde", "2. crape <n>")
    entry = read(tmp_path, "crêpe /kʁɛp/ <n, fem>", *lines)
    assert entry == Entry("crêpe", "noun", "feminine", (("pancake", "crepe"), ("crape",)))


@pytest.mark.parametrize(
    ("head", "word", "part"),
    [
        ("à côté /a kote/ <adv>", "à côté", "adverb"),
        ("ronfler <v>", "ronfler", "verb"),
        ("Lyon /ljɔ̃/ <pn>", "Lyon", ""),
        ("et /e/ /ɛ/", "et", ""),
        ("oui", "oui", ""),
    ],
)
def test_what_is_not_told_is_not_made_up(tmp_path: Path, head: str, word: str, part: str) -> None:
    entry = read(tmp_path, head, "so", "a gloss, of some words")
    assert (entry.word, entry.part, entry.gender) == (word, part, "")
    assert entry.senses == (("so",),)


def test_the_accents_that_mark_stress_are_no_letters(tmp_path: Path) -> None:
    entry = read(tmp_path, "ancre /ɑ̃kʁ/ <n, fem>", "ко́тва (на кораб)", "3. café")
    assert entry.senses == (("котва",), ("café",))


def test_what_is_too_long_is_an_explanation(tmp_path: Path) -> None:
    assert read(tmp_path, "ah", f"{'x' * 40}, oh").senses == (("oh",),)


@pytest.mark.parametrize("value", [0, 63, 64, 4_095, 1_234_567])
def test_numbers_are_in_base_64(value: int) -> None:
    assert number(base64(value)) == value


def test_two_headwords_of_one_entry_are_one_entry(tmp_path: Path) -> None:
    index = write_dictionary(tmp_path, "small-fra-eng", {"clé <n, fem>": ["key"]})
    lines = index.read_text(encoding="utf-8").splitlines()
    index.write_text("\n".join([*lines, lines[-1].replace("clé", "clef")]), encoding="utf-8")
    assert len(list(read_dictionary(index))) == 1


@pytest.mark.parametrize("broken", ["no gzip", "cut", "no number", "not utf-8"])
def test_what_is_no_dictionary_is_refused_with_its_name(tmp_path: Path, broken: str) -> None:
    index = write_dictionary(tmp_path, "small-fra-eng", {"clé <n, fem>": ["key"]})
    text = index.with_suffix(".dict.dz")
    if broken == "no gzip":
        text.write_bytes(b"clef")
    elif broken == "cut":
        text.write_bytes(text.read_bytes()[:-9])
    elif broken == "not utf-8":
        text.write_bytes(
            gzip.compress(gzip.decompress(text.read_bytes()).replace(b"\xc3", b"\xff"))
        )
    else:
        index.write_text("clé\t*\tA\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"small-fra-eng\.index is no dictionary"):
        list(read_dictionary(index))
