"""Shannon's game: guess the next word of a text until it is right, then see how the models did.

    H <= -sum over r of q[r] log2 q[r],  q[r] how often the word was found at guess number r

A few words bound little: the figure is this round's, not the language's.
C. Shannon, "Prediction and Entropy of Printed English", 1951, section 5,
https://doi.org/10.1002/j.1538-7305.1951.tb01366.x
"""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from playground.explain.next_word import (
    MODELS,
    Opened,
    normalised,
    opened,
    surprisal,
    word_of,
)
from playground.reading.text import between, shown
from seq_models.tokenizer import SPECIAL, Token, Tokenizer

ROUND = 10  # words of a game
SHOWN = 3  # words before the first hidden one
WRONG = 4  # choices beside the right one
MOST_TRIES = 100  # guesses for one word

PASSAGES = (
    "The old woman opened the window and looked out at the garden, where two small birds were "
    "singing in the apple tree.",
    "When we came home from school that afternoon, there was a letter on the kitchen table and "
    "nobody would tell us what it said.",
    "He had never been afraid of the dark, but that night he left the door open and a lamp "
    "burning beside his bed.",
    "My brother wanted to buy a new bicycle, so he worked in the shop every Saturday until he had "
    "enough money.",
    "The train was late again, and the people on the platform stood close together, trying to "
    "keep warm in the cold wind.",
)


@dataclass(frozen=True)
class Turn:
    """One hidden word of a game."""

    position: int  # from 0
    count: int  # hidden words of the game
    text: str  # as typed, up to the hidden word
    choices: list[str]  # the right one and four wrong ones, in an order that tells nothing
    tries: list[str]  # the guesses so far
    found: bool  # whether the last of them is right
    answer: str  # "" until it is found

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer."""
        return asdict(self)


@dataclass(frozen=True)
class Player:
    """How a person or a model did on N words."""

    guess_numbers: list[int]  # N, from 1
    accuracy: float  # 0..1, how often the first guess was right
    mean_guess_number: float
    bound_bits: float  # Shannon's upper bound, from the guess numbers
    surprisal_bits: float | None  # the mean of the words; only a model has one


@dataclass(frozen=True)
class Score:
    """A person and every model on the same N words."""

    text: str  # the whole passage
    words: list[str]  # N
    person: Player
    models: dict[str, Player]

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer."""
        return asdict(self)


def turn(passage: str, position: float = 0, tries: Sequence[str] = ()) -> Turn:
    """The hidden word at a position (from 0) of a passage, after the guesses made so far.

    passage: a text, or "1" to "5" for one of `PASSAGES`. Raises ValueError, in a sentence, for bad
    text, or no such word.
    """
    passage = passage_of(passage)
    readings = [opened(passage, model) for model in MODELS]
    tokens = readings[0].tokens
    places = hidden(tokens)
    at = int(between(0, len(places) - 1, position, "position", whole=True))
    answer = answer_of(readings[0], places[at])
    guesses = checked(tries)
    found = bool(guesses) and plain(guesses[-1]) == plain(answer)
    return Turn(
        position=at,
        count=len(places),
        text="".join(token.text for token in tokens[: places[at]]),
        choices=choices(readings, places[at], answer, seed=f"{at} {passage}"),
        tries=guesses,
        found=found,
        answer=answer if found else "",
    )


def score(passage: str, guesses: Sequence[Sequence[str]]) -> Score:
    """The score on the first hidden words of a passage, given a person's guesses for each.

    Each word's guesses go on until it is found; one made twice counts once. Models guess words
    only, likeliest first, upper and lower case alike, as a person does. Raises ValueError, in a
    sentence, for bad text or guesses.
    """
    passage = passage_of(passage)
    readings = {model: opened(passage, model) for model in MODELS}
    first = next(iter(readings.values()))
    places = hidden(first.tokens)
    if not isinstance(guesses, list | tuple) or not 1 <= len(guesses) <= len(places):
        raise ValueError(f"Please give the guesses for the first 1 to {len(places)} hidden words.")
    words = [answer_of(first, place) for place in places[: len(guesses)]]
    numbers = [guess_number(*pair) for pair in zip(guesses, words, strict=True)]
    played = {model: play(one, places[: len(guesses)]) for model, one in readings.items()}
    return Score(passage, words, player(numbers), played)


def passage_of(name: str) -> str:
    """One of `PASSAGES` by its number, from "1"; any other text is a passage of its own."""
    numbered = {str(number): text for number, text in enumerate(PASSAGES, start=1)}
    return numbered.get(name, name) if isinstance(name, str) else name


def hidden(tokens: Sequence[Token]) -> list[int]:
    """Which tokens a game hides: known words after the first three, at most `ROUND`.

    Raises ValueError, in a sentence, if there are none.
    """
    words = [place for place, token in enumerate(tokens) if token.is_word]
    places = [place for place in words[SHOWN:] if tokens[place].known][:ROUND]
    if not places:
        raise ValueError(
            "There is no word to guess: please give a longer text, of words that the models know."
        )
    return places


def choices(readings: Sequence[Opened], place: int, answer: str, seed: str) -> list[str]:
    """The answer among the models' likeliest wrong words, each model's best before any second."""
    offered = [offers(one.tokenizer, log_probabilities(one)[place]) for one in readings]
    found = {plain(answer): answer}
    for row in zip(*offered, strict=False):
        for word in row:
            if len(found) <= WRONG:
                found.setdefault(plain(word), word)
        if len(found) > WRONG:
            break
    mixed = sorted(found.values())
    random.Random(seed).shuffle(mixed)
    return mixed


def play(reading: Opened, places: Sequence[int]) -> Player:
    """How a model does on the hidden words at these places."""
    given = log_probabilities(reading)[list(places)]  # (N, V)
    numbers = []
    for row, place in zip(given, places, strict=True):
        answer = plain(answer_of(reading, place))
        offered = map(plain, offers(reading.tokenizer, row))
        numbers.append(next(n for n, word in enumerate(offered, start=1) if word == answer))
    bits = surprisal(given, [reading.tokens[place].id for place in places])
    return player(numbers, float(bits.mean()))


def player(numbers: list[int], surprisal_bits: float | None = None) -> Player:
    """The figures that follow from guess numbers (N)."""
    return Player(
        guess_numbers=numbers,
        accuracy=numbers.count(1) / len(numbers),
        mean_guess_number=sum(numbers) / len(numbers),
        bound_bits=bound(numbers),
        surprisal_bits=surprisal_bits,
    )


def bound(numbers: Sequence[int]) -> float:
    """Shannon's upper bound on the entropy, in bits a word, from guess numbers."""
    share = np.array(list(Counter(numbers).values())) / len(numbers)
    return abs(float(share @ np.log2(share)))


def log_probabilities(reading: Opened) -> Tensor:
    """Of each token, given those before it, and of what follows the last: (S + 1, V)."""
    with torch.inference_mode():
        logits, _, _ = reading.network(reading.ids)
        return normalised(logits)


def offers(tokenizer: Tokenizer, given: Tensor) -> Iterator[str]:
    """Words by their log-probability (V,), likeliest first, each in one case only.

    Punctuation and ⟨marks⟩ are no words: a person knows that a word is asked for.
    """
    said = set()
    for number in given.argsort(descending=True, stable=True).tolist():
        word = word_of(tokenizer, number)
        if number >= len(SPECIAL) and any(map(str.isalnum, word)) and plain(word) not in said:
            said.add(plain(word))
            yield word


def guess_number(guesses: Sequence[str], answer: str) -> int:
    """At which guess the word was found, from 1. Raises ValueError, in a sentence, if at none."""
    said = list(dict.fromkeys(map(plain, checked(guesses))))
    if plain(answer) not in said:
        raise ValueError(f"No guess found the word “{answer}”; please guess on until one does.")
    return said.index(plain(answer)) + 1


def checked(guesses: Sequence[str]) -> list[str]:
    """A person's guesses. Raises ValueError, in a sentence, for anything else."""
    right = isinstance(guesses, list | tuple) and all(isinstance(one, str) for one in guesses)
    if not right or len(guesses) > MOST_TRIES:
        raise ValueError(
            f"Please give each word's guesses as a list of at most {MOST_TRIES} words, "
            f"not {shown(guesses)}."
        )
    return list(guesses)


def answer_of(reading: Opened, place: int) -> str:
    """The word at a place of the text, as the vocabulary has it."""
    return word_of(reading.tokenizer, reading.tokens[place].id)


def plain(word: str) -> str:
    """A word as guesses are compared: without blanks around it, upper and lower case alike."""
    return word.strip().casefold().replace("’", "'")


PARTS = (offers, bound)  # what computes this figure
