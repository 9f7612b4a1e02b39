"""From scores to a choice: a line for each word, and a column for each rule that it passes."""

from collections.abc import Mapping, Sequence

import numpy as np

from playground.plots.drawing import GAP, TEXT, Box, Drawing, Word, room
from playground.plots.figure import percent, shorten

ROW = 24  # pixels
COLUMN = 172  # pixels
BAR = 86  # pixels, the longest bar
SCORE = 84  # pixels, the column of scores
TOP = 26  # pixels for the headings


def stages(
    words: Sequence[str],
    scores: np.ndarray,
    columns: Mapping[str, np.ndarray],
    removed_by: Sequence[str],
    chosen: str,
) -> Drawing:
    """Words (C) with their scores and, for each stage by name, their probabilities (C), 0..1.

    removed_by: the rule that took a word out, "" for those that stay. A word that is `chosen` is
    framed. Raises ValueError unless there is one of each for every word.
    """
    lengths = {len(words), len(scores), len(removed_by), *map(len, columns.values())}
    if len(lengths) != 1:
        raise ValueError(f"{len(words)} words, but lengths {sorted(lengths)}")
    left = room([shorten(word) for word in words]) + 2 * GAP
    width = left + SCORE + COLUMN * len(columns)
    drawing = Drawing(width, TOP + ROW * len(words) + 4, marks=[])
    drawing.add(Word(left + SCORE - 2 * GAP, TOP / 2, "score", "end", "quiet"))
    for number, name in enumerate(columns):
        drawing.add(Word(left + SCORE + COLUMN * number, TOP / 2, name, colour="quiet"))
    longest = max(float(values.max()) for values in columns.values())
    for row, word in enumerate(words):
        y = TOP + ROW * row
        out = removed_by[row] != ""
        if word == chosen:
            drawing.add(Box(1, y + 1, width - 2, ROW - 2, "neutral", 0.08, framed=True))
        drawing.add(
            Word(left - GAP, y + ROW / 2, shorten(word), "end", "quiet" if out else "",
                 strong=word == chosen, title=word),
            Word(left + SCORE - 2 * GAP, y + ROW / 2, f"{scores[row]:.2f}", "end", "quiet",
                 title=f"score of {word}: {scores[row]:.6f}"),
        )  # fmt: skip
        for number, (name, values) in enumerate(columns.items()):
            told = float(values[row]), removed_by[row], f"{word}, {name}"
            add_cell(drawing, left + SCORE + COLUMN * number, y, told, longest)
    return drawing


def add_cell(
    drawing: Drawing, x: float, y: float, told: tuple[float, str, str], longest: float
) -> None:
    """One word at one stage: its bar, or the rule that removed it."""
    probability, rule, title = told
    middle = y + ROW / 2
    if probability == 0 and rule:
        drawing.add(Word(x, middle, f"removed by {rule}", colour="negative", title=title))
        return
    width = BAR * probability / longest
    exact = f"{title}: {probability:.6f}"
    drawing.add(
        Box(x, y + (ROW - TEXT) / 2, max(1.0, width), TEXT, "accent", 0.75, exact),
        Word(x + width + GAP, middle, percent(probability), title=exact),
    )
