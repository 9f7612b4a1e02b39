"""A tokenizer turns text into numbers, one for each word or piece of a word, and back.

Words (language models): "don't stop Al's!" -> "▁don't" "▁stop" "▁Al" "'s" "!". After an opening
mark a word is the same word ('"Stop' -> '▁"' "▁Stop"); one outside the vocabulary is `UNKNOWN`.
Pieces (translators): byte-pair encoding joins frequent neighbours into longer pieces; some words
may be pieces of their own besides, however rare the way there is (`with_whole_words`).
"▁" stands for the space before a word, so that text comes back as it was. Every text goes through
`normalise` first, and only there: what a tokenizer.json says of that is not asked.

R. Sennrich, B. Haddow, A. Birch, 2016, section 3.2, https://arxiv.org/abs/1508.07909
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import tokenizers
from tokenizers import Regex, models, pre_tokenizers, trainers

from seq_models import END, PAD, START, UNKNOWN
from seq_models.normalise import Normal, normalise, with_spaces

SPECIAL = ("⟨padding⟩", "⟨start⟩", "⟨end⟩", "⟨unknown⟩")  # in the order of their numbers
SPACE = "▁"
OPENING = r"""(?:(?<=\s)|^)["'(\[]+"""  # marks that a word follows without a space
OPENING_WORD = re.compile(OPENING + r"(?=\w)")
OPENED = re.compile(f"({OPENING}) (?=\\w)")
OPENING_END = re.compile(OPENING + "$")
OWNERS = r"'[sS](?![\p{L}\p{M}'])"  # "'s" at the end of a word: a word of its own
WORD = (
    rf"▁?[\p{{L}}\p{{M}}]+(?:'(?!{OWNERS[1:]})[\p{{L}}\p{{M}}]+)*|{OWNERS}|▁?\p{{N}}+"
    r"|▁?[^\p{L}\p{M}\p{N}▁]|▁"
)
PIECE = r"▁?[\p{L}\p{M}]+|▁?\p{N}|▁?[^\p{L}\p{M}\p{N}▁]|▁"  # digits and punctuation stand alone


@dataclass(frozen=True)
class Token:
    """One token of a text: its number, its text as typed, and whether the model knows it.

    The `text`s of all tokens, joined, are the text that was typed, spaces included; none is empty,
    and no letter is parted from its accent.
    """

    id: int
    text: str
    known: bool

    @property
    def is_word(self) -> bool:
        """Whether there is a letter or a digit in it: not punctuation."""
        return any(map(str.isalnum, self.text))


class Tokenizer:
    """Text to numbers and back, for one model."""

    def __init__(self, backend: tokenizers.Tokenizer) -> None:
        self._backend = backend
        self._backend.encode_special_tokens = True  # a typed "⟨end⟩" is text, not the end
        self._backend.normalizer = None
        vocabulary = backend.get_vocab()
        for number, name in zip((PAD, START, END, UNKNOWN), SPECIAL, strict=True):
            if vocabulary.get(name) != number:
                raise ValueError(f"{name} has number {vocabulary.get(name)}, not {number}")
        self.vocab_size = backend.get_vocab_size()
        self.whole_words = isinstance(backend.model, models.WordLevel)
        # Older vocabularies part words otherwise.
        self._opens = OWNERS in str(backend.pre_tokenizer)
        pieces = sorted(vocabulary, key=vocabulary.__getitem__)
        pieces[UNKNOWN] = SPACE * self.whole_words + SPECIAL[UNKNOWN]  # a word, or a letter in one
        self.pieces = tuple(pieces)  # the entries of the vocabulary, by number
        self._space = vocabulary.get(SPACE)
        letters = set("".join(vocabulary))
        self._instead = {ord(sign): '"' for sign in "«»" if sign not in letters}

    @classmethod
    def load(cls, path: Path) -> "Tokenizer":
        """Read a `tokenizer.json`. Raises ValueError if it is not one of ours."""
        text = path.read_text(encoding="utf-8")
        try:
            backend = tokenizers.Tokenizer.from_str(text)
        except Exception as error:  # the library raises nothing narrower
            raise ValueError(f"{path} holds no tokenizer: {error}") from error
        return cls(backend)

    def save(self, path: Path) -> None:
        """Write a `tokenizer.json`."""
        path.write_text(self._backend.to_str(pretty=True), encoding="utf-8")

    def encode(self, text: str) -> list[int]:
        """The numbers of the text's tokens, without start and end."""
        normal = self.normal(text)
        return self._numbers(normal, self._backend.encode(normal.text))

    def encode_many(self, texts: Sequence[str]) -> list[list[int]]:
        """`encode` for many texts at once, on all cores. Raises ValueError for a single text."""
        if isinstance(texts, str):
            raise ValueError(f"wanted several texts, got one: {texts[:40]!r}")
        normals = [self.normal(text) for text in texts]
        encodings = self._backend.encode_batch([normal.text for normal in normals])
        return list(map(self._numbers, normals, encodings))

    def tokens(self, text: str) -> list[Token]:
        """The text's tokens as typed. A text with nothing but blanks has none."""
        normal = self.normal(text)
        placed = self._placed(normal, self._backend.encode(normal.text))
        starts = [0, *(start for _, start in placed[1:])]
        ends = [*starts[1:], len(text)]
        return [
            Token(number, text[start:end], number != UNKNOWN)
            for (number, _), start, end in zip(placed, starts, ends, strict=False)
        ]

    def normal(self, text: str) -> Normal:
        """The text as this tokenizer reads it; guillemets are quotation marks where it has none."""
        normal = normalise(text)
        normal = replace(normal, text=normal.text.translate(self._instead))
        return opened(normal) if self._opens else normal

    def _numbers(self, normal: Normal, encoding: tokenizers.Encoding) -> list[int]:
        """The numbers of `_placed`, at once where every token has letters of its own."""
        ids: list[int] = encoding.ids
        if normal.expanded or ids[:1] == [self._space]:
            return [number for number, _ in self._placed(normal, encoding)]
        return ids

    def _placed(self, normal: Normal, encoding: tokenizers.Encoding) -> list[tuple[int, int]]:
        """Each token's number, and where what was typed for it begins.

        Tokens that share one typed sign are one: the known one among them, if there is only one.
        """
        groups: list[tuple[list[int], int]] = []
        claimed = -1  # the last typed sign that a token has
        spans = [normal.places[first:last] for first, last in encoding.offsets]
        for number, places, after in zip(encoding.ids, spans, [*spans, ()][1:], strict=True):
            if number == self._space and places[:1] == after[:1]:
                continue  # a space that nobody typed
            own = next((place for place in places if place > claimed), None)
            if own is None:
                groups[-1][0].append(number)
            else:
                groups.append(([number], own))
            claimed = max(claimed, places[-1])
        return [(self._one_of(numbers), start) for numbers, start in groups]

    def _one_of(self, numbers: list[int]) -> int:
        """The token that stands for several: "..." in one sign is ".", "½" is not known."""
        known = [number for number in numbers if number != UNKNOWN]
        same = len({self.piece(number).removeprefix(SPACE) for number in known}) == 1
        return known[0] if same else UNKNOWN

    def decode(self, ids: Iterable[int]) -> str:
        """The text of token numbers. Start, end and padding are silent, ⟨unknown⟩ is not."""
        return self.after("", ids).strip()

    def after(self, text: str, ids: Iterable[int]) -> str:
        """What token numbers add to a text: " cat", or "cat" where a quotation was just opened."""
        silent = (PAD, START, END)
        pieces = [self.piece(number) for number in ids if number not in silent]
        added = "".join(pieces).replace(SPACE, " ")
        if not self._opens:
            return added
        before = OPENING_END.search(text)
        whole = (before[0] if before else "") + added
        return OPENED.sub(r"\1", whole)[len(before[0]) if before else 0 :]

    def piece(self, number: int) -> str:
        """One entry of the vocabulary: "▁the", "ing", "⟨end⟩"."""
        if not 0 <= number < self.vocab_size:
            raise ValueError(f"there is no token {number} among {self.vocab_size}")
        return self.pieces[number]

    def number(self, piece: str) -> int:
        """The number of an entry of the vocabulary, `UNKNOWN` for any other text."""
        number: int | None = self._backend.token_to_id(piece)
        return UNKNOWN if number is None else number

    def words(self, text: str) -> list[str]:
        """The words and signs that pieces are made of, each with the space before it as "▁"."""
        reader = self._backend.pre_tokenizer
        return [word for word, _ in reader.pre_tokenize_str(self.normal(text).text)]

    def merges(self) -> list[tuple[str, str]]:
        """Neighbours that byte-pair encoding joins, those learned first before the others."""
        found = json.loads(self._backend.to_str())["model"].get("merges", [])
        return [(first, second) for first, second in found]

    def with_pieces(self, words: Sequence[str]) -> "Tokenizer":
        """The same pieces and some whole words, numbered after them."""
        settings = json.loads(self._backend.to_str())
        numbers = range(self.vocab_size, self.vocab_size + len(words))
        settings["model"]["vocab"] |= dict(zip(words, numbers, strict=True))
        settings["model"]["ignore_merges"] = True  # what is a piece need not be put together
        return Tokenizer(tokenizers.Tokenizer.from_str(json.dumps(settings)))

    def starts_word(self, number: int) -> bool:
        """Whether this token begins a new word, rather than going on with the last one."""
        return number in range(len(SPECIAL)) or self.piece(number).startswith(SPACE)


def opened(normal: Normal) -> Normal:
    """The text with a space between an opening mark and the word after it."""
    return with_spaces(normal, (found.end() for found in OPENING_WORD.finditer(normal.text)))


def train_words(lines: Iterable[str], vocab_size: int) -> Tokenizer:
    """A vocabulary of the most frequent words and punctuation, case kept."""
    backend = tokenizers.Tokenizer(models.WordLevel(unk_token=SPECIAL[UNKNOWN]))
    trainer = trainers.WordLevelTrainer(
        vocab_size=vocab_size, special_tokens=list(SPECIAL), show_progress=False
    )
    return _train(backend, WORD, trainer, lines)


def train_pieces(lines: Iterable[str], vocab_size: int) -> Tokenizer:
    """Byte-pair encoding of words, numbers and punctuation, for all languages in `lines`."""
    backend = tokenizers.Tokenizer(models.BPE(unk_token=SPECIAL[UNKNOWN]))
    trainer = trainers.BpeTrainer(
        vocab_size=vocab_size, special_tokens=list(SPECIAL), show_progress=False
    )
    return _train(backend, PIECE, trainer, lines)


def with_whole_words(tokenizer: Tokenizer, lines: Iterable[str], vocab_size: int) -> Tokenizer:
    """The same pieces, and the most frequent words in `lines` that were none, as one piece each.

    All other words are made of the same pieces as before, and keep their numbers. Raises ValueError
    if the lines have not so many words, or for no more pieces than there are.
    """
    counts = Counter(word for line in lines for word in tokenizer.words(line))
    more = (
        word
        for word, _ in counts.most_common()
        if tokenizer.number(word) == UNKNOWN not in tokenizer.encode(word)
    )
    new = [*islice(more, max(0, vocab_size - tokenizer.vocab_size))]
    if not new or tokenizer.vocab_size + len(new) < vocab_size:
        there = f"there are {tokenizer.vocab_size:,}, and {len(new):,} words more"
        raise ValueError(f"wanted {vocab_size:,} pieces: {there}")
    return tokenizer.with_pieces(new)


def _train(
    backend: tokenizers.Tokenizer, pattern: str, trainer: trainers.Trainer, lines: Iterable[str]
) -> Tokenizer:
    backend.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Metaspace(replacement=SPACE, prepend_scheme="always", split=False),
            pre_tokenizers.Split(Regex(pattern), behavior="isolated"),
        ]
    )
    whole_words = pattern == WORD
    texts = (normalise(line) for line in lines)
    read = (opened(normal).text if whole_words else normal.text for normal in texts)
    backend.train_from_iterator(read, trainer=trainer)
    return Tokenizer(backend)
