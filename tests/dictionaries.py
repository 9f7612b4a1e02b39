"""Small dictionaries and conjugations, as dictd and Verbiste keep theirs."""

import gzip
import string
from collections.abc import Mapping, Sequence
from pathlib import Path

DIGITS = string.ascii_uppercase + string.ascii_lowercase + string.digits + "+/"
ABOUT = "00-database-info\nA small dictionary /not/ <n>\nof no use\n"
PERSONS = {
    "present": "e es e ons ez ent",
    "imperfect": "ais ais ait ions iez aient",
    "future": "erai eras era erons erez eront",
    "simple-past": "ai as a âmes âtes èrent",
}


def write_dictionary(folder: Path, name: str, entries: Mapping[str, Sequence[str]]) -> Path:
    """A dictionary of such a name. entries: each headword's line, and the lines under it.

    Returns its index.
    """
    text, index = b"", []
    for head, lines in {ABOUT: (), **entries}.items():
        entry = "\n".join([head, *lines, ""]).encode()
        word = head.split(" /")[0].split(" <")[0].split("\n")[0]
        index.append(f"{word}\t{base64(len(text))}\t{base64(len(entry))}\n")
        text += entry
    (folder / f"{name}.dict.dz").write_bytes(gzip.compress(text))
    path = folder / f"{name}.index"
    path.write_text("".join(sorted(index)), encoding="utf-8")
    return path


def base64(value: int) -> str:
    """A number in base 64, its first digit the greatest."""
    digits = DIGITS[value % 64]
    while value := value // 64:
        digits = DIGITS[value % 64] + digits
    return digits


def write_verbs(folder: Path, *infinitives: str) -> None:
    """Verbiste's tables of some regular verbs in -er."""
    verbs = "".join(f"<v><i>{verb}</i><t>aim:er</t></v>" for verb in infinitives)
    text = f'<?xml version="1.0"?><verbs-fr>{verbs}</verbs-fr>'
    (folder / "verbs-fr.xml").write_text(text, encoding="utf-8")
    told = "".join(inner(name, endings) for name, endings in PERSONS.items())
    moods = (
        tense("infinitive", "infinitive-present", "er"),
        f"<indicative>{told}</indicative>",
        tense("conditional", "present", "erais erais erait erions eriez eraient"),
        tense("imperative", "imperative-present", "e ons ez"),
        tense("participle", "past-participle", "é és ée ées"),
    )
    text = f'<conjugation-fr><template name="aim:er">{"".join(moods)}</template></conjugation-fr>'
    (folder / "conjugation-fr.xml").write_text(text, encoding="utf-8")


def tense(mood: str, name: str, endings: str) -> str:
    """A mood of one tense."""
    return f"<{mood}>{inner(name, endings)}</{mood}>"


def inner(name: str, endings: str) -> str:
    """A tense: its endings, a person each."""
    return f"<{name}>{''.join(f'<p><i>{one}</i></p>' for one in endings.split())}</{name}>"
