"""Languages vote for what a French word is in English."""

import math
from pathlib import Path

import pytest

from tests.dictionaries import write_dictionary
from train.lexicon.agreed import STRAIGHT, Word, read_lexicon

ANCHOR = Word("ancre", "noun")


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """French into English, German and Finnish; German into English, English into Finnish."""
    write_dictionary(tmp_path, "a-fra-eng", {"ancre /x/ <n, fem>": ["an anchor"]})
    write_dictionary(
        tmp_path, "a-fra-deu", {"ancre /x/ <n, fem>": ["Anker"], "oser <v>": ["wagen"]}
    )
    write_dictionary(tmp_path, "a-fra-fin", {"ancre <n, masc>": ["ankkuri, virhe"]})
    write_dictionary(
        tmp_path,
        "b-deu-eng",
        {"Anker /x/ <n>": ["anchor", "to anchor"], "wagen <v>": ["to dare"], "Wagen <n>": ["car"]},
    )
    write_dictionary(tmp_path, "b-eng-fin", {"anchor <n>": ["ankkuri"], "fault <n>": ["virhe"]})
    return tmp_path


def test_every_language_that_leads_to_a_word_votes_for_it(shelf: Path) -> None:
    votes = read_lexicon(shelf).votes[ANCHOR]
    assert set(votes["anchor"]) == {"eng", "deu", "fin"}
    assert votes["anchor"]["eng"] == STRAIGHT
    assert votes["anchor"]["deu"] == 1
    assert votes["anchor"]["fin"] == pytest.approx(1 / math.sqrt(2))  # one of two in its sense
    assert set(votes["fault"]) == {"fin"}


def test_a_verb_leads_to_verbs_alone(shelf: Path) -> None:
    assert set(read_lexicon(shelf).votes[Word("oser", "verb")]) == {"dare"}


def test_a_gender_is_what_most_say(shelf: Path) -> None:
    assert read_lexicon(shelf).genders == {"ancre": "feminine"}


def test_a_dictionary_serves_in_both_directions(tmp_path: Path) -> None:
    write_dictionary(tmp_path, "a-fra-deu", {"ancre <n, fem>": ["nichts"]})
    write_dictionary(tmp_path, "a-deu-fra", {"Anker <n>": ["ancre"]})
    write_dictionary(tmp_path, "a-eng-deu", {"anchor <n>": ["Anker"]})
    assert read_lexicon(tmp_path).votes[ANCHOR] == {"anchor": {"deu": 1.0}}


def test_two_dictionaries_of_one_pair_of_languages_are_both_read(shelf: Path) -> None:
    write_dictionary(
        shelf, "b-fra-eng", {"ancre /x/ <n, fem>": ["grapnel"], "clé <n, fem>": ["key"]}
    )
    votes = read_lexicon(shelf).votes
    assert {"anchor", "grapnel"} <= set(votes[ANCHOR])
    assert set(votes[Word("clé", "noun")]) == {"key"}


def test_a_way_through_a_word_of_many_meanings_weighs_less(shelf: Path) -> None:
    more = {"Anker <n>": ["anchor"], "anker <n>": ["armature"], "ANKER <n>": ["guy"]}
    write_dictionary(shelf, "b-deu-eng", more)
    votes = read_lexicon(shelf).votes[ANCHOR]
    assert votes["anchor"]["deu"] == pytest.approx(1 / math.sqrt(3))


def test_a_folder_without_a_dictionary_from_french_is_refused(tmp_path: Path) -> None:
    write_dictionary(tmp_path, "a-deu-eng", {"Anker <n>": ["anchor"]})
    with pytest.raises(ValueError, match="no dictionary from French"):
        read_lexicon(tmp_path)
