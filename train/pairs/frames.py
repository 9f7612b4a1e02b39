"""Pairs made from frames: a name, a number, a date or a time in the sentence it stands in.

Hardly any pair of sentences holds a given time or an unseen name. In a frame, a model learns what
is the same for all of them: that a name is copied, and how a number is written in English.
"""

import random
import re
import unicodedata
from collections.abc import Callable, Sequence

from num2words import num2words

from train.pairs.tables import (
    CITIES,
    COLOURS,
    DEAR,
    EITHER,
    FRAMES,
    MEN,
    MINUTES,
    MONTHS,
    PLACES,
    SIZES,
    SURNAMES,
    SYLLABLES,
    TAILS,
    THINGS,
    WOMEN,
)

Pair = tuple[str, str]
HE, SHE = MEN.split(), WOMEN.split()
NAMES = (*HE, *SHE, *EITHER.split())
TOWNS, FAMILIES = CITIES.split(), SURNAMES.split()
SHORTENED = re.compile(r"\b([Dd]|[Qq]u)e (?=([^\W\d_]))")  # before a vowel: "d'Emma"
VOWELS = "aeiou"
HOURS = {0: "minuit", 1: "une heure", 12: "midi", 21: "vingt et une heures"}


def rows(table: str) -> list[list[str]]:
    """The fields of each line of a table."""
    return [line.split("\t") for line in table.strip().split("\n")]


def name(chance: random.Random, names: Sequence[str] = NAMES) -> Pair:
    """A name, one in three times invented, so that it is no matter of knowing it."""
    found = chance.choice(names)
    if chance.random() < 1 / 3:
        found = invented(chance)
    return found, found


def invented(chance: random.Random) -> str:
    """A name that nobody of the lists has."""
    found = ""
    while not found or found in NAMES:
        found = "".join(chance.choices(SYLLABLES.split(), k=chance.choice((2, 2, 3)))).title()
    return found


def he(chance: random.Random) -> Pair:
    """A name of a man or a boy, or an invented one."""
    return name(chance, HE)


def she(chance: random.Random) -> Pair:
    """A name of a woman or a girl, or an invented one."""
    return name(chance, SHE)


def surname(chance: random.Random) -> Pair:
    """A family's name, or an invented one."""
    return name(chance, FAMILIES)


def city(chance: random.Random) -> Pair:
    """A city that both languages call alike, or an invented one."""
    return name(chance, TOWNS)


def dear(chance: random.Random) -> Pair:
    """Who is spoken to: "les enfants" is "children"."""
    french, english = chance.choice(rows(DEAR))
    return french, english


def starts_soft(word: str) -> bool:
    """Whether "de" and "que" lose their e before a name."""
    return unicodedata.normalize("NFD", word)[0].lower() in VOWELS


def time(chance: random.Random) -> Pair:
    """A time of the day: "8 h 45" is "8:45", "8 h" is "8 o'clock"."""
    hour, minute = chance.randrange(24), chance.randrange(0, 60, chance.choice((1, 5, 15)))
    if minute == 0:
        english = f"{hour} o'clock" if 0 < hour <= 12 else f"{hour}:00"
        hours = "heures" if hour > 1 else "heure"
        return chance.choice((f"{hour} h", f"{hour}h", f"{hour} {hours}")), english
    ways = (f"{hour} h {minute:02}", f"{hour} h {minute:02}", f"{hour}h{minute:02}")
    return chance.choice((*ways, f"{hour}:{minute:02}")), f"{hour}:{minute:02}"


def spoken(chance: random.Random) -> Pair:
    """A time of the day in words: "huit heures et demie" is "half past eight".

    What a clock of 12 hours says of an hour after noon does not say so: "seize heures" is "four
    o'clock".
    """
    hour = chance.randrange(24)
    english = num2words(hour % 12 or 12)
    french = HOURS.get(hour) or f"{num2words(hour, lang='fr')} heures"
    if hour > 12:
        past = chance.choice((0, 0, 15, 30, 45))
        if not past:
            return french, f"{english} o'clock"
        return f"{french} {num2words(past, lang='fr')}", f"{english} {num2words(past)}"
    minutes, english_minutes = chance.choice((("", ""), *rows(MINUTES)))
    if minutes:
        half = "demi" if hour in (0, 12) else "demie"
        return f"{french} {minutes.format(half=half)}", f"{english_minutes} {english}"
    if hour in (0, 12):
        return french, "noon" if hour else "midnight"
    later = ("de l'après-midi", "in the afternoon") if hour < 6 else ("du soir", "in the evening")
    when, english_when = chance.choice((("", ""), ("du matin", "in the morning"), later))
    return f"{french} {when}".strip(), f"{english} o'clock {english_when}".strip()


def amount(chance: random.Random) -> Pair:
    """A number below a hundred in words, but for "vingt et un" and others that have a feminine."""
    found = chance.choice([n for n in range(2, 100) if n % 10 != 1 or n in (11, 71, 91)])
    return num2words(found, lang="fr"), num2words(found)


def date(chance: random.Random) -> Pair:
    """A day: in digits as it was, or "14 juillet 1998" is "July 14, 1998"."""
    day, month, when = chance.randint(1, 28), chance.randrange(12), chance.randint(1850, 2030)
    if chance.random() < 0.5:
        written = f"{day:02}/{month + 1:02}/{when}"
        return written, written
    french, english = rows(MONTHS)[month]
    first = "1er" if day == 1 else str(day)
    if chance.random() < 0.4:
        return f"{first} {french}", f"{english} {day}"
    return f"{first} {french} {when}", f"{english} {day}, {when}"


def year(chance: random.Random) -> Pair:
    """A year."""
    found = str(chance.randint(1000, 2050))
    return found, found


def number(chance: random.Random) -> Pair:
    """A whole number: "244 890" is "244,890", and "244890" stays as it was."""
    found = chance.randrange(2, 10 ** chance.randint(1, 7))
    if chance.random() < 0.5:
        return str(found), str(found)
    return f"{found:,}".replace(",", " "), f"{found:,}"


def price(chance: random.Random) -> Pair:
    """A number with two decimals: "3,50" is "3.50"."""
    found = f"{chance.randrange(0, 200)}.{chance.randrange(100):02}"
    return found.replace(".", ","), found


def small_number(chance: random.Random) -> Pair:
    """From 1 to 100."""
    found = str(chance.randint(1, 100))
    return found, found


def age(chance: random.Random) -> Pair:
    """From 2 to 100: several years."""
    found = str(chance.randint(2, 100))
    return found, found


def place(chance: random.Random) -> Pair:
    """A place in a town."""
    french, english = chance.choice(rows(PLACES))
    return french, english


def thing(chance: random.Random) -> Pair:
    """A thing, mostly of some colour: "une maison rouge" is "a red house"."""
    french, english = chance.choice(rows(THINGS))
    if chance.random() < 0.2:
        return french, english
    male, female, colour = chance.choice(rows(COLOURS))
    _, _, noun = english.partition(" ")
    article = "an" if colour[0] in "aeio" else "a"
    return f"{french} {female if french.startswith('une') else male}", f"{article} {colour} {noun}"


def own(chance: random.Random) -> Pair:
    """One's own thing: "mon sac bleu" is "my blue bag"."""
    french, english = thing(chance)
    article, _, noun = french.partition(" ")
    soft = noun[0] in "aeéio"
    whose = "ma" if article == "une" and not soft else "mon"
    return f"{whose} {noun}", f"my {english.partition(' ')[2]}"


def sized(chance: random.Random) -> Pair:
    """A small, old, new ... thing: "une vieille maison" is "an old house"."""
    french, english = chance.choice(rows(THINGS))
    male, female, size = chance.choice(rows(SIZES))
    article, _, noun = french.partition(" ")
    if article == "un" and noun[0] in "aeéio":
        return french, english  # "un bel oiseau": a form of its own
    of_size = f"{'an' if size[0] in 'aeio' else 'a'} {size}"
    return (
        f"{article} {female if article == 'une' else male} {noun}",
        f"{of_size} {english.partition(' ')[2]}",
    )


def phone(chance: random.Random) -> Pair:
    """Digits in groups or in one, copied as they stand."""
    groups = [f"{chance.randrange(100):02}" for _ in range(chance.randint(2, 5))]
    found = chance.choice((" ", " ", "", ".")).join(groups)
    return found, found


SLOTS: dict[str, Callable[[random.Random], Pair]] = {
    "name": name,
    "name2": name,
    "he": he,
    "she": she,
    "surname": surname,
    "city": city,
    "city2": city,
    "dear": dear,
    "time": time,
    "time2": time,
    "spoken": spoken,
    "spoken2": spoken,
    "amount": amount,
    "amount2": amount,
    "date": date,
    "year": year,
    "number": number,
    "price": price,
    "percent": small_number,
    "age": age,
    "age2": age,
    "place": place,
    "thing": thing,
    "own": own,
    "sized": sized,
    "phone": phone,
}


def framed(chance: random.Random) -> Pair:
    """A pair from a frame drawn at random."""
    return drawn(FRAMES, chance)


def tail(chance: random.Random) -> Pair:
    """What may stand at the end of a sentence besides."""
    return drawn(TAILS, chance)


def drawn(table: str, chance: random.Random) -> Pair:
    """One of a table's pairs, its slots filled."""
    french, english = chance.choice(rows(table))
    slots = {slot: fill(chance) for slot, fill in SLOTS.items()}
    total = str(int(slots["age"][0]) + int(slots["age2"][0]))
    slots["sum"] = (total, total)
    both = (
        text.format(**{slot: filled[side] for slot, filled in slots.items()})
        for side, text in enumerate((french, english))
    )
    source, target = both
    return SHORTENED.sub(shortened, source), target


def shortened(found: re.Match[str]) -> str:
    """ "de" or "que" as it stands before a name that begins with this letter."""
    return f"{found[1]}'" if starts_soft(found[2]) else found[0]
