"""A frame's two sides hold the same name, number, date or time."""

import random
import re
import string

import pytest

from train.pairs import frames
from train.pairs.frames import SLOTS, framed, rows
from train.pairs.tables import FRAMES

DIGITS = re.compile(r"\d")


@pytest.mark.parametrize("frame", rows(FRAMES), ids=lambda frame: frame[0])
def test_both_sides_of_a_frame_have_the_same_slots(frame: list[str]) -> None:
    french, english = frame
    slots = [[slot for _, slot, _, _ in string.Formatter().parse(s) if slot] for s in frame]
    assert sorted(slots[0]) == sorted(slots[1])
    assert set(slots[0]) <= {*SLOTS, "sum"}
    assert french
    assert english


@pytest.mark.parametrize("slot", ["time", "number", "price", "year", "age"])
def test_a_number_keeps_its_digits(slot: str) -> None:
    chance = random.Random(1)
    for _ in range(200):
        french, english = SLOTS[slot](chance)
        digits = ["".join(DIGITS.findall(side)) for side in (french, english)]
        assert digits[0] == digits[1].removesuffix("00") or digits[0] == digits[1]


def test_a_time_and_an_amount_in_words_are_the_same_on_both_sides() -> None:
    chance = random.Random(1)
    times = dict(frames.spoken(chance) for _ in range(5_000))
    assert times["huit heures et demie"] == "half past eight"
    assert times["midi et demi"] == "half past twelve"
    assert times["une heure et demie"] == "half past one"
    assert times["trois heures moins le quart"] == "a quarter to three"
    assert times["dix heures dix"] == "ten past ten"
    assert times["seize heures"] == "four o'clock"
    assert times["vingt et une heures quinze"] == "nine fifteen"
    assert times["minuit"] == "midnight"
    assert times["six heures du matin"] == "six o'clock in the morning"
    assert times["trois heures de l'après-midi"] == "three o'clock in the afternoon"
    assert "trois heures du soir" not in times
    amounts = dict(frames.amount(chance) for _ in range(2_000))
    assert amounts["vingt-cinq"] == "twenty-five"
    assert amounts["quatre-vingt-dix"] == "ninety"
    assert amounts["onze"] == "eleven"
    assert "vingt et un" not in amounts


def test_thousands_and_decimals_are_written_as_the_language_does() -> None:
    chance = random.Random(1)
    numbers = [frames.number(chance) for _ in range(300)]
    assert all(french.replace(" ", ",") == english for french, english in numbers)
    assert any(" " in french for french, _ in numbers)
    prices = [frames.price(chance) for _ in range(20)]
    assert all(french.replace(",", ".") == english for french, english in prices)


def test_a_colour_agrees_with_its_noun() -> None:
    chance = random.Random(1)
    things = dict(frames.thing(chance) for _ in range(3000))
    assert things["une maison blanche"] == "a white house"
    assert things["un sac blanc"] == "a white bag"
    assert things["une pomme"] == "an apple"
    assert things["une pomme verte"] == "a green apple"


def test_an_owner_and_a_size_agree_with_their_noun() -> None:
    chance = random.Random(1)
    mine = dict(frames.own(chance) for _ in range(3000))
    assert mine["ma maison blanche"] == "my white house"
    assert mine["mon sac"] == "my bag"
    sizes = dict(frames.sized(chance) for _ in range(3000))
    assert sizes["une vieille maison"] == "an old house"
    assert sizes["un grand bateau"] == "a big boat"
    assert not any(french.startswith("un vieux oiseau") for french in sizes)


def test_a_telephone_number_is_copied() -> None:
    chance = random.Random(1)
    numbers = [frames.phone(chance) for _ in range(100)]
    assert all(french == english for french, english in numbers)
    assert any(" " in french for french, _ in numbers)


def test_frames_are_filled_and_a_seed_decides_how() -> None:
    one, other = (random.Random(4), random.Random(4))
    pairs = [framed(one) for _ in range(500)]
    assert pairs == [framed(other) for _ in range(500)]
    assert not any("{" in side for pair in pairs for side in pair)


def test_what_a_name_or_a_number_asks_for_is_there() -> None:
    chance = random.Random(3)
    made = [framed(chance)[0] for _ in range(20_000)]
    names = "|".join(frames.NAMES)
    assert any(re.search(r"\bd'Emma\b", french) for french in made)
    for french in made:
        assert not re.search(rf"\b[Dd]e (?=[AEIOUÉÈ])(?:{names})\b", french)
        assert not re.search(r"(?<!\d)[01] (?:heures|ans)\b", french)
    men, women = "|".join(frames.HE), "|".join(frames.SHE)
    wrong = rf"(?:{women}) est né le|(?:{men}) est née le|M\. (?:{women})\b|Madame (?:{men})\b"
    assert not any(re.search(wrong, french) for french in made)
    assert set(frames.HE).isdisjoint(frames.SHE)
