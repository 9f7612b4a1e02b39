"""A cloud of points: each a pair of numbers, some with a name, each group with its own look."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from playground.charts.chart import Chart, axis, escape, hue, trace
from playground.charts.names import sides

HEIGHT = 420  # pixels
HUES = ("accent", "negative", "neutral", "source")
SHAPES = ("circle", "square", "diamond", "triangle-up", "cross")
"""The looks of groups: told apart by their shapes, too, where eyes see no hues."""


def scatter(
    x: Sequence[float] | np.ndarray,
    y: Sequence[float] | np.ndarray,
    x_title: str = "",
    y_title: str = "",
    *,
    names: Sequence[str] = (),
    titles: Sequence[str] = (),
    keys: Sequence[str] = (),
    groups: Sequence[str] = (),
    chosen: int | None = None,
    height: int = HEIGHT,
) -> Chart:
    """Points (N) at x, y. names: a text beside each that has room for it.

    titles: each point's exact numbers on hover. keys: what picking a point tells. groups: the name
    of each point's group, which has a hue and a shape of its own, told in a legend. chosen: the
    point with a ring. Raises ValueError unless there is one of each for every point.
    """
    lengths = {len(y), *(len(part) for part in (names, titles, keys, groups) if len(part))}
    if lengths != {len(x)}:
        raise ValueError(f"{len(x)} points have parts of lengths {sorted(lengths)}")
    where = sides(x, y, names, chosen) if names else []
    points: dict[str, list[Any]] = {
        "x": [float(value) for value in x],
        "y": [float(value) for value in y],
        "text": [escape(name) * bool(side) for name, side in zip(names, where, strict=True)],
        "textposition": [side or "top center" for side in where],
        "hovertext": [escape(text) for text in titles]
        or [f"{a:.6g}, {b:.6g}" for a, b in zip(x, y, strict=True)],
        "customdata": list(keys),
    }
    traces = []
    for number, group in enumerate(dict.fromkeys(groups) or [""]):
        own = [place for place in range(len(x)) if not groups or groups[place] == group]
        part = {name: [values[place] for place in own] for name, values in points.items() if values}
        traces.append(trace(
            "scatter", **part, name=escape(group), hoverinfo="text",
            mode="markers+text" if names else "markers",
            marker={"color": hue(HUES[number % len(HUES)]), "size": 10, "opacity": 0.85,
                    "symbol": SHAPES[number % len(SHAPES)]},
        ))  # fmt: skip
    if chosen is not None:
        ring = {"color": "rgba(0,0,0,0)", "size": 19,
                "line": {"color": "var(--body-text-color)", "width": 2}}  # fmt: skip
        traces.append(trace("scatter", x=[float(x[chosen])], y=[float(y[chosen])], mode="markers",
                            marker=ring, hoverinfo="skip", showlegend=False))  # fmt: skip
    legend = {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "itemclick": False,
              "itemdoubleclick": False}  # fmt: skip
    return Chart(
        traces, height, xaxis=axis(x_title, zeroline=False), yaxis=axis(y_title, zeroline=False),
        **({"showlegend": True, "legend": legend} if groups else {}),
    )  # fmt: skip
