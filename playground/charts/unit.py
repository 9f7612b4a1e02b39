"""One unit of a memory as a line over the words, and under it how open its gates were."""

from collections.abc import Mapping, Sequence

import numpy as np

from playground import theme
from playground.charts.chart import TEXT, Chart, Trace, axis, escape, hue, trace, word_axis
from playground.drawing.numbers import whole_percent

LINE, GATE, BELOW = 170, 34, 100  # pixels: the line's part, a gate's row, the words below
CELL = 44  # pixels from word to word at least


def followed_unit(
    values: np.ndarray,
    words: Sequence[str],
    gates: Mapping[str, np.ndarray],
    keys: Sequence[str] = (),
) -> Chart:
    """A unit's values (S) after each word and, by name, gates (S), 0..1.

    keys: what picking a point tells. Raises ValueError if lengths differ.
    """
    lengths = {len(words), *map(len, gates.values()), *([len(keys)] if len(keys) else [])}
    if lengths != {len(values)}:
        raise ValueError(f"{len(values)} values have {len(words)} words, or gates of other lengths")
    places = list(range(len(words)))
    shown = [word.strip() or "␣" for word in words]
    largest = max(1.0, float(np.abs(values).max(initial=0.0)))
    traces: list[Trace] = [trace(
        "scatter", x=places, y=[float(value) for value in values], mode="lines+markers",
        line={"color": hue("accent"), "width": 2}, marker={"color": hue("accent"), "size": 7},
        hoverinfo="text", customdata=list(keys) or None,
        hovertext=[escape(f"after {w}: {v:.6f}") for w, v in zip(shown, values, strict=True)],
    )]  # fmt: skip
    height, share = LINE + BELOW + GATE * len(gates), 0.0
    if gates:
        share = GATE * len(gates) / (LINE + GATE * len(gates))
        traces.append(gate_rows(gates, shown, places))
    layout = {
        "xaxis": word_axis(shown, tickangle=-45 if len(words) <= 16 else -90, anchor="free",
                           position=0.0, range=[-0.5, len(words) - 0.5]),
        "yaxis": axis(range=[-1.1 * largest, 1.1 * largest], domain=[share, 1.0], nticks=5),
    }  # fmt: skip
    layout["meta"] = {"least": 150 + CELL * len(words)}
    if gates:
        layout["yaxis2"] = axis(domain=[0.0, max(0.0, share - 0.03)], autorange="reversed",
                                showgrid=False, zeroline=False)  # fmt: skip
    return Chart(traces, height, **layout)


def gate_rows(
    gates: Mapping[str, np.ndarray], words: Sequence[str], places: Sequence[int]
) -> Trace:
    """The gates as rows of cells, each with its share in percent."""
    table = [[float(value) for value in gate] for gate in gates.values()]
    titles = [
        [escape(f"{name} at {word}: {value:.6f}") for word, value in zip(words, row, strict=True)]
        for name, row in zip(gates, table, strict=True)
    ]
    return trace(
        "heatmap", z=table, x=list(places), y=[escape(name) for name in gates], yaxis="y2",
        zmin=0, zmax=1,
        colorscale=[[0.0, hue("accent", theme.FAINTEST)], [1.0, hue("accent", theme.CHIP)]],
        showscale=False, xgap=2, ygap=2, hoverinfo="text", hovertext=titles,
        texttemplate="%{text}", textfont={"size": 13, "color": TEXT},
        text=[[whole_percent(value) for value in row] for row in table],
    )  # fmt: skip
