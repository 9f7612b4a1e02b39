"""Backwards: a word or some digits, read from the end: attention becomes the other diagonal."""

import random
import string

from playground.learning.task import Pair, Task

SHORTEST, LONGEST = 3, 10  # letters
DIGITS = 0.2  # of all examples are digits


def draw(random_numbers: random.Random) -> Pair:
    """Random letters or digits, and the same from the end."""
    signs = string.digits if random_numbers.random() < DIGITS else string.ascii_lowercase
    word = "".join(random_numbers.choices(signs, k=random_numbers.randint(SHORTEST, LONGEST)))
    return word, word[::-1]


def answer(text: str) -> str:
    """The text from its end; of words, all letters of all of them."""
    return text.lower().strip()[::-1]


TASK = Task(
    name="backwards",
    question="What is it, read from the end?",
    draw=draw,
    answer=answer,
    examples=("learning", "stressed", "1998", "window"),
    place=lambda place, length: length - 1 - place,
    probes=("go", "constantinople", "aaaaaaa"),
)
