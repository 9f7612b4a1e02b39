"""A chart: a figure of Plotly whose colours are names, so that it follows light and dark.

It is written as Plotly's JSON: Plotly's own Python takes 40 milliseconds to make one, and is used
for notebooks, and by the tests, to find a name that Plotly does not know.

A colour is written `hue("accent")`, which is `var(--hue-accent)`, or `hue("accent", 0.5)`, which
is `var(--hue-accent, 0.5)`, its half-transparent kin: Plotly's Python lets both pass, and whoever
draws puts the colour of that name in their place.
"""

import html
import importlib
import importlib.util
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playground import theme

SIZE = theme.TEXT_SIZE - 1  # pixels of a chart's texts
TEXT = "var(--body-text-color)"
QUIET = "var(--body-text-color-subdued)"
BEHIND = "var(--border-color-primary)"  # lines behind the curves
SERIES = ("accent", "negative", "neutral", "source", "target")
"""The hues of several curves, in their order."""
GROUND = "var(--background-fill-primary)"
LIGHT = {"--body-text-color": "#1f2937", "--body-text-color-subdued": "#52525b",
         "--border-color-primary": "#e4e4e7", "--background-fill-primary": "#ffffff"} | {
    f"--hue-{name}": light for name, (light, _) in theme.HUES.items()
}  # fmt: skip
"""What colours are in a notebook."""
Trace = dict[str, Any]
NAMED = re.compile(r"var\((--[\w-]+)(?:, ([\d.]+))?\)")


def hue(name: str, opacity: float = 1.0) -> str:
    """A colour of `theme.HUES` by its name. Raises ValueError for another name."""
    if name not in theme.HUES:
        raise ValueError(f"there is no colour {name!r}; there are {', '.join(theme.HUES)}")
    return f"var(--hue-{name})" if opacity == 1 else f"var(--hue-{name}, {opacity})"


def light(colour: re.Match[str]) -> str:
    """A named colour as it is in light, with its opacity."""
    found = LIGHT[colour[1]]
    parts = ", ".join(str(part) for part in bytes.fromhex(found[1:]))
    return f"rgba({parts}, {colour[2]})" if colour[2] else found


def escape(text: str) -> str:
    """The text as Plotly will show it: without this, "<b>" would make bold text."""
    return html.escape(text, quote=False)


def trace(kind: str, **attributes: Any) -> Trace:
    """A trace of Plotly's, "scatter" or "bar" or "heatmap", without attributes that are None."""
    given = {name: value for name, value in attributes.items() if value is not None}
    return {"type": kind} | given


class Chart:
    """Traces and a layout, `height` pixels high and as wide as its place.

    A point whose `customdata` is a text can be picked: that text is its key.
    """

    def __init__(self, traces: Sequence[Trace], height: int, **layout: Any) -> None:
        """traces, layout: as in Plotly, their texts escaped, their colours by `hue`."""
        self.data = list(traces)
        self.layout = {
            "height": height,
            "font": {"family": theme.FONT, "size": SIZE, "color": TEXT},
            "margin": {"l": 8, "r": 8, "t": 12, "b": 8},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "showlegend": False,
            "dragmode": False,
            "hovermode": "closest",
            "hoverlabel": {"bgcolor": GROUND, "font": {"color": TEXT}},
        } | layout

    def to_json(self) -> dict[str, Any]:
        """What the page draws: plain lists, and colours still by name."""
        return {"kind": "chart", "data": self.data, "layout": self.layout}

    def figure(self) -> Any:
        """The same as a `plotly.graph_objects.Figure`, in light colours.

        Raises ValueError for a name or a value that Plotly does not know.
        """
        text = NAMED.sub(light, json.dumps([self.data, {"template": "none"} | self.layout]))
        data, layout = json.loads(text)
        return importlib.import_module("plotly.graph_objects").Figure(data, layout)

    def _repr_html_(self) -> str:
        """The chart in a notebook; Plotly's own library is in it."""
        figure = self.figure()
        return str(figure.to_html(full_html=False, include_plotlyjs=True, config=NOTEBOOK))


NOTEBOOK = {"displaylogo": False, "responsive": True}


def axis(title: str = "", **more: Any) -> dict[str, Any]:
    """An axis with a quiet title and lines behind the curves; more: as in Plotly."""
    return {
        "title": {"text": escape(title), "standoff": 8, "font": {"color": QUIET, "size": SIZE}},
        "tickfont": {"color": QUIET},
        "gridcolor": BEHIND,
        "zerolinecolor": BEHIND,
        "linecolor": BEHIND,
        "fixedrange": True,
        "automargin": True,
    } | more


def word_axis(words: Sequence[str], title: str = "", **more: Any) -> dict[str, Any]:
    """An axis with one word at each whole number; the same word may come twice."""
    places = {"tickmode": "array", "tickvals": list(range(len(words)))}
    shown = [escape(word if len(word) <= 18 else f"{word[:17]}…") for word in words]
    return axis(title, showgrid=False, zeroline=False) | places | {"ticktext": shown} | more


def library() -> Path:
    """Plotly's JavaScript, as it came with the installed package: what the page has to serve."""
    found = importlib.util.find_spec("plotly")
    if found is None or found.origin is None:
        raise ValueError("plotly is not installed")
    return Path(found.origin).parent / "package_data" / "plotly.min.js"
