"""Many sentences translated a few at a time, the short ones with the short ones.

Sentences of one length waste nothing: a batch takes as many steps as its longest text.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from playground.reading import lent
from playground.reading.plain import fields
from playground.reading.quality import corpus
from playground.reading.translating import French, french
from playground.translation.many_sentences.lines import Line, pasted
from playground.translation.many_sentences.told import going, scored
from playground.translation.shared import AS_TYPED, MODEL, WIDTH

FEW = 50  # lines that are translated in one answer
MOST = 8_000  # hypotheses times source pieces of an answer: what a person waits for, some seconds
WINDOW = 128  # lines that are sorted by length: results come nearly in order
EVERY = 4  # batches after which the scores so far are told

Rows = list[list[str]]


@dataclass(frozen=True)
class Trace:
    """Some lines and their translations."""

    sources: list[str]
    translations: list[str]
    references: list[str]  # empty without any
    scores: dict[str, Any] | None  # `quality.corpus`, None without references
    notes: tuple[str, ...] = ()  # what was repaired and left out of a single line

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer."""
        return fields(self)


def explain(
    text: str,
    model: str = MODEL.default,
    beam_width: int = WIDTH.default,
    as_typed: bool = AS_TYPED.default,
) -> Trace:
    """Translate some lines, and compare them with references.

    Args:
        text: French, a sentence a line, at most 50, and of long ones fewer; a tab stands before a
            line's reference.
        model: "transformer" or "attention".
        beam_width: hypotheses kept, 1 (greedy) to 10.
        as_typed: true reads the text without repairing capitals, accents and marks.

    Returns:
        sources, translations, references, scores (with references: bleu and chrf of all lines
        together, 0..100, with the signatures of sacrebleu).

    Raises ValueError, in a sentence with the line's number, for bad text or settings.
    """
    width = WIDTH.check(beam_width)
    lines = pasted(text)
    if len(lines) > FEW:
        raise ValueError(
            f"These are {len(lines):,} lines; please give at most {FEW} here, or all of them in "
            "the field for many sentences."
        )
    read = asked(lines, model, as_typed)
    work = width * sum(len(one.tokens) for one in read)
    if work > MOST:
        raise ValueError(
            f"These lines are too long to be translated at once with a beam of {width}; please "
            "give fewer or a narrower beam, or all of them in the field for many sentences."
        )
    found = [""] * len(lines)
    for place, said in (pair for batch in translated(read, model, width) for pair in batch):
        found[place] = said
    references = [line.reference for line in lines if line.reference]
    return Trace(
        sources=[line.source for line in lines],
        translations=found,
        references=references,
        scores=corpus(found, references) if references else None,
        notes=tuple(notes(lines, read)),
    )


def notes(lines: Sequence[Line], read: Sequence[French]) -> Iterator[str]:
    """What was repaired and left out of each line, with its number if there are several."""
    for line, one in zip(lines, read, strict=True):
        for note in one.notes:
            yield note if len(lines) == 1 else f"Line {line.number:,}: {note}"


def asked(lines: Sequence[Line], model: str, as_typed: bool) -> list[French]:
    """Lines before a translator. Raises ValueError, in a sentence with the line's number."""
    found = []
    for line in lines:
        try:
            found.append(french(model, line.source, as_typed))
        except ValueError as error:
            if len(lines) == 1:
                raise
            raise ValueError(f"Line {line.number:,}: {error}") from error
    return found


def translated(read: Sequence[French], model: str, width: int) -> Iterator[list[tuple[int, str]]]:
    """The places of some lines and their translations, batch after batch."""
    for batch in batches([len(one.tokens) for one in read], lent.rows()):
        found = lent.translations(model, [read[place].text for place in batch], width)
        yield list(zip(batch, found, strict=True))


def batches(lengths: Sequence[int], rows: int = lent.FEW) -> Iterator[list[int]]:
    """The places of texts of some lengths (tokens), a few of about one length at a time."""
    for first in range(0, len(lengths), WINDOW):
        window = range(first, min(first + WINDOW, len(lengths)))
        order = sorted(window, key=lambda place: lengths[place])
        for start in range(0, len(order), rows):
            yield order[start : start + rows]


def progress(
    lines: Sequence[Line], model: str, width: int, as_typed: bool
) -> Iterator[tuple[int, str, Rows, str]]:
    """How many lines are done, how that is told, their rows, and their scores so far."""
    read = asked(lines, model, as_typed)
    sizes = [len(one.tokens) for one in read]
    found: dict[int, str] = {}
    said, since = "", time.monotonic()
    yield 0, going(0, len(lines), 0.0), [], ""
    for number, batch in enumerate(translated(read, model, width), start=1):
        found |= batch
        done = sum(sizes[place] for place in found)
        seconds = (time.monotonic() - since) / done * (sum(sizes) - done)
        if lines[0].reference and (number % EVERY == 1 or len(found) == len(lines)):
            places = sorted(found)
            references = [lines[place].reference for place in places]
            said = scored(corpus([found[place] for place in places], references))
        rows = [
            [f"{lines[place].number:,}", lines[place].source, found[place], lines[place].reference]
            for place in sorted(found)
        ]
        yield len(found), going(len(found), len(lines), seconds), rows, said
