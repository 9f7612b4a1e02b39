"""Bars in groups: BLEU by the length of a sentence, a bar for each model in each band."""

import textwrap
from collections.abc import Mapping, Sequence

from playground import theme
from playground.charts.chart import SERIES, Chart, axis, escape, hue, trace, word_axis

HEIGHT = 320  # pixels


def grouped(
    groups: Sequence[str],
    series: Mapping[str, Sequence[float | None]],
    y_title: str = "",
    *,
    labels: Mapping[str, Sequence[str]] | None = None,
    titles: Mapping[str, Sequence[str]] | None = None,
    keys: Sequence[str] = (),
    lit: int | None = None,
    lit_note: str = "",
    height: int = HEIGHT,
) -> Chart:
    """A group of bars for each name, in it a bar for each series (None: no bar).

    labels: at each bar's end (else the value with one decimal). titles: exact numbers on hover.
    keys: what picking a group's bars tells. lit: the group whose name is bold, with `lit_note`
    under it. Raises ValueError unless every series has a value for every group.
    """
    for name, values in series.items():
        if len(values) != len(groups):
            raise ValueError(f"{len(groups)} groups have {len(values)} values of {name}")
    traces = []
    for number, (name, values) in enumerate(series.items()):
        ends = labels[name] if labels else ["" if v is None else f"{v:.1f}" for v in values]
        told = titles[name] if titles else [f"{name}, {group}" for group in groups]
        traces.append(trace(
            "bar", x=list(range(len(groups))), y=[None if v is None else float(v) for v in values],
            name=escape(name),
            marker={"color": hue(SERIES[2 * number % len(SERIES)]), "opacity": theme.BAR},
            text=[escape(text) for text in ends], textposition="outside",
            cliponaxis=False, hoverinfo="text", hovertext=[escape(text) for text in told],
            customdata=list(keys) or None,
        ))  # fmt: skip
    bottom = word_axis(groups, tickangle=0)
    bottom["ticktext"] = [folded(text) for text in bottom["ticktext"]]
    if lit is not None:
        note = f"<br>{escape(lit_note)}" if lit_note else ""
        bottom["ticktext"][lit] = f"<b>{bottom['ticktext'][lit]}</b>{note}"
    legend = {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "itemclick": False,
              "itemdoubleclick": False}  # fmt: skip
    return Chart(traces, height, xaxis=bottom, yaxis=axis(y_title, rangemode="tozero"),
                 barmode="group", bargap=0.3, showlegend=len(series) > 1, legend=legend,
                 margin={"l": 8, "r": 8, "t": 40, "b": 8})  # fmt: skip


def folded(text: str) -> str:
    """A name in lines of about ten letters, so that many stand side by side."""
    return text if len(text) <= 10 else "<br>".join(textwrap.wrap(text, 10))
