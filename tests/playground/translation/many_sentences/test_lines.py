"""Lines as people have them: any newline, any kind of file, and a sentence for what cannot be."""

import pytest

from playground.translation.many_sentences.lines import MOST, Line, opened, pasted, text_of

ONE, TWO = "Il pleut.", "Elle a vu « l'été »."


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("last", ["", "ends"])
def test_any_newline_and_any_beginning_give_the_same_lines(
    newline: str, mark: str, last: str
) -> None:
    text = newline.join([ONE, "", TWO]) + (newline if last else "")
    wanted = [Line(1, ONE), Line(3, TWO)]
    for name in ("a.txt", "a.tsv", "a.csv", "A.TXT"):
        assert opened(name, (mark + text).encode()) == wanted
    assert pasted(text) == wanted


def test_a_second_column_is_a_reference() -> None:
    wanted = [Line(1, ONE, "It rains."), Line(2, TWO, 'She, "once", saw it.')]
    assert pasted(f'{ONE}\tIt rains.\n{TWO}\tShe, "once", saw it.') == wanted
    for between in ",;":
        table = f'"{ONE}"{between}It rains.\n"{TWO}"{between}"She, ""once"", saw it."\n'
        assert opened("a.csv", table.encode()) == wanted
    assert opened("a.csv", f"French,English\n{ONE},It rains.".encode())[0].number == 2


def test_a_quoted_cell_may_go_over_lines_and_the_numbers_follow() -> None:
    found = opened("a.csv", f'"Il\npleut."\n{TWO}\n'.encode())
    assert found == [Line(1, ONE), Line(3, TWO)]


def test_a_heading_alone_is_a_line() -> None:
    assert pasted("source") == [Line(1, "source")]
    assert pasted(f"Source\n{ONE}") == [Line(2, ONE)]


def test_a_tab_in_a_text_is_a_space() -> None:
    lines = opened("a.txt", b"Il\tpleut\tfort.")
    assert lines == [Line(1, "Il pleut fort.")]
    assert pasted(text_of(lines)) == lines


def test_what_was_opened_can_be_pasted() -> None:
    lines = [Line(1, ONE, "It rains."), Line(4, TWO, "She saw it.")]
    assert pasted(text_of(lines)) == lines


@pytest.mark.parametrize(
    ("name", "content", "wanted"),
    [
        ("a.pdf", b"x", "This is a .pdf file"),
        ("lines", b"x", "without an ending"),
        ("a.txt", b"", "no line yet"),
        ("a.txt", b" \n\t\n", "no line yet"),
        ("a.txt", "Il\nété".encode("latin-1"), "Line 2 is not UTF-8"),
        ("a.txt", b"\xff", "Line 1 is not UTF-8"),
        ("a.txt", b"Il\n\xff", "Line 2 is not UTF-8"),
        ("a.txt", "\ufeffé\né\né".encode() + b"\xff", "Line 3 is not UTF-8"),
        ("a.txt", "\ufefféé".encode() + b"\xff", "Line 1 is not UTF-8"),
        ("a.txt", "Il pleut.".encode("utf-16"), "this file is UTF-16"),
        ("a.tsv", b"a\tb\tc", "Line 1 has 3 columns"),
        ("a.tsv", b"a\tb\n\nc", "Line 3 has no reference, and line 1 has one"),
        ("a.tsv", b"a\nc\td", "Line 2 has a reference, and line 1 has none"),
        ("a.tsv", b"a\tb\n\tc", "Line 2 has no French"),
        ("a.csv", b'a\n"b', "Line 2 is no row of a table"),
        ("a.txt", b"a\n" * (MOST + 1), "Line 1,001 is one too many"),
    ],
)
def test_what_cannot_be_is_refused_with_its_line(name: str, content: bytes, wanted: str) -> None:
    with pytest.raises(ValueError, match=wanted) as caught:
        opened(name, content)
    assert str(caught.value).endswith(".")


def test_so_many_lines_are_taken() -> None:
    assert len(opened("a.txt", b"a\r\n" * MOST)) == MOST


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        ("Oui, merci\nNon, merci\n", [("Oui, merci", None), ("Non, merci", None)]),
        (
            "Oui, merci;Yes thanks\nBonjour;Hello",
            [("Oui, merci", "Yes thanks"), ("Bonjour", "Hello")],
        ),
        (
            "Je viens, merci;I come, thanks\nOui;Yes",
            [("Je viens, merci", "I come, thanks"), ("Oui", "Yes")],
        ),
        ('"Oui, merci","Yes, thanks"\nNon,No', [("Oui, merci", "Yes, thanks"), ("Non", "No")]),
        ("Oui,Yes\n\nNon,No\n", [("Oui", "Yes"), ("Non", "No")]),
        ("Oui\nNon", [("Oui", None), ("Non", None)]),
        ('"Oui; non"\n"Non"', [("Oui; non", None), ("Non", None)]),
    ],
)
def test_the_sign_between_columns_is_one_that_makes_two_of_every_row(
    content: str, wanted: list[tuple[str, str | None]]
) -> None:
    found = opened("a.csv", content.encode())
    assert [(line.source, line.reference or None) for line in found] == wanted
