"""Sentences of growing length to pick from."""

from collections.abc import Sequence

from playground.plots.drawing import LETTER, Box, Drawing, Word

ROW = 30  # pixels
LEFT = 90  # pixels for the number of words


def longer(sentences: Sequence[str], current: str) -> Drawing:
    """A line a sentence with its number of words; its key is its place, the current one is lit."""
    wide = LEFT + LETTER * max(map(len, sentences)) + 10
    drawing = Drawing(wide, ROW * len(sentences), marks=[])
    for place, sentence in enumerate(sentences):
        y, lit = ROW * place, sentence == current.strip()
        if lit:
            drawing.add(Box(0, y + 2, wide, ROW - 4, part=0.15))
        words = f"{len(sentence.split())} words"
        drawing.add(
            Word(LEFT - 14, y + ROW / 2, words, "end", "quiet"),
            Word(LEFT, y + ROW / 2, sentence, "start", "source", 0, lit, sentence, str(place)),
        )
    return drawing
