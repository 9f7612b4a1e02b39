"""A line typed in haste is read as it would be printed: "OU EST LA GARE" as "Où est la gare ?".

    no apostrophe:    the two words that it is most often between, if it is no word as it is
    no small letter:  sentence case, known names keep their capitals
    no accent at all: each word as it is spelled most often, if one of them must have an accent
    no mark at the end: one for the model, "?" where the line begins as a question

A phrase has neither capital nor mark: a word alone, unless it is a sentence of its own as "merci",
and what begins as "sous la table" does and has no verb, such as "dort"; "garde" is none in "la
garde". Names keep their capitals.

How words are spelled is learned from the training text: a model's spelling.json.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T")
LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"})
WORD = re.compile(r"[^\W\d_]+")
# A sentence begins after this, unless its full stop is that of a short word: "M. le maire".
BREAK = re.compile(r"(?:(?<![.!?])[.!?]+[\"»)]*\s+[\"«(]*\s*|:\s*[\"«]\s*)$")
SHORT = frozenset(
    ("mm", "mme", "mlle", "mr", "mrs", "ms", "dr", "pr", "st", "ste", "av", "bd", "min", "ex", "cf")
)
LETTERS = frozenset("aàiy")  # a letter alone is short, too, but for these
INITIALS = r"\b(?:[^\W\d_]\.){2,}"
CAPITALS = re.compile(rf"{INITIALS}|\b[IVX]{{2,}}\b")  # "U.S.A.", "XIV": when shouted, too
SPELLED = re.compile(rf"{INITIALS}|{WORD.pattern}")
LISTED = re.compile(r"(?:(?:[^\W\d_]|\d+)\)\s+)+(?=\S)")  # "a) le chat"
JOINED = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
ENDED = re.compile(r"[.!?:;,\"»)]\s*$")
MARKS = "?!:;,."  # those that may stand after a space, as in French
LISTS = (
    "joined", "names", "accents", "doubtful", "first", "after", "questions", "alone", "openings",
    "verbs", "clitics", "nouns",
)  # fmt: skip
FIELDS = (*LISTS, "spaced", "final")


@dataclass(frozen=True)
class Spelling:
    """How the training text spells; every key is a word in small letters without accents."""

    joined: Mapping[str, str]  # "jai" to "j'ai": words that are none without their apostrophe
    names: Mapping[str, str]  # with the capitals that it has inside a sentence
    accents: Mapping[str, str]  # with its accents, for a word that is hardly ever without them
    doubtful: Mapping[str, str]  # the same for one that can be without them, as "a" and "à"
    first: Mapping[str, str]  # the same at the beginning of a sentence, where it differs
    after: Mapping[tuple[str, str], str]  # the same after a certain word, where it differs
    questions: frozenset[str]  # first words, or two of them, that most often begin a question
    alone: frozenset[str]  # words that are a sentence of their own
    openings: frozenset[str]  # first words of phrases: articles, prepositions
    verbs: frozenset[str]  # forms that make a sentence of what begins so
    clitics: frozenset[str]  # words that do so because a verb comes: "il", "ne"
    nouns: frozenset[str]  # those of both that do not behind an opening: "la garde", "pour se"
    spaced: str  # the marks that stand after a space
    final: str  # the mark that most lines end with; "" where a text may go on

    @classmethod
    def from_json(cls, content: bytes) -> "Spelling":
        """Read a spelling.json. Raises ValueError if it is none."""
        table = json.loads(content)
        if not isinstance(table, dict) or sorted(table) != sorted(FIELDS):
            raise ValueError(f"a table of spelling has {', '.join(FIELDS)} and nothing else")
        words = [word for name in LISTS for word in checked(table[name], list)]
        for text in (*words, table["spaced"], table["final"]):
            checked(text, str)
        pairs = [pair.rpartition(" ") for pair in table["after"]]
        return cls(
            joined={unparted(word): word for word in table["joined"]},
            names={name.lower(): name for name in table["names"]},
            accents=by_unaccented(table["accents"]),
            doubtful=by_unaccented(table["doubtful"]),
            first=by_unaccented(table["first"]),
            after={(before, unaccented(word)): word for before, _, word in pairs},
            questions=frozenset(table["questions"]),
            alone=frozenset(table["alone"]),
            openings=frozenset(map(unaccented, table["openings"])),
            verbs=frozenset(table["verbs"]),
            clitics=frozenset(table["clitics"]),
            nouns=frozenset(table["nouns"]),
            spaced=table["spaced"],
            final=table["final"],
        )


def checked(value: Any, kind: type[T]) -> T:
    """The value, if it is of this kind. Raises ValueError otherwise."""
    if not isinstance(value, kind):
        raise ValueError(f"a table of spelling holds lists of words and two texts, not {value!r}")
    return value


def unaccented(text: str) -> str:
    """The text without accents, cedillas and ligatures: "où ça" is "ou ca", "sœur" is "soeur"."""
    letters = unicodedata.normalize("NFD", text.translate(LIGATURES))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def unparted(text: str) -> str:
    """The text as it is typed without accents and apostrophes."""
    return unaccented(text).replace("'", "")


def by_unaccented(words: Iterable[str]) -> dict[str, str]:
    """Words by how they are typed without accents."""
    return {unaccented(word): word for word in words}


def repair(line: str, spelling: Spelling) -> str:
    """A line as it would be printed; what was typed with care stays as it is."""
    return punctuated(*spelled(line, spelling), spelling)


def parted(line: str, spelling: Spelling) -> str:
    """A line with the apostrophes of print; a line without accents stays without.

    A letter before one has its capital where it is a name: "i'm" is "I'm".
    """
    plain = line == unaccented(line)

    def spell(found: re.Match[str]) -> str:
        word = found[0]
        if word[1:2] == "'":
            return spelling.names.get(word[0], word[0]) + word[1:]
        printed = spelling.joined.get(unaccented(word.lower()))
        if printed is None:
            return word
        before, mark, after = printed.partition("'")
        printed = spelling.names.get(before, before) + mark + after
        return cased(unaccented(printed) if plain else printed, word)

    return JOINED.sub(spell, line)


def spelled(line: str, spelling: Spelling) -> tuple[str, bool]:
    """A line with the apostrophes, capitals and accents of print, and whether it is a phrase."""
    if listed := LISTED.match(line):
        rest, phrase = spelled(line[listed.end() :], spelling)
        return listed[0] + rest, phrase
    line = parted(line, spelling)
    letters = [letter for letter in line if letter.isalpha()]
    shouted = len(letters) > 1 and not any(map(str.islower, letters))
    hasty = bool(spelling.final) and not any(map(str.isupper, letters))
    if spelling.accents and line == unaccented(line) and len(letters) > 1:
        careless = shouted or hasty or not ENDED.search(line) or lacking(line, spelling)
        line = accented(line, spelling) if careless else line
    phrase = is_phrase(line, spelling)
    if shouted or hasty:
        line = sentence_case(lowered(line), spelling, begins=not phrase)
    elif phrase:
        line = sentence_case(line[0].lower() + line[1:], spelling, begins=False)
    return line, phrase


def lacking(line: str, spelling: Spelling) -> bool:
    """Whether a line without accents has a word that is hardly ever written so."""
    for word, first in words_of(line):
        small = word[0].lower()
        usual = spelling.accents.get(small, small)
        if (spelling.first.get(small, usual) if first else usual) != small:
            return True
    return False


def is_phrase(line: str, spelling: Spelling) -> bool:
    """Whether a line is no sentence: a word alone that is none, or a phrase without a verb."""
    small = [word.lower() for word in WORD.findall(line)]
    begun = sum(begins for _, begins in words_of(line))  # sentences
    if not spelling.final or begun != 1 or ENDED.search(line) or asks(line, spelling):
        return False
    if len(small) == 1:
        return unaccented(small[0]) not in spelling.alone
    opens = [unaccented(word) in spelling.openings for word in small]
    return opens[0] and not any(
        (word in spelling.verbs or word in spelling.clitics)
        and not (behind and word in spelling.nouns)
        for behind, word in zip(opens, small[1:], strict=False)
    )


def asks(line: str, spelling: Spelling) -> bool:
    """Whether a line begins as a question."""
    words = unaccented_words(line)
    return not spelling.questions.isdisjoint({*words[:1], " ".join(words[:2])})


def unaccented_words(line: str) -> list[str]:
    """The words of a line in small letters without accents."""
    return [unaccented(word.lower()) for word in WORD.findall(line)]


def punctuated(line: str, phrase: bool, spelling: Spelling) -> str:
    """A line with the marks of print, and the spaces before them; a phrase has none at its end."""
    return spaced(line if phrase else ended(line, spelling), spelling)


def words_of(line: str) -> Iterator[tuple[re.Match[str], bool]]:
    """Each word of a line, initials in one, and whether it begins a sentence."""
    end, short = 0, False
    for found in SPELLED.finditer(line):
        begins = not end or bool(BREAK.search(line, end, found.start()))
        yield found, begins and not (short and line[end:].startswith(". "))
        end = found.end()
        short = is_short(found[0].lower()) and not line[: found.start()][-1:].isdigit()


def is_short(word: str) -> bool:
    """Whether a full stop behind a word in small letters ends the word, and no sentence."""
    return word in SHORT or (len(word) == 1 and word not in LETTERS)


def respelled(line: str, spell: Callable[[str, bool], str]) -> str:
    """A line with each word as `spell` writes it, given whether it begins a sentence.

    Letters behind a number begin none: "1er mai", "10h", "3 chats".
    """
    parts, end = [], 0
    for found, first in words_of(line):
        gap = line[end : found.start()]
        counted = not end and any(map(str.isdigit, gap)) and not BREAK.search(gap)
        numbered = counted or gap[-1:].isdigit()
        parts += [gap, spell(found[0], first and not numbered)]
        end = found.end()
    return "".join(parts) + line[end:]


def lowered(line: str) -> str:
    """A line in small letters, but for initials and Roman numbers."""
    parts, end = [], 0
    for found in CAPITALS.finditer(line):
        parts += [line[end : found.start()].lower(), found[0]]
        end = found.end()
    return "".join(parts) + line[end:].lower()


def sentence_case(line: str, spelling: Spelling, begins: bool) -> str:
    """A line in small letters with capitals where a sentence begins, and in known names.

    begins: whether one does at the beginning of the line.
    """

    def spell(word: str, first: bool) -> str:
        name = spelling.names.get(word, word)
        return capitalised(name) if first and begins else name

    return respelled(line, spell)


def accented(line: str, spelling: Spelling) -> str:
    """A line without accents with those that its words most often have.

    What may be the first verb of a sentence is one: "il passe", though "passé" is more usual.
    """
    before, verb = "", False

    def spell(word: str, first: bool) -> str:
        nonlocal before, verb
        small = word.lower()
        usual = spelling.accents.get(small) or spelling.doubtful.get(small, small)
        near = spelling.first.get(small) if first else spelling.after.get((before, small))
        verb = verb and not first
        if small in spelling.verbs and usual not in spelling.verbs and not (first or verb):
            usual = small
        before, printed = small, near or usual
        verb = verb or printed in spelling.verbs
        return word if printed == small else cased(printed, word)

    return respelled(line, spell)


def cased(word: str, like: str) -> str:
    """A word with capitals where another has them: all, or the first."""
    if len(like) > 1 and like.isupper():
        return word.upper()
    return capitalised(word) if like[0].isupper() else word


def capitalised(word: str) -> str:
    """A word with a capital: "ß" begins as "Ss", and a letter that has none of its own stays."""
    capital = word[0].title()
    return capital + word[1:] if capital[0].isupper() else word


def ended(line: str, spelling: Spelling) -> str:
    """A line with a mark at its end."""
    if not spelling.final or not WORD.search(line) or ENDED.search(line):
        return line
    return line + ("?" if asks(line, spelling) else spelling.final)


def spaced(line: str, spelling: Spelling) -> str:
    """A line with a space before a mark where the training text has one, and none elsewhere."""

    def mark(found: re.Match[str]) -> str:
        return " " * (found[1][0] in spelling.spaced) + found[1]

    return re.sub(rf"(?<=[\w)\"»'])\s*([{MARKS}]+)(?=\s|$|[\"»]|(?<![:;])\))", mark, line)
