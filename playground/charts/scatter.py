"""A cloud of points: each a pair of numbers, some of them with a name."""

from collections.abc import Sequence

import numpy as np

from playground.charts.chart import Chart, axis, escape, hue, trace

HEIGHT = 420  # pixels


def scatter(
    x: Sequence[float] | np.ndarray,
    y: Sequence[float] | np.ndarray,
    x_title: str = "",
    y_title: str = "",
    *,
    names: Sequence[str] = (),
    titles: Sequence[str] = (),
    keys: Sequence[str] = (),
    colours: str | Sequence[str] = "accent",
    sizes: float | Sequence[float] = 9,
    chosen: int | None = None,
    crowd: float = 0.0,
    height: int = HEIGHT,
) -> Chart:
    """Points (N) at x, y. names: a text beside each ("": none). titles: its exact numbers on hover.

    keys: what picking a point tells. colours: of all points or of each. sizes: pixels. chosen: the
    point with a ring. crowd: points with another nearer than this share of both axes have no name,
    but for the chosen one. Raises ValueError unless there is one of each for every point.
    """
    lengths = {len(y), *(len(part) for part in (names, titles, keys) if len(part))}
    if lengths != {len(x)}:
        raise ValueError(f"{len(x)} points have parts of lengths {sorted(lengths)}")
    hues = hue(colours) if isinstance(colours, str) else [hue(one) for one in colours]
    names = [
        "" if near and place != chosen else name
        for place, (name, near) in enumerate(zip(names, crowded(x, y, crowd), strict=False))
    ]
    texts = titles or [f"{a:.6g}, {b:.6g}" for a, b in zip(x, y, strict=True)]
    cloud = trace(
        "scatter", x=list(map(float, x)), y=list(map(float, y)),
        mode="markers+text" if names else "markers",
        text=[escape(name) for name in names] or None, textposition="top center",
        marker={"color": hues, "size": sizes, "opacity": 0.85},
        hoverinfo="text", hovertext=[escape(text) for text in texts],
        customdata=list(keys) or None,
    )  # fmt: skip
    traces = [cloud]
    if chosen is not None:
        ring = {"color": "rgba(0,0,0,0)", "size": 18,
                "line": {"color": "var(--body-text-color)", "width": 2}}  # fmt: skip
        traces.append(trace("scatter", x=[float(x[chosen])], y=[float(y[chosen])], mode="markers",
                                 marker=ring, hoverinfo="skip"))  # fmt: skip
    return Chart(
        traces, height, xaxis=axis(x_title, zeroline=False), yaxis=axis(y_title, zeroline=False)
    )


def crowded(
    x: Sequence[float] | np.ndarray, y: Sequence[float] | np.ndarray, share: float
) -> list[bool]:
    """Whether each point has another that is nearer than a share of both axes."""
    both = np.stack([np.asarray(x, float), np.asarray(y, float)])  # (2, N)
    span = np.ptp(both, axis=1, keepdims=True)
    scaled = both / np.where(span > 0, span, 1.0)
    apart = np.abs(scaled[:, :, None] - scaled[:, None, :]).max(axis=0)  # (N, N)
    np.fill_diagonal(apart, np.inf)
    return [bool(one) for one in apart.min(axis=1, initial=np.inf) < share]
