"""What was typed, what a model reads of it, and what it has to leave out: nothing goes silently."""

import re
import unicodedata
from dataclasses import dataclass

from seq_models.normalise import normalise
from seq_models.repair import Spelling, punctuated, spelled
from seq_models.tokenizer import Tokenizer

WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Typed:
    """A text before a model."""

    text: str  # as typed
    read_as: str  # as the model reads it
    left_out: tuple[str, ...]  # signs and words that it cannot know, in their order

    @property
    def repaired(self) -> bool:
        """Whether a person should be told "Read as": more changed than spaces and the last mark."""
        plain = normalise(self.text).text
        return skeleton(self.read_as) != skeleton(plain)


def skeleton(text: str) -> str:
    """A text without spaces and marks at its end."""
    return "".join(text.split()).rstrip(".!?")


def typed(
    tokenizer: Tokenizer, text: str, spelling: Spelling | None = None, as_typed: bool = False
) -> Typed:
    """Read a text: what the vocabulary lacks is left out, and haste is repaired by `spelling`.

    as_typed: nothing is repaired. A vocabulary of whole words has a mark for those it lacks, so
    that nothing is left out there. Raises ValueError, in a sentence, if nothing is left to read.
    """
    lines: list[str] = []
    left_out: list[str] = []
    for line in text.splitlines():
        line, phrase = normalise(line).text, False
        mended = None if as_typed else spelling
        if mended is not None:
            line, phrase = spelled(line, mended)
        if not tokenizer.whole_words:
            line, lacking = known(tokenizer, line)
            left_out += lacking
        if mended is not None and line:
            line = punctuated(line, phrase, mended)
        lines += [line] * bool(line)
    read = " ".join(lines)
    if not tokenizer.encode(read):
        lacks = f": it does not know {', '.join(left_out)}" if left_out else ""
        raise ValueError(f"There is no text that this model can read{lacks}; please type words")
    return Typed(text, read, tuple(dict.fromkeys(left_out)))


def known(tokenizer: Tokenizer, text: str) -> tuple[str, list[str]]:
    """The text with the signs that a vocabulary has, and what had to be left out.

    An unknown letter is read without its accent, or small; a word most of whose letters are unknown
    is left out as a whole.
    """
    tokens = tokenizer.tokens(text)
    if all(token.known for token in tokens):
        return text, []
    text = "".join(t.text if t.known else plain_letter(tokenizer, t.text) for t in tokens)
    places, start = set(), 0
    for token in tokenizer.tokens(text):
        if not token.known:
            places |= {start + n for n, sign in enumerate(token.text) if not sign.isspace()}
        start += len(token.text)
    for word in WORD.finditer(text):
        letters = set(range(*word.span()))
        if 2 * len(letters & places) >= len(letters):
            places |= letters
    for place, sign in enumerate(text):
        if place - 1 in places and unicodedata.category(sign).startswith("M"):
            places.add(place)
    kept = "".join(" " if place in places else sign for place, sign in enumerate(text))
    gone = "".join(sign if place in places else " " for place, sign in enumerate(text))
    return normalise(kept).text, gone.split()


def plain_letter(tokenizer: Tokenizer, sign: str) -> str:
    """An unknown sign, or its letter without accent, or small, where the vocabulary has that."""
    typed_sign = sign.strip()
    letter = unicodedata.normalize("NFD", typed_sign)[:1]
    for plain in (letter, letter.lower()):
        if plain != typed_sign and all(t.known for t in tokenizer.tokens(plain)):
            return sign.replace(typed_sign, plain)
    return sign
