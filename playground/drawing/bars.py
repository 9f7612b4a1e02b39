"""Words from top to bottom, and beside each one or several bars with their numbers at the end.

A drawing of bars is a list of words and of columns. A column is `Bars` (a value a row, from zero to
the right, to the left of the words when it stands there, or to both sides when it is signed) or
`Texts` (numbers without a bar).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np

from playground import theme
from playground.drawing.layout import BOLD, GAP, check_lengths, given, room
from playground.drawing.marks import Box, Drawing, Word
from playground.drawing.numbers import shorten

ROW = 28  # pixels
BAR = 200  # pixels, the longest bar
TOP = 26  # pixels for headings
BETWEEN = 3 * GAP  # pixels between two columns
LEAST = 1.0  # pixels, the shortest bar: nothing to see is not the same as no bar
THIN = 4  # pixels above and under a bar in its row

Values = Sequence[float | None] | np.ndarray
Colours = str | Sequence[str]  # one for all rows, or one a row


@dataclass(frozen=True)
class Bars:
    """A column of bars: a value a row (None: no bar, its label stands alone) and its label.

    largest: the value of the longest bar, if it is not the largest one (say, one scale for several
    columns). titles: exact numbers, shown on hover. signed: bars go to both sides of zero, those
    below it in the negative colour unless `colours` says otherwise.
    """

    values: Values
    labels: Sequence[str]
    heading: str = ""
    colours: Colours = ""
    label_colours: Colours = ""
    titles: Sequence[str] = ()
    largest: float = 0.0
    length: float = BAR  # pixels of the longest bar
    signed: bool = False
    opacity: float = theme.BAR

    @property
    def numbers(self) -> list[float | None]:
        """The values as Python's numbers."""
        return [None if value is None else float(value) for value in self.values]

    @property
    def scale(self) -> float:
        """The value of the longest bar."""
        return self.largest or max((abs(v) for v in self.numbers if v is not None), default=0) or 1

    @property
    def before(self) -> float:
        """Pixels left of zero, for the bars below it and their labels."""
        below = any(value is not None and value < 0 for value in self.numbers)
        return self.length + GAP + room(self.labels) if self.signed and below else 0.0

    @property
    def width(self) -> float:
        """Pixels that it takes."""
        barred = [t for t, v in zip(self.labels, self.numbers, strict=True) if v is not None]
        alone = [t for t, v in zip(self.labels, self.numbers, strict=True) if v is None]
        after = max(self.length + GAP + room(barred), room(alone), room([self.heading]))
        return self.before + after


@dataclass(frozen=True)
class Texts:
    """A column of texts, without bars; its words end at its right edge unless `anchor` is start."""

    labels: Sequence[str]
    heading: str = ""
    colours: Colours = "quiet"
    titles: Sequence[str] = ()
    anchor: str = "end"

    @property
    def width(self) -> float:
        """Pixels that it takes."""
        return room([*self.labels, self.heading])


Column = Bars | Texts


def bars(
    words: Sequence[str],
    columns: Sequence[Column],
    *,
    keys: Sequence[str] = (),
    titles: Sequence[str] = (),
    colours: Colours = "",
    strong: Collection[int] = (),
    framed: int | None = None,
    words_after: int = 0,
    row: float = ROW,
    most: int = 18,
) -> Drawing:
    """Words and columns of bars; the first `words_after` columns stand left of the words.

    keys, titles: of each row; picking its word or its bars tells its key ("": can't be picked).
    colours: of the words. strong: rows whose words are bold. framed: the row in a frame.
    row: pixels of a row. most: letters of a word. Raises ValueError unless there is one of each for
    every word.
    """
    check_lengths(len(words), **given(keys=keys, titles=titles))
    for column in columns:
        if len(column.labels) != len(words) or len(getattr(column, "values", words)) != len(words):
            raise ValueError(f"{len(words)} words have a column of {len(column.labels)} labels")
    shown = [shorten(word.strip() or "␣", most) for word in words]
    name = room(shown) * (BOLD if strong else 1)
    top = TOP if any(column.heading for column in columns) else 0.0
    starts, x = [], 0.0
    for place, column in enumerate(columns):
        if place == words_after:
            middle, x = x, x + name + (GAP if words_after == 0 else 2 * GAP)
        starts.append(x)
        x += column.width + (GAP if place + 1 == words_after else BETWEEN)
    width = (x - BETWEEN if columns else name) + GAP
    if words_after >= len(columns):
        middle, width = x, x + name + GAP
    elif strong:
        width += (BOLD - 1) * columns[-1].width  # bold texts at the right edge
    drawing = Drawing(width, top + row * len(words) + THIN)
    if framed is not None:
        drawing.add(Box(1, top + row * framed + 1, width - 2, row - 2, "neutral",
                        theme.QUIET, framed=True))  # fmt: skip
    rows = Rows(len(words), top, row, keys or [""] * len(words), strong)
    for place, word in enumerate(shown):
        y = rows.middle(place)
        at, anchor = (middle + name / 2, "middle") if words_after else (middle + name, "end")
        title = titles[place] if titles else words[place]
        drawing.add(Word(at, y, word, anchor, of(colours, place), strong=place in strong,
                         title=title, key=rows.keys[place]))  # fmt: skip
    for place, (start, column) in enumerate(zip(starts, columns, strict=True)):
        leftward = place < words_after
        if isinstance(column, Texts):
            add_texts(drawing, column, start, rows)
        else:
            add_bars(drawing, column, start, rows, leftward)
    return drawing


@dataclass(frozen=True)
class Rows:
    """Where the rows of a drawing stand, and what picking each tells."""

    count: int
    top: float
    height: float
    keys: Sequence[str]
    strong: Collection[int] = field(default_factory=tuple)

    def middle(self, place: int) -> float:
        """The height of a row's middle."""
        return self.top + self.height * (place + 0.5)


def add_texts(drawing: Drawing, column: Texts, start: float, rows: Rows) -> None:
    """Draw a column of texts from `start` on."""
    x = start + (column.width if column.anchor == "end" else 0.0)
    if column.heading:
        drawing.add(Word(x, TOP / 2, column.heading, column.anchor, "quiet"))
    for place, label in enumerate(column.labels):
        title = column.titles[place] if column.titles else ""
        drawing.add(Word(x, rows.middle(place), label, column.anchor, of(column.colours, place),
                         strong=place in rows.strong, title=title))  # fmt: skip


def add_bars(drawing: Drawing, column: Bars, start: float, rows: Rows, leftward: bool) -> None:
    """Draw a column of bars from `start` on; `leftward`: they grow from its right edge."""
    zero = start + (column.width if leftward else column.before)
    if column.heading:
        signed = column.before > 0
        anchor = "end" if leftward else "middle" if signed else "start"
        drawing.add(Word(zero, TOP / 2, column.heading, anchor, "quiet"))
    if column.signed:
        drawing.add(Box(zero, rows.top, 1, rows.height * rows.count, "neutral", 0.6))
    for place, (value, label) in enumerate(zip(column.numbers, column.labels, strict=True)):
        middle = rows.middle(place)
        title = column.titles[place] if column.titles else ""
        colour = of(column.label_colours, place)
        if value is None:
            drawing.add(Word(zero, middle, label, "end" if leftward else "start", colour,
                             title=title))  # fmt: skip
            continue
        left = leftward or (column.signed and value < 0)
        long = max(LEAST, column.length * min(1.0, abs(value) / column.scale))
        fill = of(column.colours, place) or ("negative" if value < 0 else "accent")
        drawing.add(
            Box(zero - long if left else zero, middle - rows.height / 2 + THIN, long,
                rows.height - 2 * THIN, fill, column.opacity, title, rows.keys[place]),
            Word(zero - long - GAP if left else zero + long + GAP, middle, label,
                 "end" if left else "start", colour, title=title),
        )  # fmt: skip


def of(colours: Colours, place: int) -> str:
    """The colour of one row."""
    return colours if isinstance(colours, str) else colours[place]
