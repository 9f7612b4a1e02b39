"""Curves: how something changes along an axis, a line and a name for each series."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from playground.charts.chart import SERIES, Chart, axis, escape, hue, trace
from playground.drawing.numbers import brief

Points = Sequence[tuple[float, float]]
HEIGHT = 320  # pixels
APART = 20  # pixels between two names at least
LEADER = 26  # pixels from a curve's end to its name, bridged by a thin line
LETTER = 7.6  # pixels of a letter of a name, about


def curves(
    series: Mapping[str, Points],
    x_title: str = "",
    y_title: str = "",
    *,
    x_ticks: Mapping[float, str] | None = None,
    y_log: bool = False,
    y_base: float = 10.0,
    y_whole: tuple[float, float] | None = None,
    colours: Sequence[str] = SERIES,
    labels: Mapping[str, str] | None = None,
    titles: Mapping[str, Sequence[str]] | None = None,
    keys: Mapping[str, Sequence[str]] | None = None,
    dots: bool = True,
    height: int = HEIGHT,
) -> Chart:
    """A line through each series' (x, y), and its name at its end, a thin line between them.

    x_ticks: what stands at which x. y_log: equal steps for equal ratios, ticks at powers of y_base.
    y_whole: the least and the most that y can be; both are in sight.
    colours: each series' hue, over again where they are too few. labels: what stands at a curve's
    end (else its name). titles: each point's text on hover. keys: what picking a point tells.
    Raises ValueError without any point.
    """
    drawn = {name: list(points) for name, points in series.items() if len(points)}
    if not drawn:
        raise ValueError("there is no curve to draw")
    heights = [y for points in drawn.values() for _, y in points]
    low, high = reach([*heights, *(y_whole or ())], y_log, y_base)
    traces = []
    for number, (name, points) in enumerate(drawn.items()):
        colour = hue(colours[number % len(colours)])
        told = titles[name] if titles else [f"{name}: {x:g}, {y:.6g}" for x, y in points]
        traces.append(trace(
            "scatter", x=[x for x, _ in points], y=[y for _, y in points], name=escape(name),
            mode="lines+markers" if dots else "lines", line={"color": colour, "width": 2.5},
            marker={"color": colour, "size": 7}, hoverinfo="text",
            hovertext=[escape(text) for text in told],
            customdata=list(keys[name]) if keys else None,
        ))  # fmt: skip
    names = [(labels or {}).get(name, name) for name in drawn]
    ends = [points[-1] for points in drawn.values()]
    places = [x for points in drawn.values() for x, _ in points]
    beyond = 0.03 * ((max(places) - min(places)) or 1.0)
    x_axis = axis(x_title, zeroline=False, range=[min(places) - beyond, max(places) + beyond])
    if x_ticks:
        texts = [escape(text) for text in x_ticks.values()]
        x_axis |= {"tickvals": list(x_ticks), "ticktext": texts, "tickangle": 0}
    y_axis = axis(y_title, range=[low, high], zeroline=False)
    if y_log:
        y_axis |= {"type": "log"} | log_ticks(low, high, y_base)
    right = max(map(len, names)) * LETTER + LEADER + 12
    return Chart(
        traces, height, xaxis=x_axis, yaxis=y_axis, margin={"l": 8, "r": right, "t": 12, "b": 8},
        annotations=end_names(ends, names, (low, high), y_log, colours, height - 90),
    )  # fmt: skip


def reach(values: Sequence[float], log: bool, base: float) -> tuple[float, float]:
    """The ends of the y axis (its logarithm, if `log`), a little beyond the values."""
    if log:
        logs = [math.log10(value) for value in values]
        step = math.log10(base)
        return min(logs) - 0.06 * step, math.ceil(max(logs) / step) * step
    low, high = min(values), max(values)
    beyond = 0.06 * ((high - low) or abs(high) or 1.0)
    return low - beyond, high + beyond


def log_ticks(low: float, high: float, base: float) -> dict[str, Any]:
    """Ticks at the whole powers of a base between two logarithms."""
    step = math.log10(base)
    powers = [base**n for n in range(math.ceil(low / step), math.floor(high / step + 1e-9) + 1)]
    return {"tickmode": "array", "tickvals": powers, "ticktext": [f"{power:g}" for power in powers]}


def end_names(
    ends: Sequence[tuple[float, float]],
    texts: Sequence[str],
    span: tuple[float, float],
    log: bool,
    colours: Sequence[str],
    tall: float,
) -> list[dict[str, Any]]:
    """The name of each curve right of its end, moved apart where two would stand on each other.

    A thin line, the arrow of the annotation without its head, leads from the end to the name.
    """
    low, high = span
    places = [math.log10(y) if log else y for _, y in ends]
    heights = [tall * (high - place) / ((high - low) or 1.0) for place in places]
    found = []
    for number, name_height in enumerate(spread(heights, tall)):
        x, _ = ends[number]
        found.append({
            "x": x, "y": places[number], "text": escape(texts[number]), "showarrow": True,
            "ax": LEADER, "ay": name_height - heights[number], "xanchor": "left",
            "yanchor": "middle", "arrowhead": 0, "arrowwidth": 1, "standoff": 4,
            "arrowcolor": hue(colours[number % len(colours)]),
        })  # fmt: skip
    return found


def spread(heights: Sequence[float], limit: float) -> list[float]:
    """The heights, moved apart where two names would stand on each other, none below `limit`."""
    found = list(heights)
    order = sorted(range(len(found)), key=lambda place: found[place])
    for above, below in zip(order, order[1:], strict=False):
        found[below] = max(found[below], found[above] + APART)
    for place in reversed(order):
        found[place] = min(found[place], limit)
        limit = found[place] - APART
    return found


def memory_curves(
    series: Mapping[str, Sequence[tuple[int | None, float]]], keys: Mapping[str, str] | None = None
) -> Chart:
    """Each model's perplexity by the words of context that it may see (None: all of them).

    keys: what picking a model's points tells. Raises ValueError without any curve.
    """
    contexts = {context for curve in series.values() for context, _ in curve}
    ticks: list[int | None] = [*sorted(c for c in contexts if c is not None)]
    ticks += [None] * (None in contexts)
    points = {
        name: [(float(ticks.index(c)), p) for c, p in curve] for name, curve in series.items()
    }
    titles = {
        name: [
            f"{name}, {'all words' if c is None else f'{c} words'} seen: perplexity {p:g}"
            for c, p in curve
        ]
        for name, curve in series.items()
    }
    return curves(
        points, "words of context seen", "perplexity",
        x_ticks={float(n): "all" if c is None else str(c) for n, c in enumerate(ticks)},
        y_log=True, y_base=2.0, titles=titles, colours=("negative", "accent", "neutral", "source",
                                                        "target"),
        labels={name: f"{name} {brief(curve[-1][1])}" for name, curve in series.items() if curve},
        keys={n: [keys[n]] * len(c) for n, c in series.items()} if keys else None,
    )  # fmt: skip
