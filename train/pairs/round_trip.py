"""Which machine-made pairs are worth learning from: no unknown word, and the way back leads home.

An English word that no real pair holds is translated back into an invented French one; a model that
learns from such pairs invents words itself. So a line goes in only if

    each of its words stands at least twice in real pairs, or comes back copied, and
    its translation, translated again, resembles it: chrF of `ALIKE` or more.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

import sacrebleu

from seq_models.folder import Loaded
from seq_models.seq2seq import Seq2Seq
from seq_models.translate import translate

WORD = re.compile(r"[^\W_]+")
TWICE = 2  # times that a word stands in real pairs
ALIKE = 55.0  # chrF (0..100) of a line and what came back of it


def words(text: str) -> list[str]:
    """The words of a text, in small letters."""
    return WORD.findall(text.lower())


def counted(texts: Iterable[str]) -> Counter[str]:
    """How often each word stands in the texts."""
    return Counter(word for text in texts for word in words(text))


def unknown(line: str, known: Counter[str]) -> set[str]:
    """The words of the line that stand less than twice in what was counted."""
    return {word for word in words(line) if known[word] < TWICE}


def copied(line: str, translation: str, known: Counter[str]) -> bool:
    """Whether every unknown word of the line stands in its translation as well."""
    return unknown(line, known) <= set(words(translation))


def alike(lines: Sequence[str], returned: Sequence[str]) -> list[bool]:
    """For each line, whether what came back resembles it."""
    return [
        sacrebleu.sentence_chrf(back, [line]).score >= ALIKE
        for line, back in zip(lines, returned, strict=True)
    ]


def sound(
    pairs: Sequence[tuple[str, str]], forward: Loaded, known: Counter[str]
) -> list[tuple[str, str]]:
    """The (translation, line) pairs that are worth learning from.

    forward: translates a translation back into the line's language. known: empty if nothing is
    known of words; then the way back decides alone.
    """
    kept = [(back, line) for back, line in pairs if not known or copied(line, back, known)]
    if not kept:
        return []
    assert isinstance(forward.model, Seq2Seq)
    searches = translate(forward.model, forward.tokenizer, [back for back, _ in kept])
    returned = [forward.tokenizer.decode(search.hypotheses[0].tokens) for search in searches]
    fits = alike([line for _, line in kept], returned)
    return [pair for pair, fit in zip(kept, fits, strict=True) if fit]
