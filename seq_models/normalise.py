"""Before a tokenizer reads a text, signs that only look different are made the same.

    "L´été…" -> "L'été...",  "<< Non >>" -> "« Non »",  "Il pleut.Où ?" -> "Il pleut. Où ?"

Format characters vanish, look-alikes become the usual sign, NFKC joins letters and accents (and may
bring look-alikes: U+2034 is three of U+2032), and `<<` is one sign. What was normalised stays as it
is. Each character of the result remembers the place of the sign that it was made from.

Unicode Standard Annex #15, https://www.unicode.org/reports/tr15/
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_USUAL = {
    "'": "’‘‛‚❛❜❟ʼʻʽ՚′‵´`ʹˈ＇",
    '"': "“”„‟⹂❝❞❠🙶🙷🙸ˮ″‶〝〞〟＂˝",
    "-": "‐‑‒–—―−⁃⸗⸺⸻⹀⹝〜〰︱︲﹘﹣－",
    "...": "…⋯︙",
    "«": "‹《❮",
    "»": "›》❯",
    "/": "⁄∕",
    " ": "▁",  # it stands for the space inside a vocabulary
    "\ufffd": "".join(map(chr, range(0xD800, 0xE000))),  # lone surrogates: no text at all
}
LOOK_ALIKES = {sign: usual for usual, signs in _USUAL.items() for sign in signs}
FRACTION = "⁄"  # what NFKC writes "½" with
GUILLEMETS = {"<<": "«", ">>": "»"}

# Signs that Unicode says to ignore in display, though their category is another than Cf.
IGNORABLE = frozenset(
    map(chr, (0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180F, 0x3164, 0xFFA0))
) | frozenset(map(chr, (*range(0x180B, 0x180E), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))

# "pleut.Où": a sentence ends between two letters and a capital that begins a word, "Dr.J." not.
RUN_ON = re.compile(r"(?<=[^\W\d_]{2})[.!?]+(?=([^\W\d_])(?:[^\W\d_]|['\s]))")

# Most texts: nothing in them that could change, every blank one space between words.
PLAIN = re.compile(r"(?!.*(?:<<|>>))[!-_a-~À-ÿœŒ]+(?: [!-_a-~À-ÿœŒ]+)*")

Sign = tuple[str, int]  # what is read, and where what was typed for it begins


@dataclass(frozen=True)
class Normal:
    """A text as a tokenizer reads it, and where each of its characters comes from."""

    text: str
    places: tuple[int, ...]  # for each character, where its sign begins in what was typed

    @property
    def expanded(self) -> bool:
        """Whether a sign that was typed is read as more than one character."""
        return len(set(self.places)) < len(self.places)


def normalise(text: str) -> Normal:
    """The text as every tokenizer must read it. Of format characters and blanks nothing is left."""
    if PLAIN.fullmatch(text) and not RUN_ON.search(text):
        return Normal(text, tuple(range(len(text))))
    signs = [
        (character, place)
        for sign, place in whole_and_part(spelled(visible(text)))
        for character in usual(sign)
    ]
    return apart(single_spaced(list(paired(signs))))


def visible(text: str) -> Iterator[Sign]:
    """The characters that can be seen, look-alikes as the usual ones; every blank as a space."""
    for place, character in enumerate(text):
        if character.isspace():
            yield " ", place
        elif unicodedata.category(character) != "Cf" and character not in IGNORABLE:
            yield usual(character), place


def usual(text: str) -> str:
    """The text with the usual signs for those that only look different."""
    return "".join(LOOK_ALIKES.get(character, character) for character in text)


def paired(signs: list[Sign]) -> Iterator[Sign]:
    """The same signs, guillemets typed as `<<` in one."""
    index = 0
    while index < len(signs):
        sign, place = signs[index]
        pair = sign + signs[index + 1][0] if index + 1 < len(signs) else ""
        yield GUILLEMETS.get(pair, sign), place
        index += 2 if pair in GUILLEMETS else 1


def spelled(signs: Iterator[Sign]) -> Iterator[Sign]:
    """Letters joined with their accents, each group in NFKC."""
    group, start = "", 0
    for sign, place in signs:
        if group and not joins(sign):
            yield compatible(group), start
            group = ""
        start = start if group else place
        group += sign
    if group:
        yield compatible(group), start


def whole_and_part(signs: Iterable[Sign]) -> Iterator[Sign]:
    """The same signs, a fraction apart from the number before it: "3½" is 3 1/2."""
    before = ""
    for sign, place in signs:
        if FRACTION in sign and before.isdigit():
            yield " ", place
        yield sign, place
        before = sign[-1:]


def joins(sign: str) -> bool:
    """Whether a sign belongs to the letter before it: an accent, or a part of a Hangul syllable."""
    return unicodedata.category(sign[0])[0] == "M" or "\u1160" <= sign[0] <= "\u11ff"


def compatible(group: str) -> str:
    """A letter and its accents in NFKC; an accent that was typed alone is no space with one."""
    joined = unicodedata.normalize("NFKC", group)
    return joined if " " not in joined or group == " " else unicodedata.normalize("NFC", group)


def single_spaced(signs: list[Sign]) -> list[Sign]:
    """Neither two spaces in a row, nor one at the beginning or the end."""
    kept: list[Sign] = []
    for sign, place in signs:
        if sign != " " or (kept and kept[-1][0] != " "):
            kept.append((sign, place))
    return kept[:-1] if kept and kept[-1][0] == " " else kept


def apart(signs: list[Sign]) -> Normal:
    """A space between sentences that were typed without one."""
    text, places = "".join(sign for sign, _ in signs), [place for _, place in signs]
    ends = [
        found.end()
        for found in RUN_ON.finditer(text)
        if found[1].isupper() or set(found[0]) != {"."}
    ]
    return with_spaces(Normal(text, tuple(places)), ends)


def with_spaces(normal: Normal, ends: Iterable[int]) -> Normal:
    """The text with one more space before each of some characters, told by place, ascending."""
    text, places = normal.text, normal.places
    parts: list[str] = []
    origins: list[int] = []
    start = 0
    for end in ends:
        parts += [text[start:end], " "]
        origins += [*places[start:end], places[end]]
        start = end
    return Normal("".join([*parts, text[start:]]), (*origins, *places[start:]))
