"""A tokenizer turns text into numbers, one for each word or piece of a word, and back.

Words (language models): "don't stop!" -> "▁don't" "▁stop" "!"; a word outside the vocabulary is
`UNKNOWN`. Pieces (translators): byte-pair encoding joins frequent neighbours into longer pieces.
"▁" stands for the space before a word, so that text comes back as it was.

R. Sennrich, B. Haddow, A. Birch, 2016, section 3.2, https://arxiv.org/abs/1508.07909
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import tokenizers
from tokenizers import Regex, models, normalizers, pre_tokenizers, trainers

from seq_models import END, PAD, START, UNKNOWN

SPECIAL = ("⟨padding⟩", "⟨start⟩", "⟨end⟩", "⟨unknown⟩")  # in the order of their numbers
SPACE = "▁"
WORD = r"▁?[\p{L}\p{M}]+(?:'[\p{L}\p{M}]+)*|▁?\p{N}+|▁?[^\p{L}\p{M}\p{N}▁]|▁"
PIECE = r"▁?[\p{L}\p{M}]+|▁?\p{N}|▁?[^\p{L}\p{M}\p{N}▁]|▁"  # digits and punctuation stand alone


@dataclass(frozen=True)
class Token:
    """One token of a text: its number, its text as typed, and whether the model knows it.

    The `text`s of all tokens, joined, are the text that was typed, spaces included.
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
        vocabulary = backend.get_vocab()
        for number, name in zip((PAD, START, END, UNKNOWN), SPECIAL, strict=True):
            if vocabulary.get(name) != number:
                raise ValueError(f"{name} has number {vocabulary.get(name)}, not {number}")
        self.vocab_size = backend.get_vocab_size()
        whole_words = isinstance(backend.model, models.WordLevel)
        self._unknown = SPACE * whole_words + SPECIAL[UNKNOWN]  # a word apart, or a letter in one

    @classmethod
    def load(cls, path: Path) -> "Tokenizer":
        """Read a `tokenizer.json`. Raises ValueError if it is not one of ours."""
        return cls(tokenizers.Tokenizer.from_str(path.read_text(encoding="utf-8")))

    def save(self, path: Path) -> None:
        """Write a `tokenizer.json`."""
        path.write_text(self._backend.to_str(pretty=True), encoding="utf-8")

    def encode(self, text: str) -> list[int]:
        """The numbers of the text's tokens, without start and end."""
        return self._backend.encode(text).ids

    def encode_many(self, texts: Sequence[str]) -> list[list[int]]:
        """`encode` for many texts at once, on all cores."""
        return [encoding.ids for encoding in self._backend.encode_batch_fast(list(texts))]

    def tokens(self, text: str) -> list[Token]:
        """The text's tokens as typed. A text with nothing but blanks has none."""
        encoding = self._backend.encode(text)
        if not encoding.ids:
            return []
        ends = [end for _, end in encoding.offsets]
        if encoding.tokens[0] == SPACE:
            ends[0] = encoding.offsets[0][0]  # nobody typed it: the first letter is not its text
        ends[-1] = len(text)  # blanks at the end belong to the last token
        starts = [0, *ends[:-1]]
        return [
            Token(number, text[start:end], number != UNKNOWN)
            for number, start, end in zip(encoding.ids, starts, ends, strict=True)
        ]

    def decode(self, ids: Iterable[int]) -> str:
        """The text of token numbers. Start, end and padding are silent, ⟨unknown⟩ is not."""
        silent = (PAD, START, END)
        pieces = [self.piece(number) for number in ids if number not in silent]
        return "".join(pieces).replace(SPACE, " ").strip()

    def piece(self, number: int) -> str:
        """One entry of the vocabulary: "▁the", "ing", "⟨end⟩"."""
        piece = self._backend.id_to_token(number)
        if piece is None:
            raise ValueError(f"there is no token {number} among {self.vocab_size}")
        return self._unknown if number == UNKNOWN else piece

    def starts_word(self, number: int) -> bool:
        """Whether this token begins a new word, rather than going on with the last one."""
        return number in range(len(SPECIAL)) or self.piece(number).startswith(SPACE)


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


def _train(
    backend: tokenizers.Tokenizer, pattern: str, trainer: trainers.Trainer, lines: Iterable[str]
) -> Tokenizer:
    backend.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Replace("’", "'"),
            normalizers.Replace(Regex("[“”]"), '"'),
            normalizers.Replace(Regex(r"[\s▁]+"), " "),
            normalizers.Strip(),
        ]
    )
    backend.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Metaspace(replacement=SPACE, prepend_scheme="always", split=False),
            pre_tokenizers.Split(Regex(pattern), behavior="isolated"),
        ]
    )
    backend.train_from_iterator(lines, trainer=trainer)
    return Tokenizer(backend)
