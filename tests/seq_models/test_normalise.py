"""What only looks different is read the same, and every character knows where it was typed."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from seq_models.normalise import PLAIN, normalise

ODD = "aé .,'’´`“”«»<>…⋯—▁¨½ﬁﷺ👩🏽❤가\ufe0f\t\n\x00\x85\u0301\u0327\u200b\u00ad\ufeff\u202a\u2028"
ODD += "\u1100\u1161\u11a8"
TEXTS = st.text() | st.text(st.sampled_from(ODD + "MOno?!"), max_size=12)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("C´est l´heure.", "C'est l'heure."),
        ("L`eau", "L'eau"),
        ("aujourdʼhui", "aujourd'hui"),
        ("<< Non >>", "« Non »"),
        ("‹Non›", "«Non»"),
        ("„So“ — ‟oui”", '"So" - "oui"'),
        ("vingt‑deux − 2", "vingt-deux - 2"),
        ("Attends… non⋯", "Attends... non..."),
        ("a\u00a0b\u2009c\u3000d▁e\u2028f", "a b c d e f"),
        ("Cafe\u0301", "Café"),
        ("ｆｕｌｌ", "full"),
    ],
)
def test_a_look_alike_is_read_as_the_usual_sign(typed: str, read: str) -> None:
    assert normalise(typed).text == read


def test_whatever_unicode_calls_a_quotation_mark_is_read_as_a_usual_one() -> None:
    named = {chr(code): unicodedata.name(chr(code), "") for code in range(0x110000)}
    quotes = [sign for sign, name in named.items() if "QUOTATION MARK" in name]
    quotes = [sign for sign in quotes if unicodedata.category(sign) != "Cf"]  # no tag is seen
    assert len(quotes) > 20
    assert [sign for sign in quotes if normalise(f"a {sign}").text[2:] not in {*"'\"«»"}] == []


@pytest.mark.parametrize("sign", "\ufeff\u200b\u00ad\u202a\u2060\u200d\ufe0f\u034f\U000e0067")
def test_a_sign_that_nobody_sees_vanishes_and_alone_is_no_text(sign: str) -> None:
    assert normalise(f"{sign}Bon{sign}jour{sign} !").text == "Bonjour !"
    assert normalise(sign).text == ""


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Il pleut.Où est la gare ?", "Il pleut. Où est la gare ?"),
        ("Il pleut...Où ?", "Il pleut... Où ?"),
        ("Ça va?oui!non", "Ça va? oui! non"),
        ("IL PLEUT.ELLE DORT", "IL PLEUT. ELLE DORT"),
    ],
)
def test_sentences_typed_without_a_space_are_two(typed: str, read: str) -> None:
    assert normalise(typed).text == read


@pytest.mark.parametrize("typed", ["J.R.R. Tolkien", "3.5", "www.exemple.fr", "M.Dupont", "U.S.A."])
def test_a_point_inside_a_name_or_a_number_ends_no_sentence(typed: str) -> None:
    assert normalise(typed).text == typed


@settings(max_examples=300, deadline=None)
@given(TEXTS)
@example("ﷺ\u0301 \u0301x")
def test_places_go_up_and_lie_inside_what_was_typed(text: str) -> None:
    normal = normalise(text)
    assert len(normal.places) == len(normal.text)
    assert list(normal.places) == sorted(normal.places)
    assert all(0 <= place < len(text) for place in normal.places)
    assert normal.text == " ".join(normal.text.split())


@settings(max_examples=300, deadline=None)
@given(TEXTS)
@example("ŉ‴ \u0374 10⁻³")
@example("＜＜Non＞＞ ‹＜ ＜<<")
def test_what_was_normalised_stays_as_it_is(text: str) -> None:
    once = normalise(text).text
    assert normalise(once).text == once


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_accents_join_their_letters_though_they_are_joined_one_by_one(text: str) -> None:
    """Oracle: the standard library, which joins them over the whole text."""
    read = normalise(text).text
    assert unicodedata.normalize("NFC", read) == read


def test_a_fraction_is_written_with_the_usual_sign_and_apart_from_its_number() -> None:
    assert normalise("½ et 3½ ⅓").text == "1/2 et 3 1/2 1/3"
    assert normalise("½").places == (0, 0, 0)


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("abéœ.,?!<>' «-Z9"), max_size=12))
def test_a_plain_text_is_read_as_the_long_way_reads_it(text: str) -> None:
    if PLAIN.fullmatch(text):
        long_way = normalise(f"{text} ½").text  # not plain any more
        assert long_way.removesuffix(" 1/2") == normalise(f"{text} a").text.removesuffix(" a")
