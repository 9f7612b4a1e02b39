"""The score of each source word as a signed bar, and beside it the weight that softmax makes."""

from collections.abc import Sequence

import numpy as np

from playground.plots.drawing import GAP, LETTER, Box, Drawing, Word, flow, room
from playground.plots.figure import minus, percent, shorten

ROW = 28  # pixels
BAR = 190  # pixels, the longest bar to either side, and the bar of weight 1
NUMBER = 9 * LETTER  # pixels for a score
WIDE = 860  # pixels, a line of target words
LEFT = 4  # pixels


def score(
    target: Sequence[str],
    source: Sequence[str],
    scores: np.ndarray,
    weights: np.ndarray,
    chosen: tuple[int, int],
) -> Drawing:
    """The target words, and the scores and weights (0..1) of S source words for the chosen one.

    chosen: places of the target and the source word. Picking tells "t" or "s" and the place.
    Raises ValueError unless there is one score and one weight for each source word.
    """
    if not len(source) == len(scores) == len(weights):
        raise ValueError(f"{len(source)} words have {len(scores)} scores, {len(weights)} weights")
    words = [shorten(word) for word in source]
    left = LEFT + room(words) + GAP
    drawing = Drawing(left + 2 * (NUMBER + BAR) + GAP + BAR + NUMBER, marks=[])
    top = lined(drawing, target, chosen[0])
    drawing.height = top + ROW * (len(words) + 1)
    headed(drawing, left, top, len(words))
    longest = float(np.abs(scores).max()) or 1.0
    pairs = zip(words, source, scores.tolist(), weights.tolist(), strict=True)
    for place, (word, whole, value, weight) in enumerate(pairs):
        y, key = top + ROW * (place + 1), f"s{place}"
        title = f"{whole}: score {value:.6g}, weight {weight:.6g}"
        strong = place == chosen[1]
        drawing.add(Word(left - GAP, y + ROW / 2, word, "end", "source", 0, strong, title, key))
        barred(drawing, left, y, value / longest, weight, (f"{value:.2f}", title, key))
    return drawing


def lined(drawing: Drawing, target: Sequence[str], chosen: int) -> float:
    """Draw the target words in lines; the height below them."""
    shown = [shorten(word) for word in target]
    widths = [room([told]) + 2 * GAP for told in shown]
    y = 0.0
    for place, (x, y) in enumerate(flow(widths, LEFT, GAP, WIDE, ROW)):
        word, told, width = target[place], shown[place], widths[place]
        lit, key = place == chosen, f"t{place}"
        drawing.add(
            Box(x, y + 2, width, ROW - 4, "target", 0.2 * lit, word, framed=lit),
            Word(x + width / 2, y + ROW / 2, told, "middle", "target", 0, lit, word, key),
        )
    return y + ROW + GAP


def headed(drawing: Drawing, left: float, top: float, rows: int) -> None:
    """Name the two columns, and draw the line from which scores go either way."""
    middle, share = left + NUMBER + BAR, left + 2 * (NUMBER + BAR) + GAP
    drawing.add(
        Word(middle, top + ROW / 2, "score: the sum of its terms", "middle", "quiet"),
        Word(share, top + ROW / 2, "weight: softmax of the scores", colour="quiet"),
        Box(middle, top + ROW, 1, ROW * rows, "neutral", 0.6),
    )


def barred(
    drawing: Drawing, left: float, y: float, part: float, weight: float, told: tuple[str, str, str]
) -> None:
    """Draw a word's score, `part` (-1..1) of the longest, and its weight.

    told: the score, the title and the key.
    """
    number, title, key = told
    middle, share = left + NUMBER + BAR, left + 2 * (NUMBER + BAR) + GAP
    long, positive = BAR * abs(part), part >= 0
    begin = middle if positive else middle - long
    beside, anchor = (middle + long + GAP, "start") if positive else (begin - GAP, "end")
    fill = "accent" if positive else "negative"
    drawing.add(
        Box(begin, y + 4, long, ROW - 8, fill, 0.75, title, key),
        Word(beside, y + ROW / 2, minus(number), anchor),
        Box(share, y + 4, max(1.0, BAR * weight), ROW - 8, "accent", 0.75, title, key),
        Word(share + BAR * weight + GAP, y + ROW / 2, percent(weight)),
    )
