"""How perplexity falls as a model may see more words: a line for each model."""

import math
from collections.abc import Callable, Mapping, Sequence

from playground.plots.drawing import GAP, Box, Drawing, Path, Word, room

Curve = Sequence[tuple[int | None, float]]
LEFT, TOP, BOTTOM = 60, 14, 30  # pixels around the lines
WIDE, TALL = 560, 200  # pixels of the lines
LEADER = 22  # pixels from a line's end to its name, bridged by a thin line
FILLS = ("negative", "accent", "neutral", "source", "target")
APART = 19  # pixels between two names at least
DOT = 7  # pixels


def curves(series: Mapping[str, Curve]) -> Drawing:
    """For each model by name its (words of context, None for all of them; perplexity).

    Both axes are logarithmic. Raises ValueError without any curve.
    """
    if not series:
        raise ValueError("there is no curve to draw")
    contexts = {context for curve in series.values() for context, _ in curve}
    ticks: list[int | None] = [*sorted(c for c in contexts if c is not None)]
    ticks += [None] * (None in contexts)
    places = {context: LEFT + WIDE * n / max(1, len(ticks) - 1) for n, context in enumerate(ticks)}
    values = [math.log2(perplexity) for curve in series.values() for _, perplexity in curve]
    low, high = min(values), float(math.ceil(max(values)))

    def height(perplexity: float) -> float:
        return TOP + TALL * (high - math.log2(perplexity)) / ((high - low) or 1.0)

    drawing = Drawing(
        LEFT + WIDE + LEADER + room(list(series)) + 60, TOP + TALL + BOTTOM + 26, marks=[]
    )
    add_axes(drawing, places, (low, high), height)
    ends = spread([height(curve[-1][1]) for curve in series.values()])
    for (name, curve), end, fill in zip(series.items(), ends, FILLS, strict=False):
        points = [(places[context], height(perplexity)) for context, perplexity in curve]
        drawing.add(Path(points, 2.5, fill))
        for (x, y), (context, perplexity) in zip(points, curve, strict=True):
            seen = "all words" if context is None else f"{context} words"
            title = f"{name}, {seen} seen: perplexity {perplexity:g}"
            drawing.add(Box(x - DOT / 2, y - DOT / 2, DOT, DOT, fill, 1.0, title))
        (x, y), told = points[-1], f"{name} {curve[-1][1]:.3g}"
        drawing.add(Path([(x, y), (x + LEADER, end)], 1, fill))
        drawing.add(Word(x + LEADER + GAP / 2, end, told, title=f"{name}: {curve[-1][1]:g}"))
    return drawing


def add_axes(
    drawing: Drawing,
    places: Mapping[int | None, float],
    span: tuple[float, float],
    height: Callable[[float], float],
) -> None:
    """The words of context below, and perplexity at the left, at whole powers of 2."""
    bottom = TOP + TALL + 18
    for context, x in places.items():
        drawing.add(Word(x, bottom, "all" if context is None else str(context), "middle", "quiet"))
    drawing.add(Word(LEFT + WIDE / 2, bottom + 24, "words of context seen", "middle", "quiet"))
    powers = range(math.ceil(span[0]), math.floor(span[1]) + 1)
    for perplexity in (2**power for power in powers):
        y = height(perplexity)
        drawing.add(Path([(LEFT, y), (LEFT + WIDE, y)], 1, "neutral", 0.3))
        drawing.add(Word(LEFT - GAP, y, str(perplexity), "end", "quiet"))


def spread(heights: Sequence[float]) -> list[float]:
    """The heights, moved apart where two names would stand on each other, above the axis."""
    found = list(heights)
    order = sorted(range(len(found)), key=lambda place: found[place])
    for above, below in zip(order, order[1:], strict=False):
        found[below] = max(found[below], found[above] + APART)
    limit = float(TOP + TALL)
    for place in reversed(order):
        found[place] = min(found[place], limit)
        limit = found[place] - APART
    return found
