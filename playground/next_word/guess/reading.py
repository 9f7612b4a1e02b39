"""A passage before every language model: which words are hidden, and what each would guess."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import torch
from torch import Tensor

from playground.next_word.guess import NUMBERED
from playground.next_word.guess.players import compared
from playground.reading.models import LANGUAGE_MODELS
from playground.reading.words import Opened, normalised, opened, word_of
from seq_models.tokenizer import SPECIAL, Token, Tokenizer

ROUND = 10  # words of a game
SHOWN = 3  # words before the first hidden one


class Read(NamedTuple):
    """A passage before every model that knows all of its N hidden words."""

    text: str
    readings: Mapping[str, Opened]
    given: Mapping[str, Tensor]  # (S + 1, V) each, log-probabilities of each token and the end
    places: Mapping[str, Sequence[int]]  # N each: the hidden words among the model's tokens
    unable: list[str]  # the other models

    @property
    def first(self) -> tuple[Opened, Sequence[int]]:
        """What the first model read, and where the hidden words are in it."""
        model = next(iter(self.readings))
        return self.readings[model], self.places[model]

    def answer(self, position: int) -> str:
        """The hidden word at a position, as the vocabulary has it."""
        reading, places = self.first
        return word_of(reading.tokenizer, reading.tokens[places[position]].id)


def numbered(passage: str) -> str:
    """The text of a passage, given by its number or itself."""
    return NUMBERED.get(passage, passage) if isinstance(passage, str) else passage


def read_by_all(text: str, as_typed: bool = False) -> Read:
    """A text before the models; the first chooses what is hidden.

    Raises ValueError, in a sentence, for bad text, or one without a word to guess.
    """
    first, *others = LANGUAGE_MODELS
    readings = {first: opened(text, first, as_typed)}
    tokens, text = readings[first].tokens, readings[first].text
    readings |= {model: opened(text, model, as_typed=True) for model in others}
    wanted = [spans(tokens)[place] for place in hidden(tokens)]
    places = {model: positions(one.tokens, wanted) for model, one in readings.items()}
    able = {model: one for model, one in readings.items() if None not in places[model]}
    return Read(
        text=text,
        readings=able,
        given={model: log_probabilities(one) for model, one in able.items()},
        places={model: [place for place in places[model] if place is not None] for model in able},
        unable=[model for model in readings if model not in able],
    )


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


def spans(tokens: Sequence[Token]) -> list[tuple[int, str]]:
    """Where each token begins in its text, and the token."""
    lengths = [len(token.text) for token in tokens]
    return [(sum(lengths[:place]), token.text) for place, token in enumerate(tokens)]


def positions(tokens: Sequence[Token], wanted: Sequence[tuple[int, str]]) -> list[int | None]:
    """The places of spans among a model's tokens; None for one that it does not know."""
    known = {span: place for place, span in enumerate(spans(tokens)) if tokens[place].known}
    return [known.get(span) for span in wanted]


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
        if number >= len(SPECIAL) and any(map(str.isalnum, word)) and compared(word) not in said:
            said.add(compared(word))
            yield word
