"""A line typed in haste is read as it would be printed, and one typed with care stays."""

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from seq_models.repair import FIELDS, Spelling, repair, unaccented
from train.spelling import learned

LINES = [
    "Où est la gare ?",
    "Où est Paul ?",
    "Où dort-il ?",
    "Il est là où est la gare.",
    "Je sais que Paul va à Paris.",
    "Je sais que Paul est à Paris : il est là.",
    "Elle sait que Paul dort à Paris.",
    "Je vais à l'école.",
    "Tu vas à l'école ou pas.",
    "Elle va à l'école ou dort.",
    "Il a dit ou non.",
    "Il a dort.",
    "Il a gare.",
    "C'est dit : il dort !",
    "Il dort !",
] * 2
FRENCH = Spelling.from_json(json.dumps(learned(LINES, whole_sentences=True)).encode())
ENGLISH_LINES = ["Today I know that Paul and I are here."] * 3
ENGLISH = Spelling.from_json(json.dumps(learned(ENGLISH_LINES, whole_sentences=False)).encode())


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("OÙ EST LA GARE ?", "Où est la gare ?"),
        ("OU EST LA GARE", "Où est la gare ?"),
        ("JE VAIS À L'ÉCOLE. PAUL DORT !", "Je vais à l'école. Paul dort !"),
        ("Ou est la gare", "Où est la gare ?"),
        ("je vais a l'ecole", "Je vais à l'école."),
        ("je sais que paul va a paris", "Je sais que Paul va à Paris."),
        ("il a dit", "Il a dit."),
        ("Je vais a l'ecole ou pas.", "Je vais à l'école ou pas."),
        ("Où est la gare?", "Où est la gare ?"),
        ("Il dort!!", "Il dort !!"),
        ("Il dort .", "Il dort."),
        ("1er mars, il dort", "1er mars, il dort."),
        ("10h du matin !", "10h du matin !"),
        ("20 il dort", "20 il dort."),
        ("1. il dort", "1. Il dort."),
        ("il est (ou dort) a paris", "Il est (ou dort) à Paris."),
        ("il a dit « ou » a paul", "Il a dit « ou » à Paul."),
        ('il a dit : "il dort"', 'Il a dit : "Il dort"'),
        ("m. le paul est a l'ecole. il dort", "M. le Paul est à l'école. Il dort."),
        ("IL VA A L'U.S.A. ET DORT", "Il va à l'U.S.A. et dort."),
        ("PAUL XIV DORT", "Paul XIV dort."),
        ("il dort à 10h. tu vas ou ?", "Il dort à 10h. Tu vas ou ?"),
        ("a) il dort", "a) Il dort."),
    ],
)
def test_a_hasty_line_is_read_as_printed(typed: str, read: str) -> None:
    assert repair(typed, FRENCH) == read


ALONE = ["Merci !", "Non, merci.", "Non, ça va.", "Non, il dort.", "Où ?", "L'école a un chat."]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("chat", "chat"),
        ("CHAT", "chat"),
        ("Chat", "chat"),
        ("chat !", "Chat !"),
        ("Chat.", "Chat."),
        ("ECOLE", "école"),
        ("paris", "Paris"),
        ("Paris", "Paris"),
        ("merci", "Merci."),
        ("NON", "Non."),
        ("ou", "Où ?"),
        ("un chat", "Un chat."),
    ],
)
def test_a_word_alone_is_no_sentence_unless_the_text_has_it_as_one(typed: str, read: str) -> None:
    cats = ["Chat ?", *["Le chat va à Paris."] * 15]
    table = learned([*LINES, *ALONE, *cats], whole_sentences=True)
    assert repair(typed, Spelling.from_json(json.dumps(table).encode())) == read


VERBS = [
    "Il mange.", "Elle est ici.", "Il a faim.", "Une garde.", "La garde.", "Il garde ça.",
    "Ils sont ici.", "Il aime ça.", "Il se lave.", "Avec qui ?", "Votre chien ?", "Il les a vus.",
    "C'est passé.", "J'ai passé.", "Elle a tout passé.", "Passé !", "Du passé.", "Il passe.",
    "Il connait ça.", "Il connaît ça !", "Elle connaît Paul.", "L'école a un chat.", "À Paris !",
] * 3  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("sous la table", "sous la table"),
        ("Sous la table", "sous la table"),
        ("SOUS L'ÉCOLE", "sous l'école"),
        ("le chat de paul", "le chat de Paul"),
        ("Le chat de Zoé", "le chat de Zoé"),
        ("pres de la gare", "pres de la gare"),
        ("la garde rouge", "la garde rouge"),  # behind "la" it is no verb
        ("six chats", "six chats"),
        ("pour se", "pour se"),
        ("le chat mange", "Le chat mange."),
        ("le chat a faim", "Le chat a faim."),
        ("Le chat mange", "Le chat mange."),
        ("le chat garde ça", "Le chat garde ça."),
        ("Ce sont des chats", "Ce sont des chats."),
        ("Le chat l'aime", "Le chat l'aime."),
        ("le chat les a vus", "Le chat les a vus."),
        ("le chat ne dort pas", "Le chat ne dort pas."),
        ("Le chat se dort", "Le chat se dort."),
        ("le jour je dort", "Le jour je dort."),
        ("avec qui", "Avec qui ?"),
        ("sans quelle table", "Sans quelle table ?"),
        ("votre chien", "votre chien"),
        ("le chat passe", "Le chat passe."),  # though "passé" is more usual
        ("elle a tout passe", "Elle a tout passé."),
        ("il connait", "Il connaît."),
        ("a paris", "À Paris."),
        ("LE CHAT. UN CHAT", "Le chat. Un chat."),
        ("sous la table.", "Sous la table."),
        ("chat rouge", "Chat rouge."),
        ("au revoir", "Au revoir."),
        ("à demain", "À demain."),
        ("les", "les"),
    ],
)
def test_a_phrase_is_no_sentence(typed: str, read: str) -> None:
    table = learned([*LINES, *ALONE, *VERBS], whole_sentences=True, phrases=True)
    spelling = Spelling.from_json(json.dumps(table).encode())
    assert repair(typed, spelling) == read
    assert repair(read, spelling) == read


def test_phrases_are_told_apart_where_that_is_asked_for() -> None:
    assert repair("sous la table", FRENCH) == "Sous la table."


@pytest.mark.parametrize(
    "typed", [*LINES, "Je vais à l'ecole.", "12:30", "Tu vas à la GARE ou pas.", "À 8:30."]
)
def test_a_line_typed_with_care_stays_as_it_is(typed: str) -> None:
    assert repair(typed, FRENCH) == typed


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("jai une maison", "J'ai une maison."),
        ("Jai une maison.", "J'ai une maison."),
        ("JAI UNE MAISON.", "J'ai une maison."),
        ("on va a lecole", "On va à l'école."),
        ("On va à lécole.", "On va à l'école."),
        ("La dune et lune.", "La dune et lune."),  # both are words
    ],
)
def test_an_apostrophe_is_read_where_its_word_is_none_without_it(typed: str, read: str) -> None:
    lines = ["J'ai une maison."] * 9 + ["Là, j'ai une maison.", "La dune et la lune."]
    lines += ["On va à l'école et à l'autre, d'une à l'une."] * 10
    table = learned(lines, whole_sentences=True)
    assert table["joined"] == ["j'ai", "l'école", "l'autre"]
    assert repair(typed, Spelling.from_json(json.dumps(table).encode())) == read


def test_in_english_the_capital_of_a_short_word_comes_with_it() -> None:
    lines = ["You know that I'm here and don't go."] * 10
    spelling = Spelling.from_json(json.dumps(learned(lines, whole_sentences=False)).encode())
    assert repair("She dont know im here", spelling) == "She don't know I'm here"
    assert repair("She knows i'm here :)", spelling) == "She knows I'm here :)"
    assert repair("She knows i'll be", ENGLISH) == "She knows I'll be"


def test_a_text_that_may_go_on_gets_capitals_alone() -> None:
    assert repair("TODAY I KNOW THAT PAUL", ENGLISH) == "Today I know that Paul"
    assert repair("today i know", ENGLISH) == "today i know"
    assert repair("are they here ?", ENGLISH) == "are they here?"
    assert repair("TODAY", ENGLISH) == "Today"


@settings(deadline=None)
@example("ß")
@example("ŉ")
@given(st.text(st.sampled_from("ou aégOÙ.?!'«»\"PaulI -3:"), max_size=20) | st.text(max_size=12))
def test_what_was_repaired_is_printed_well_enough(line: str) -> None:
    for spelling in (FRENCH, ENGLISH):
        once = repair(line, spelling)
        assert repair(once, spelling) == once
        kept = "".join(unaccented(line).split()).casefold()
        assert "".join(unaccented(once).split()).casefold().startswith(kept.rstrip(".!?"))


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("value", [None, 3, [3], {"a": "b"}])
def test_a_table_that_is_none_is_refused_in_a_sentence(field: str, value: object) -> None:
    table: dict[str, object] = dict(learned(LINES, whole_sentences=True))
    with pytest.raises(ValueError, match="a table of spelling"):
        Spelling.from_json(json.dumps(table | {field: value}).encode())
    del table[field]
    with pytest.raises(ValueError, match="a table of spelling"):
        Spelling.from_json(json.dumps(table).encode())
