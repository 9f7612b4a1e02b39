"""The words to choose from in a guessing game, as boxes that can be picked."""

from collections.abc import Sequence

from playground.plots.drawing import GAP, Box, Drawing, Word, room

TALL = 38  # pixels
LEAST = 72  # pixels, a box's width at least


def choices(words: Sequence[str], keys: Sequence[str], tried: Sequence[str]) -> Drawing:
    """A box for each word; those tried already are grey and can't be picked.

    Raises ValueError unless there is one key for each word.
    """
    if len(words) != len(keys):
        raise ValueError(f"{len(words)} words have {len(keys)} keys")
    drawing, x = Drawing(height=TALL + 4, marks=[]), 2.0
    for word, key in zip(words, keys, strict=True):
        wide = max(LEAST, room([word]) + 4 * GAP)
        out = word in tried
        drawing.add(
            Box(x, 2, wide, TALL, "neutral" if out else "accent", 0.15, framed=not out),
            Word(x + wide / 2, 2 + TALL / 2, word, "middle", "quiet" if out else "",
                 strong=not out, key="" if out else key),
        )  # fmt: skip
        x += wide + GAP
    drawing.width = x
    return drawing
