"""Learn how a model's training text spells: python -m train.spelling MODEL --data DIR [DIR ...].

With --phrases, for a translator from French, also how a phrase is told from a sentence.

Writes spelling.json into MODEL's folder (a name of the manifest, or a path), so that a line typed
in capitals, without accents or without a mark is read as it would be printed. DIR holds train.tsv,
whose first field is read, or train.txt, plain or .gz. A language model's text may go on, so that
its table knows of capitals alone.
"""

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from seq_models import manifest
from seq_models.checkpoint import WEIGHTS
from seq_models.folder import CONFIG, SPELLING
from seq_models.normalise import normalise
from seq_models.repair import MARKS, unaccented, unparted, words_of
from seq_models.replacing import replace_text
from train.engine.lines import find, read_lines, read_pairs
from train.engine.script import told_in_a_sentence
from train.lexicon.tables import BEFORE_PHRASES, asking_words, opening_words

ENOUGH = 3  # times that a word must be seen before its spelling is believed
SURE = 0.98  # of a word's appearances, if it is hardly ever spelled otherwise
NAMES, ACCENTS, FIRST, AFTER, QUESTIONS = 2_000, 4_500, 150, 1_500, 600  # most words of each table
BEGINNING = 0.1  # of the appearances of a word that is a sentence by itself
SLIPS = 1 / 1_500  # of a pair's appearances, in which its apostrophe may be missing
SUBJECTS = {
    "c", "elle", "elles", "il", "ils", "j", "je", "m", "me", "n", "ne", "nous", "on", "qui", "s",
    "se", "t", "te", "tu", "vous", "y",
}  # fmt: skip
"""French words that a verb comes after."""
CLAUSES = ("il", "ils", "j", "je", "on", "tu")
"""Those that stand in no phrase."""
BEFORE_A_VERB = ("m", "me", "n", "ne", "s", "se", "t", "te")
"""Those that do behind a preposition alone: "pour se laver"."""
VERBS, VERB = 4_000, 0.2  # most of the verbs, and the share of a verb's appearances after those
NOUN = 0.05  # the share of a verb's appearances in phrases, if it is a noun, or an infinitive
JOINED, JOINTLY = 3_000, 10  # most of the words with an apostrophe, and the least times of each

APART = re.compile(r"[^\W\d_]+,")
PAIR = re.compile(r"(?<![^\W\d_])(?=([^\W\d_]+'[^\W\d_]+)(?![^\W\d_]))")

Key = TypeVar("Key")
Spellings = dict[str, Counter[str]]  # a word in small letters without accents, to how it is spelled


@dataclass
class Counts:
    """What was counted over all lines."""

    bare: dict[str, str] = field(default_factory=dict)  # small letters to those without accents
    capitals: Spellings = field(default_factory=lambda: defaultdict(Counter))  # inside a sentence
    words: Spellings = field(default_factory=lambda: defaultdict(Counter))
    joined: Counter[str] = field(default_factory=Counter)  # two words with an apostrophe between
    first: Spellings = field(default_factory=lambda: defaultdict(Counter))
    after: dict[tuple[str, str], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    openings: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    marks: dict[str, Counter[bool]] = field(default_factory=lambda: defaultdict(Counter))
    finals: Counter[str] = field(default_factory=Counter)
    alone: Counter[str] = field(default_factory=Counter)  # a line's only word
    apart: Counter[str] = field(default_factory=Counter)  # a first word, a comma after it

    def add(self, line: str) -> None:
        """Count a line."""
        before, opening = "", []
        for found, begins in words_of(line):
            word = found[0]
            small = word.lower()
            key = self.bare[small] = self.bare.get(small) or unaccented(small)
            self.words[key][small] += 1
            if begins:
                self.first[key][small] += 1
            else:
                self.capitals[small][word] += 1
                self.after[before, key][small] += 1
            before = key
            opening.append(key)
        self.joined.update(pair[1].lower() for pair in PAIR.finditer(line))
        for mark in re.finditer(rf"(?<=\w)( ?)([{MARKS}])", line):
            self.marks[mark[2]][bool(mark[1])] += 1
        if opening:
            if len(opening) == 1:
                self.alone[opening[0]] += 1
            if APART.match(line):
                self.apart[opening[0]] += 1
            self.finals[line[-1]] += line[-1] in ".!"
            for begun in {opening[0], " ".join(opening[:2])}:
                self.openings[begun][line[-1]] += 1


def main() -> None:
    """Read the arguments, write the table."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("model", help="a model of weights/manifest.json, or a folder")
    arguments.add_argument("--data", type=Path, nargs="+", required=True, help="folders with train")
    arguments.add_argument("--phrases", action="store_true", help="tell French phrases apart")
    given = arguments.parse_args()
    folder = Path(given.model)
    folder = folder if folder.is_dir() else WEIGHTS / given.model
    with told_in_a_sentence():
        architecture, turned = reads(folder)
        if given.phrases and (turned or "translator" not in architecture):
            raise ValueError(f"{given.model} reads no French; leave --phrases out")
        write(folder, lines_of(given.data, turned), given.phrases)


def reads(folder: Path) -> tuple[str, bool]:
    """A model's architecture, and whether it reads the second language of its pairs."""
    config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    return config["architecture"], bool((config.get("training") or {}).get("reverse"))


def write(folder: Path, lines: Iterable[str], phrases: bool = False) -> None:
    """Write the table of a model's folder; where a manifest stands beside it, that learns of it.

    Raises OSError for a folder that is no model's.
    """
    architecture, _ = reads(folder)
    table = learned(lines, "translator" in architecture, phrases)
    text = json.dumps(table, ensure_ascii=False, separators=(",", ":"))
    replace_text(folder / SPELLING, text + "\n")
    if (folder.parent / manifest.FILE).exists():
        manifest.update(folder.parent)
    print(f"{folder / SPELLING}: {len(text.encode()):,} bytes")


def lines_of(folders: Iterable[Path], turned: bool = False) -> Iterator[str]:
    """The training lines of the language that a model reads; of pairs the second, if turned."""
    for folder in folders:
        try:
            yield from (pair[turned] for pair in read_pairs(find(folder, "train.tsv")))
        except FileNotFoundError:
            yield from read_lines(find(folder, "train.txt"))


def learned(
    lines: Iterable[str], whole_sentences: bool, phrases: bool = False
) -> dict[str, list[str] | str]:
    """The table that `Spelling.from_json` reads.

    whole_sentences: a text is one, so that accents and a mark at the end are mended too.
    phrases: but for French phrases, which are told apart.
    """
    counts = Counts()
    for line in lines:
        if text := normalise(line).text:
            counts.add(text)
    accents: list[str] = []
    doubtful: list[str] = []
    first: list[str] = []
    after: list[str] = []
    questions: list[str] = []
    alone: list[str] = []
    if whole_sentences:
        found = gains(counts.words, lambda key: key)[:ACCENTS]
        usual = dict(found)
        sure = {key for key, word in found if share(counts.words[key], word) >= SURE}
        accents = [word for key, word in found if key in sure]
        doubtful = [word for key, word in found if key not in sure]
        opened = gains(counts.first, lambda key: usual.get(key, key))[:FIRST]
        first = [
            word for key, word in opened if word == key or share(counts.first[key], word) >= SURE
        ]
        pairs = gains(counts.after, lambda key: usual.get(key[1], key[1]))[:AFTER]
        after = [f"{before} {word}" for (before, _), word in pairs]
        questions = asked(counts.openings)
        alone = sentences(counts)
    found_verbs = verbs(counts)[:VERBS] if phrases else []
    if phrases:
        questions = of_phrases(questions, found_verbs)
    return {
        "joined": apostrophes(counts)[:JOINED],
        "names": most(counts.capitals, lambda key: key, NAMES),
        "accents": accents,
        "doubtful": doubtful,
        "first": first,
        "after": after,
        "questions": questions,
        "alone": alone,
        "openings": sorted(opening_words()) if phrases else [],
        "verbs": found_verbs,
        "clitics": [*CLAUSES, *BEFORE_A_VERB] if phrases else [],
        "nouns": [*in_phrases(counts, found_verbs), *BEFORE_A_VERB] if phrases else [],
        "spaced": "".join(mark for mark, seen in counts.marks.items() if seen[True] > seen[False]),
        "final": final(counts) if whole_sentences else "",
    }


def final(counts: Counts) -> str:
    """The mark that most lines end with, of "." and "!"; none where no line ends so."""
    best = counts.finals.most_common(1)
    return best[0][0] if best and best[0][1] else ""


def gains(
    seen: Mapping[Key, Counter[str]], otherwise: Callable[[Key], str]
) -> list[tuple[Key, str]]:
    """Keys whose commonest spelling is not the one that would be taken otherwise; it is given too.

    Those first that set the most words right.
    """
    found = []
    for key, spellings in seen.items():
        best, times = spellings.most_common(1)[0]
        gain = times - spellings[otherwise(key)]
        if best != otherwise(key) and gain >= ENOUGH:
            found.append((gain, key, best))
    found.sort(key=lambda each: -each[0])
    return [(key, best) for _, key, best in found]


def share(seen: Counter[str], word: str) -> float:
    """How many of all appearances are spelled so (0..1)."""
    return seen[word] / seen.total()


def most(seen: Spellings, otherwise: Callable[[str], str], count: int) -> list[str]:
    """The `count` spellings that set the most words right."""
    return [word for _, word in gains(seen, otherwise)[:count]]


def apostrophes(counts: Counts) -> list[str]:
    """The words with an apostrophe that are hardly ever written without, the commonest first."""

    def without(pair: str) -> int:
        return counts.words.get(unparted(pair), Counter()).total()

    found = [(pair, times) for pair, times in counts.joined.most_common() if times >= JOINTLY]
    return [pair for pair, times in found if without(pair) <= times * SLIPS]


def sentences(counts: Counts) -> list[str]:
    """The words that are a sentence by themselves, or often stand apart at the beginning of one.

    But for those that hardly ever begin one: "Chat ?" makes no sentence of "chat".
    """
    apart = {word: times for word, times in counts.apart.items() if times >= ENOUGH}
    return [
        word
        for word, _ in (counts.alone + Counter(apart)).most_common()
        if counts.first[word].total() >= BEGINNING * counts.words[word].total()
    ]


def verbs(counts: Counts) -> list[str]:
    """The forms that mostly stand after one of `SUBJECTS`, the commonest first."""
    return [
        word
        for word, times in behind(SUBJECTS, counts).most_common()
        if times >= max(ENOUGH, VERB * times_of(word, counts))
        and word not in SUBJECTS | opening_words()
    ]


def in_phrases(counts: Counts, words: Iterable[str]) -> list[str]:
    """Those of the words that begin no clause rather often: "une garde", "sans mentir"."""
    times = behind(BEFORE_PHRASES, counts)
    return [word for word in words if times[word] >= max(ENOUGH, NOUN * times_of(word, counts))]


def behind(before: Collection[str], counts: Counts) -> Counter[str]:
    """How often each word, with its accents, stands after one of some others."""
    times = Counter[str]()
    for (word, _), spellings in counts.after.items():
        if word in before:
            times.update(spellings)
    return times


def times_of(word: str, counts: Counts) -> int:
    """How often a word, with its accents, stands anywhere."""
    return counts.words[unaccented(word)][word]


def of_phrases(questions: Iterable[str], verbs: Iterable[str]) -> list[str]:
    """The questions, and all that begin as "avec qui"; none that begins as "votre chien"."""
    asking, openings = asking_words(), set(map(unaccented, opening_words()))
    inverted = {unaccented(verb) for verb in verbs}  # "les avez-vous vus"
    kept = [
        begun
        for begun in questions
        if begun.split()[0] not in openings or begun.split()[-1] in inverted
    ]
    return kept + sorted(asking - set(kept))


def asked(openings: Mapping[str, Counter[str]]) -> list[str]:
    """The first words, or first two words, after which three lines of four or more end with "?"."""
    sure = {
        begun: seen["?"]
        for begun, seen in openings.items()
        if seen["?"] >= ENOUGH and 4 * seen["?"] >= 3 * seen.total()
    }
    needed = [begun for begun in sure if " " not in begun or begun.split()[0] not in sure]
    return sorted(needed, key=lambda begun: -sure[begun])[:QUESTIONS]


if __name__ == "__main__":
    main()
