"""Words in flowing lines: shaded by a number each, to be picked, or compared with each other."""

import textwrap
from collections.abc import Collection, Sequence

import numpy as np

from playground import theme
from playground.drawing.layout import BOLD, GAP, TEXT, check_lengths, flow, given, room
from playground.drawing.marks import Box, Drawing, Word
from playground.drawing.numbers import shorten

BOX, NOTE = 30, 20  # pixels: a box's height, and what a note under its word takes more
LINE = 32  # pixels of a line of words without boxes
WIDE = 880  # pixels that a line takes at most
SIGNS = {"same": "", "removed": "− ", "added": "+ "}
FILLS = {"removed": "negative", "added": "accent"}


def boxes(
    words: Sequence[str],
    shares: Sequence[float] | np.ndarray,
    notes: Sequence[str] = (),
    *,
    titles: Sequence[str] = (),
    keys: Sequence[str] = (),
    colours: str | Sequence[str] = "accent",
    letters: str = "",
    framed: Collection[int] = (),
    width: float = WIDE,
    least: float = 44,
) -> Drawing:
    """Words as typed in boxes, line after line, each as full of colour as its share (0..1).

    notes: a small text under each word. titles: exact numbers. keys: what picking each tells.
    colours: of the boxes. letters: "source" or "target", for that language's words. framed: boxes
    in a frame. width: pixels that a line takes at most. least: pixels of a box's width.
    Raises ValueError unless there is one of each for every word.
    """
    check_lengths(len(words), shares=shares, **given(notes=notes, titles=titles, keys=keys))
    shown = [shorten(word.strip() or "␣") for word in words]
    tall = BOX + (NOTE if notes else 0)
    pairs = zip(shown, notes or [""] * len(words), strict=True)
    widths = [max(least, room(pair) + 2 * GAP) for pair in pairs]
    drawing = Drawing(width, tall + GAP)
    for place, (x, y) in enumerate(flow(widths, 1.0, GAP / 2, width, tall + GAP)):
        wide, middle = widths[place], x + widths[place] / 2
        title = titles[place] if titles else words[place]
        key = keys[place] if keys else ""
        fill = colours if isinstance(colours, str) else colours[place]
        opacity = theme.CHIP * theme.shade(float(shares[place]))
        drawing.add(
            Box(x, y + 1, wide, tall, fill, opacity, title, key, place in framed),
            Word(middle, y + 1 + BOX / 2, shown[place], "middle", letters, title=title, key=key),
        )
        if notes:
            drawing.add(Word(middle, y + BOX + 5, notes[place], "middle", title=title))
        drawing.width = max(drawing.width, x + wide + 1)
        drawing.height = y + tall + GAP
    return drawing


def pick_row(
    title: str,
    words: Sequence[str],
    keys: Sequence[str],
    chosen: int | None = None,
    *,
    letters: str = "",
    width: float = WIDE,
    most: int = 18,
) -> Drawing:
    """A title and words in lines, each to be picked; the chosen one is framed and bold.

    most: letters of a word. Raises ValueError unless there is one key for each word.
    """
    check_lengths(len(words), keys=keys)
    line, tall = 30, 26
    drawing = Drawing(height=line)
    if title:
        drawing.add(Word(0, line / 2, title, colour="quiet"))
    shown = [shorten(word.strip() or "␣", most) for word in words]
    widths = [room([word]) * BOLD + 2 * GAP for word in shown]
    start = room([title]) + 2 * GAP if title else 1.0
    for place, (x, y) in enumerate(flow(widths, start, 4, width, line)):
        here, key, wide = place == chosen, keys[place], widths[place]
        colour = "accent" if here else "neutral"
        drawing.add(
            Box(x, y + 2, wide, tall, colour, theme.QUIET, "", key, here),
            Word(x + wide / 2, y + line / 2, shown[place], "middle", letters, strong=here,
                 title=words[place], key=key),
        )  # fmt: skip
        drawing.width = max(drawing.width, x + wide + 4)
        drawing.height = y + line
    return drawing


def choices(words: Sequence[str], keys: Sequence[str], tried: Collection[str] = ()) -> Drawing:
    """A large box for each word to choose; those tried already are grey and can't be picked.

    Raises ValueError unless there is one key for each word.
    """
    check_lengths(len(words), keys=keys)
    tall = 38
    widths = [max(72, room([word]) + 4 * GAP) for word in words]
    drawing = Drawing(height=tall + 4)
    for place, (x, y) in enumerate(flow(widths, 2.0, GAP, WIDE, tall + GAP)):
        word, wide = words[place], widths[place]
        out = word in tried
        key = "" if out else keys[place]
        drawing.add(
            Box(x, y + 2, wide, tall, *(("neutral", 0.15) if out else ("accent", 0.3)), key=key),
            Word(x + wide / 2, y + 2 + tall / 2, word, "middle", "quiet" if out else "",
                 struck=out, key=key),
        )  # fmt: skip
        drawing.width, drawing.height = max(drawing.width, x + wide + 2), y + tall + 4
    return drawing


def lines(
    texts: Sequence[str],
    notes: Sequence[str] = (),
    keys: Sequence[str] = (),
    chosen: int | None = None,
    *,
    letters: str = "",
) -> Drawing:
    """Whole texts, a line each, with a quiet note before each; the chosen one is lit.

    Raises ValueError unless there is one of each for every text.
    """
    check_lengths(len(texts), **given(notes=notes, keys=keys))
    left = room(notes) + 2 * GAP if notes else GAP
    wide = left + room(texts) * BOLD + GAP
    drawing = Drawing(wide, LINE * len(texts))
    for place, text in enumerate(texts):
        y, here = LINE * place, place == chosen
        if here:
            drawing.add(Box(0, y + 2, wide, LINE - 4, opacity=0.15))
        if notes:
            drawing.add(Word(left - 2 * GAP + 2, y + LINE / 2, notes[place], "end", "quiet"))
        key = keys[place] if keys else ""
        drawing.add(
            Word(left, y + LINE / 2, text, colour=letters, strong=here, title=text, key=key)
        )
    return drawing


def paragraph(text: str, *, letters: str = "", most: int = 70) -> Drawing:
    """One text that stands out, bold on a tinted ground, `most` letters a line."""
    rows = textwrap.wrap(text, most) or [""]
    drawing = Drawing(room(rows) * BOLD + 4 * GAP, LINE * len(rows) + GAP)
    drawing.add(Box(0, 0, drawing.width, drawing.height, opacity=theme.QUIET))
    for place, row in enumerate(rows):
        y = GAP / 2 + LINE * (place + 0.5)
        drawing.add(Word(2 * GAP, y, row, colour=letters, strong=True))
    return drawing


def difference(
    pairs: Sequence[tuple[str, str]],
    names: tuple[str, str] = ("before", "after"),
    width: float = WIDE,
) -> Drawing:
    """Words marked "same", "removed" or "added": the first text without the added, the second
    without the removed, each with a sign and a colour on what differs.

    names: what the two texts are called. Raises ValueError for another mark.
    """
    wrong = {mark for _, mark in pairs} - SIGNS.keys()
    if wrong:
        raise ValueError(f"words are same, removed or added, not {', '.join(sorted(wrong))}")
    left = room(names) + 2 * GAP
    drawing, y = Drawing(width), 4.0
    for name, other in zip(names, ("added", "removed"), strict=True):
        drawing.add(Word(left - GAP, y + LINE / 2, name, "end", "quiet"))
        y = add_line(drawing, [pair for pair in pairs if pair[1] != other], left, y) + LINE + 6
    drawing.height = y
    return drawing


def add_line(drawing: Drawing, pairs: Sequence[tuple[str, str]], left: float, top: float) -> float:
    """Draw words from the height `top` on, in lines; returns the height of the last one."""
    texts = [SIGNS[mark] + word for word, mark in pairs]
    widths = [room([text]) for text in texts]
    y = top
    for place, (x, below) in enumerate(flow(widths, left + 6, TEXT, drawing.width, LINE)):
        mark, y = pairs[place][1], top + below
        if mark in FILLS:
            drawing.add(Box(x - 5, y + 3, widths[place] + 10, LINE - 6, FILLS[mark], 0.25, mark))
        drawing.add(Word(x, y + LINE / 2, texts[place], title=mark))
    return y
