"""No everyday sentence brings a word into a classroom that nobody asked for."""

import random
import re

import pytest

from seq_models import checkpoint
from seq_models.loaded import LoadedTranslator
from train.measures.everyday import FILE, as_typed, entries
from train.pairs.frames import framed

ROWS = 60  # sentences translated at once
MANY = 500
NEVER = frozenset((FILE.parent / "never.txt").read_text(encoding="utf-8").split())


def sentences() -> list[str]:
    """500 French ones: the everyday lines, some as people type them, and filled frames."""
    lines = entries()
    found = [entry.french for entry in (*lines, *as_typed(lines))]
    chance = random.Random(17)
    return found + [framed(chance)[0] for _ in range(MANY - len(found))]


@pytest.mark.parametrize("name", ["transformer-translator", "attention-translator"])
def test_no_everyday_sentence_brings_a_word_that_must_never_appear(name: str) -> None:
    loaded = checkpoint.load(name)
    assert isinstance(loaded, LoadedTranslator)
    texts = sentences()
    brought: dict[str, str] = {}
    assert len(texts) == MANY
    for first in range(0, MANY, ROWS):
        some = texts[first : first + ROWS]
        for text, said in zip(some, loaded.translate(some, width=1), strict=True):
            words = set(re.findall(r"[a-z]+", said.lower())) & NEVER
            if words:
                brought[text] = said
    assert brought == {}
