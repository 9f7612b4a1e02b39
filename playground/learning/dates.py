"""Dates as people write them, "samedi 9 mai 1998" or "May 9, 1998", become 1998-05-09 (ISO 8601).

A weekday has to be left out, a month's name looked up, a year of two digits completed.
"""

import datetime
import random
from collections.abc import Callable

from playground.learning.task import Pair, Task

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
    "octobre", "novembre", "décembre",
)  # fmt: skip
ENGLISH = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
WEEKDAYS = (
    "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
)  # fmt: skip
FIRST, LAST = 1930, 2029  # years: two digits mean one of these


def day_in_french(day: datetime.date) -> str:
    """The first of a month has a number of its own."""
    return f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]}"


FORMS: tuple[Callable[[datetime.date], str], ...] = (
    lambda day: f"{WEEKDAYS[day.weekday()]} {day_in_french(day)} {day.year}",
    lambda day: f"{day_in_french(day)} {day.year}",
    lambda day: f"le {day_in_french(day)} {day.year}",
    lambda day: f"{day.day}/{day.month}/{day.year % 100:02}",
    lambda day: f"{day.day:02}/{day.month:02}/{day.year}",
    lambda day: f"{ENGLISH[day.month - 1]} {day.day}, {day.year}",
)


def draw(random_numbers: random.Random) -> Pair:
    """Any day of the hundred years, in any form."""
    first, last = datetime.date(FIRST, 1, 1), datetime.date(LAST, 12, 31)
    day = first + datetime.timedelta(random_numbers.randrange((last - first).days + 1))
    return random_numbers.choice(FORMS)(day), day.isoformat()


def answer(text: str) -> str:
    """The day, if the text is one of its forms; a wrong weekday makes it none."""
    words = text.strip().replace(",", " ").replace("/", " ").split()
    numbers = [
        int(word.removesuffix("er")) for word in words if word.removesuffix("er").isdecimal()
    ]
    names = {name.lower(): place for place, name in enumerate(MONTHS, 1)}
    names |= {name.lower(): place for place, name in enumerate(ENGLISH, 1)}
    months = [names[word.lower()] for word in words if word.lower() in names] or numbers[1:2]
    if not months or len(numbers) < 2 or numbers[-1] > LAST:
        return ""
    year = numbers[-1] if numbers[-1] > 99 else numbers[-1] + (1900 if numbers[-1] >= 30 else 2000)
    try:
        day = datetime.date(year, months[0], numbers[0])
    except (ValueError, OverflowError):
        return ""
    said = text.strip().lower()
    return day.isoformat() if said in {form(day).lower() for form in FORMS} else ""


TASK = Task(
    name="dates",
    question="Which day is it, written 1998-05-09?",
    draw=draw,
    answer=answer,
    examples=("samedi 9 mai 1998", "9/5/98", "May 9, 1998", "1er août 2024"),
    probes=("31 février 2000", "lundi 9 mai 1998", "14 juillet 1789"),
)
