"""Words from top to bottom, and beside each one or several bars with their numbers at the end.

A drawing of bars is a list of words and of columns. A column is `Bars` (a value a row, from zero to
the right, to the left of the words when it stands there, or to both sides when it is signed) or
`Texts` (numbers without a bar).
"""

import textwrap
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
LINE = 20  # pixels from one line of a text to the next
SENTENCE = 50  # letters of a line of a sentence that a phone shows whole
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
    """A column of texts, without bars; its words end at its right edge unless `anchor` is start.

    most: letters of a line, if a longer text is to go on in the next one.
    """

    labels: Sequence[str]
    heading: str = ""
    colours: Colours = "quiet"
    titles: Sequence[str] = ()
    anchor: str = "end"
    most: int = 0

    @property
    def lines(self) -> list[list[str]]:
        """The lines of each text."""
        if not self.most:
            return [[label] for label in self.labels]
        return [textwrap.wrap(label, self.most) or [""] for label in self.labels]

    @property
    def width(self) -> float:
        """Pixels that it takes."""
        return room([*(line for lines in self.lines for line in lines), self.heading])


Column = Bars | Texts


def translations(texts: Sequence[str]) -> Texts:
    """A column of translations: before their numbers, so narrow that a phone shows them whole."""
    return Texts(texts, "translation", anchor="start", most=SENTENCE)


def row_heights(columns: Sequence[Column], count: int, row: float = ROW) -> list[float]:
    """Pixels of each row, `row` of them where every text has one line."""
    texts = [column.lines for column in columns if isinstance(column, Texts)]
    return [
        row + LINE * (max((len(lines[place]) for lines in texts), default=1) - 1)
        for place in range(count)
    ]


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
    row: pixels of a row whose texts have one line. most: letters of a word.
    Raises ValueError unless there is one of each for every word.
    """
    check_lengths(len(words), **given(keys=keys, titles=titles))
    for column in columns:
        if len(column.labels) != len(words) or len(getattr(column, "values", words)) != len(words):
            raise ValueError(f"{len(words)} words have a column of {len(column.labels)} labels")
    heights = row_heights(columns, len(words), row)
    shown = [shorten(word.strip() or "␣", most) for word in words]
    name = room(shown) * (BOLD if strong else 1)
    top = TOP if any(column.heading for column in columns) else 0.0
    starts, x = [], 0.0
    for place, column in enumerate(columns):
        if place == words_after:
            middle, x = x, x + name + (GAP if words_after == 0 else 2 * GAP)
        starts.append(x)
        bold = BOLD if strong and isinstance(column, Texts) and column.anchor == "start" else 1
        x += bold * column.width + (GAP if place + 1 == words_after else BETWEEN)
    width = (x - BETWEEN if columns else name) + GAP
    if words_after >= len(columns):
        middle, width = x, x + name + GAP
    drawing = Drawing(width, top + sum(heights) + THIN)
    rows = Rows(top, heights, row - 2 * THIN, keys or [""] * len(words), strong)
    if framed is not None:
        drawing.add(Box(1, rows.start(framed) + 1, width - 2, heights[framed] - 2, "neutral",
                        theme.QUIET, framed=True))  # fmt: skip
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

    top: float
    heights: Sequence[float]
    bar: float  # a bar's height in its row
    keys: Sequence[str]
    strong: Collection[int] = field(default_factory=tuple)

    def start(self, place: int) -> float:
        """Where a row begins."""
        return self.top + sum(self.heights[:place])

    def middle(self, place: int) -> float:
        """The height of a row's middle."""
        return self.start(place) + self.heights[place] / 2


def add_texts(drawing: Drawing, column: Texts, start: float, rows: Rows) -> None:
    """Draw a column of texts from `start` on."""
    x = start + (column.width if column.anchor == "end" else 0.0)
    if column.heading:
        drawing.add(Word(x, TOP / 2, column.heading, column.anchor, "quiet"))
    for place, lines in enumerate(column.lines):
        title = column.titles[place] if column.titles else ""
        first = rows.middle(place) - LINE * (len(lines) - 1) / 2
        for number, line in enumerate(lines):
            drawing.add(Word(x, first + LINE * number, line, column.anchor,
                             of(column.colours, place), strong=place in rows.strong,
                             title=title))  # fmt: skip


def add_bars(drawing: Drawing, column: Bars, start: float, rows: Rows, leftward: bool) -> None:
    """Draw a column of bars from `start` on; `leftward`: they grow from its right edge."""
    zero = start + (column.width if leftward else column.before)
    if column.heading:
        signed = column.before > 0
        anchor = "end" if leftward else "middle" if signed else "start"
        drawing.add(Word(zero, TOP / 2, column.heading, anchor, "quiet"))
    if column.signed:
        drawing.add(Box(zero, rows.top, 1, sum(rows.heights), "neutral", 0.6))
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
            Box(zero - long if left else zero, middle - rows.bar / 2, long, rows.bar, fill,
                column.opacity, title, rows.keys[place]),
            Word(zero - long - GAP if left else zero + long + GAP, middle, label,
                 "end" if left else "start", colour, title=title),
        )  # fmt: skip


def of(colours: Colours, place: int) -> str:
    """The colour of one row."""
    return colours if isinstance(colours, str) else colours[place]
