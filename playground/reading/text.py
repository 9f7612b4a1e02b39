"""What a person typed, checked at the edge, and tokens as a person reads them."""

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from playground.settings import AS_TYPED, shown
from seq_models import END, START, UNKNOWN
from seq_models.checkpoint import Loaded
from seq_models.tokenizer import SPACE, SPECIAL, Token, Tokenizer
from seq_models.typed import Typed

MOST_CHARACTERS = 1_000
MOST_TOKENS = 160
CONTINUES = "·"  # stands before a piece that goes on with the last one


class Read(NamedTuple):
    """A typed text as a model reads it."""

    text: str  # as typed, or as it was mended
    tokens: list[Token]  # joined, they are the text
    notes: list[str]  # what a person is told of that


def read_by(loaded: Loaded, text: str, as_typed: bool = False) -> Read:
    """A typed text before a model, which mends what was typed in haste unless `as_typed`.

    Raises ValueError, in a sentence for a person, for bad text.
    """
    AS_TYPED.check(as_typed)
    tokens = some_tokens(loaded.tokenizer, text)
    typed = loaded.read(text, as_typed)
    if loaded.tokenizer.encode(typed.read_as) != [token.id for token in tokens]:
        text = typed.read_as
        tokens = loaded.tokenizer.tokens(text)
    return Read(text, few(tokens), notes_of(typed))


def notes_of(typed: Typed) -> list[str]:
    """What a person is told quietly: how the text was read, and what was left out of it."""
    notes = [f"Read as: {typed.read_as}"] if typed.repaired else []
    if typed.left_out:
        notes.append(f"Left out, since this model does not know it: {' '.join(typed.left_out)}")
    return notes


def legible(text: str) -> str:
    """The text. Raises ValueError, in a sentence, if there is something in it that is no letter."""
    for character in text:
        if unicodedata.category(character) in ("Cc", "Cs") and not character.isspace():
            raise ValueError(
                f"This text has a control character (U+{ord(character):04X}) in it, "
                "which stands for no letter; please delete it."
            )
    return text


def tokens_of(tokenizer: Tokenizer, text: str) -> list[Token]:
    """The tokens of a typed text. Raises ValueError, in a sentence for a person, for bad text."""
    return few(some_tokens(tokenizer, text))


def some_tokens(tokenizer: Tokenizer, text: str) -> list[Token]:
    """The same, however many they are: those of a mended text may be fewer."""
    if not isinstance(text, str):
        raise ValueError("This is no text: please give the words as one string.")
    if len(text) > MOST_CHARACTERS:
        raise ValueError(
            f"This text has {len(text):,} characters; please give at most {MOST_CHARACTERS:,}."
        )
    tokens = tokenizer.tokens(legible(text))
    if not tokens:
        raise ValueError("There is no text yet: please type a few words.")
    return tokens


def few(tokens: list[Token]) -> list[Token]:
    """The tokens of a text. Raises ValueError, in a sentence, if there are too many."""
    if len(tokens) > MOST_TOKENS:
        raise ValueError(
            f"This text has {len(tokens):,} words or pieces of words; "
            f"please give at most {MOST_TOKENS:,}."
        )
    return tokens


def one_of(choices: Sequence[str], value: object, what: str) -> str:
    """The value, if it is one of the choices. Raises ValueError, in a sentence, otherwise."""
    if not isinstance(value, str) or value not in choices:
        raise ValueError(f"There is no {what} {shown(value)}; please choose {', '.join(choices)}.")
    return value


def source_tokens(tokenizer: Tokenizer, text: str) -> list[Token]:
    """`some_tokens` for a translator, which also wants letters that it knows."""
    tokens = some_tokens(tokenizer, text)
    known, unknown = (
        sum(len(token.text.strip()) for token in tokens if token.known == so)
        for so in (True, False)
    )
    if known < unknown:
        raise ValueError(
            "Most of this text is in signs that this model has never seen. It reads French, "
            "in Latin letters; please type a French sentence."
        )
    return tokens


def source_labels(tokenizer: Tokenizer, tokens: Sequence[Token]) -> list[str]:
    """A source's tokens for people, with the ⟨end⟩ that the encoder reads after them."""
    labels = [label(tokenizer, token.id) if token.known else not_known(token) for token in tokens]
    return [*labels, SPECIAL[END]]


def not_known(token: Token) -> str:
    """A token that a model does not know, for people: as typed, and that it reads ⟨unknown⟩."""
    return f"{token.text.strip()} {SPECIAL[UNKNOWN]}".strip()


def target_labels(tokenizer: Tokenizer, ids: Sequence[int]) -> list[str]:
    """Written tokens for people; ⟨end⟩ among them, when the model said it."""
    return [label(tokenizer, number) for number in ids]


def read_labels(tokenizer: Tokenizer, ids: Sequence[int]) -> list[str]:
    """What a decoder had read when it wrote these tokens: ⟨start⟩ and all of them but the last."""
    return [SPECIAL[START], *target_labels(tokenizer, ids[:-1])]


def label(tokenizer: Tokenizer, number: int) -> str:
    """One token for people: a word as it is, a piece that goes on with a "·" before it."""
    piece = tokenizer.piece(number)
    if tokenizer.starts_word(number):
        return piece.removeprefix(SPACE) or "␣"
    return CONTINUES + piece if piece[0].isalnum() else piece
