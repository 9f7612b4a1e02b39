"""How a person and the models did at guessing, a line for each and a column for each figure."""

from collections.abc import Mapping, Sequence

from playground.plots.drawing import GAP, Box, Drawing, Word, room

ROW = 34  # pixels
BAR = 90  # pixels, the longest bar
COLUMN = 180  # pixels
TOP = 30  # pixels for the headings

Cell = tuple[float, str] | None


def scores(columns: Sequence[str], players: Mapping[str, Sequence[Cell]]) -> Drawing:
    """For each player by name, a (value, telling) for every column; None where there is none.

    Bars are long in proportion to the column's largest value. Raises ValueError if a player has
    another number of figures.
    """
    for name, figures in players.items():
        if len(figures) != len(columns):
            raise ValueError(f"{name} has {len(figures)} figures for {len(columns)} columns")
    left = room(list(players)) + 3 * GAP
    drawing = Drawing(left + COLUMN * len(columns), TOP + ROW * len(players) + 4, marks=[])
    for row, name in enumerate(players):
        drawing.add(Word(left - 2 * GAP, TOP + ROW * (row + 0.5), name, "end", strong=row == 0))
    for number, column in enumerate(columns):
        x = left + COLUMN * number
        drawing.add(Word(x, TOP / 2, column, colour="quiet"))
        add_column(drawing, x, column, [figures[number] for figures in players.values()])
    return drawing


def add_column(drawing: Drawing, x: float, column: str, cells: Sequence[Cell]) -> None:
    """One figure of every player; the first one's, a person's, in a colour of its own."""
    largest = max((cell[0] for cell in cells if cell), default=0) or 1.0
    for row, cell in enumerate(cells):
        if cell:
            y, width = TOP + ROW * row, BAR * cell[0] / largest
            title = f"{column}: {cell[0]:.6g}"
            fill = "negative" if row == 0 else "accent"
            drawing.add(
                Box(x, y + 8, max(1.0, width), ROW - 16, fill, 0.75, title),
                Word(x + width + GAP, y + ROW / 2, cell[1], title=title),
            )
