"""Two translations of one sentence, word by word: what stayed, what went, what came."""

from collections.abc import Sequence

from playground.plots.drawing import Box, Drawing, Word, flow, room

LINE = 32  # pixels
WIDE = 900  # pixels
LEFT = 150  # pixels for what each line is called
SPACE = 14  # pixels between words
MARKS = {"same": "", "removed": "− ", "added": "+ "}
FILLS = {"removed": "negative", "added": "accent"}


def difference(pairs: Sequence[tuple[str, str]]) -> Drawing:
    """Words marked "same", "removed" or "added": the first text without the added, the second
    without the removed, each with a sign and a colour on what differs.

    Raises ValueError for another mark.
    """
    wrong = {mark for _, mark in pairs} - MARKS.keys()
    if wrong:
        raise ValueError(f"words are same, removed or added, not {', '.join(sorted(wrong))}")
    drawing = Drawing(WIDE, 0, marks=[])
    y = 4.0
    for name, other in (("its own attention", "added"), ("replaced", "removed")):
        drawing.add(Word(LEFT - SPACE, y + LINE / 2, name, "end", "quiet"))
        y = lined(drawing, [pair for pair in pairs if pair[1] != other], y) + LINE + 6
    drawing.height = y
    return drawing


def lined(drawing: Drawing, pairs: Sequence[tuple[str, str]], y: float) -> float:
    """Draw words from height y on, in as many lines as they take; the last line's height."""
    texts = [MARKS[mark] + word for word, mark in pairs]
    widths = [room([text]) for text in texts]
    top = y
    for place, (x, below) in enumerate(flow(widths, LEFT, SPACE, WIDE, LINE)):
        mark, text, width, y = pairs[place][1], texts[place], widths[place], top + below
        if mark in FILLS:
            drawing.add(Box(x - 5, y + 3, width + 10, LINE - 6, FILLS[mark], 0.25, mark))
        drawing.add(Word(x, y + LINE / 2, text, title=mark))
    return y
