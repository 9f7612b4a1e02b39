"""Shannon's game: guess the next word of a text until it is right, then see how the models did.

C. Shannon, "Prediction and Entropy of Printed English", 1951, section 5,
https://doi.org/10.1002/j.1538-7305.1951.tb01366.x
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from playground.next_word.guess import GAME, OWN, PASSAGE, TRIED
from playground.next_word.guess.game import Guesses, Turn, newly, parsed
from playground.next_word.guess.players import (
    MOST_TRIES,
    Player,
    Score,
    checked,
    compared,
    guess_number,
    player,
)
from playground.next_word.guess.reading import ROUND, Read, numbered, offers, read_by_all
from playground.reading.plain import plain
from playground.reading.words import surprisal
from playground.settings import AS_TYPED, Number, within

WRONG = 4  # choices beside the right one
POSITION = Number(name="position", label="Position", default=0, least=0, most=ROUND - 1)


@dataclass(frozen=True)
class Trace:
    """A game as far as it got."""

    passage: str  # the one asked for: its number, or the text as it was read
    tokens: list[str]  # S, as typed: up to the hidden word, or all once the last one is found
    found_at: list[int | None]  # S, at which guess each was found; None: it was never hidden
    turn: Turn
    last: str  # the word that the newest guess found; "" if it found none
    guesses: Guesses
    score: Score | None  # once all is found
    notes: Sequence[str] = ()  # what a person is told of how the text was read

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer."""
        return dict(plain(self))


def explain(
    passage: str = PASSAGE.default,
    text: str = "",
    game: str = GAME.default,
    tried: str = TRIED.default,
    as_typed: bool = AS_TYPED.default,
) -> Trace:
    """One more guess in Shannon's guessing game, and where the game is then.

    Args:
        passage: "1" to "5", or "own" for the text.
        text: a text of your own; not used by the other passages.
        game: JSON of the passage's number, or the text as it was read, and a list of guesses for
            each hidden word so far; empty for a new game.
        tried: the new guess after its word's position and its own number, both from 0, as in
            "2.1:garden"; empty for none. One that the game has already does not count again.
        as_typed: true mends neither capitals nor accents.

    Returns:
        passage, tokens up to the hidden word, found_at (at which guess each was found, null for
        those that were never hidden), turn (as guess_turn answers for the text as it was read),
        last (the word that this guess found), guesses, and score (as guess_score does, null before
        the end).
        Where the text was mended, notes say how it was read.

    Raises ValueError, in a sentence, for bad text or guesses.
    """
    own = PASSAGE.check(passage) == OWN
    read = read_by_all(text if own else numbered(passage), as_typed)
    asked = read.text if own else passage
    guesses = parsed(game, asked)
    now, last = played(read, guesses, TRIED.check(tried))
    reading, places = read.first
    shown = reading.tokens if now.found else reading.tokens[: places[now.position]]
    found = {
        places[position]: guess_number(made, read.answer(position))
        for position, made in enumerate(guesses if now.found else guesses[:-1])
    }
    return Trace(
        passage=asked,
        tokens=[token.text for token in shown],
        found_at=[found.get(place) for place in range(len(shown))],
        turn=now,
        last=last,
        guesses=guesses,
        score=score_of(read, guesses) if now.found else None,
        notes=reading.notes,
    )


def played(read: Read, guesses: Guesses, tried: str) -> tuple[Turn, str]:
    """The turn after a new guess, which joins `guesses`, and the word that it found, if any.

    The last turn stays when its word is found.
    """
    if len(guesses) > len(read.first[1]):
        guesses[:] = [[]]
    position = len(guesses) - 1
    now = turn_of(read, position, guesses[-1])
    new = newly(guesses, tried)
    if new and not now.found:
        if len(guesses[-1]) >= MOST_TRIES:
            raise ValueError(
                f"That was guess number {MOST_TRIES + 1} at this word; please begin a new game."
            )
        guesses[-1].append(new)
        now = turn_of(read, position, guesses[-1])
    found = now.answer
    if now.found and position + 1 < now.count:
        guesses.append([])
        now = turn_of(read, position + 1, [])
    return now, found


def turn(passage: str = PASSAGE.default, position: int = 0, tries: list[str] | None = None) -> Turn:
    """One hidden word of Shannon's guessing game.

    Args:
        passage: "1" to "5", or a text of your own.
        position: which hidden word, from 0.
        tries: the guesses made for it so far.

    Returns:
        position, count (hidden words), text up to it, choices (the right one and four likely wrong
        ones), tries, found, and the answer once it is found (empty before).

    Raises ValueError, in a sentence, for bad text, or no such word.
    """
    return turn_of(read_by_all(numbered(passage)), position, [] if tries is None else tries)


def score(passage: str, guesses: list[list[str]]) -> Score:
    """The score of a person and of every model on the first hidden words of a passage.

    Args:
        passage: "1" to "5", or a text of your own.
        guesses: for each hidden word the guesses in order, until the right one; one made twice
            counts once.

    Returns:
        text, words, person and models (by short name), each with guess_numbers, accuracy,
        mean_guess_number, bound_bits (Shannon's upper bound) and surprisal_bits (models only);
        unable (models that do not know all of the words). Models guess words only, likeliest
        first, upper and lower case alike, as a person does.

    Raises ValueError, in a sentence, for bad text or guesses.
    """
    return score_of(read_by_all(numbered(passage)), guesses)


def turn_of(read: Read, position: int, tries: Sequence[str]) -> Turn:
    """A hidden word after the guesses made for it."""
    reading, places = read.first
    at = within(POSITION, position, len(places) - 1)
    answer, guesses = read.answer(at), checked(tries)
    found = bool(guesses) and compared(guesses[-1]) == compared(answer)
    return Turn(
        position=at,
        count=len(places),
        text="".join(token.text for token in reading.tokens[: places[at]]),
        choices=choices(read, at, seed=f"{at} {read.text}"),
        tries=guesses,
        found=found,
        answer=answer if found else "",
    )


def score_of(read: Read, guesses: Sequence[Sequence[str]]) -> Score:
    """Everyone's figures on the first hidden words, given a person's guesses for each."""
    count = len(read.first[1])
    if not isinstance(guesses, list | tuple) or not 1 <= len(guesses) <= count:
        raise ValueError(f"Please give the guesses for the first 1 to {count} hidden words.")
    words = [read.answer(position) for position in range(len(guesses))]
    numbers = [guess_number(*pair) for pair in zip(guesses, words, strict=True)]
    return Score(
        text=read.text,
        words=words,
        person=player(numbers),
        models={model: play(read, model, len(guesses)) for model in read.readings},
        unable=read.unable,
    )


def choices(read: Read, position: int, seed: str) -> list[str]:
    """The answer among the models' likeliest wrong words, each model's best before any second."""
    offered = [
        offers(one.tokenizer, read.given[model][read.places[model][position]])
        for model, one in read.readings.items()
    ]
    found = {compared(read.answer(position)): read.answer(position)}
    for row in zip(*offered, strict=False):
        for word in row:
            if len(found) <= WRONG:
                found.setdefault(compared(word), word)
        if len(found) > WRONG:
            break
    mixed = sorted(found.values())
    random.Random(seed).shuffle(mixed)
    return mixed


def play(read: Read, model: str, count: int) -> Player:
    """How a model does on the first `count` hidden words."""
    reading, places = read.readings[model], list(read.places[model][:count])
    given = read.given[model][places]  # (N, V)
    numbers = []
    for position, row in enumerate(given):
        answer = compared(read.answer(position))
        offered = map(compared, offers(reading.tokenizer, row))
        numbers.append(next(n for n, word in enumerate(offered, start=1) if word == answer))
    bits = surprisal(given, [reading.tokens[place].id for place in places])
    return player(numbers, float(bits.mean()))
