"""What every figure shares: no furniture, readable text, words that are never taken for markup."""

import html
import json
from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from playground import theme

CONFIG = {"displayModeBar": False, "responsive": True}


def new_figure(height: int) -> go.Figure:
    """An empty figure, `height` pixels high, as wide as its place."""
    figure = go.Figure()
    figure.update_layout(
        template="none",
        height=height,
        font={"family": theme.FONT, "size": theme.TEXT_SIZE},
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        showlegend=False,
        dragmode=False,
    )
    return figure


def word_axis(words: Sequence[str], title: str, language: str = "", **more: Any) -> dict[str, Any]:
    """An axis with one word at each whole number; the same word may come twice.

    language: "source" or "target", for that language's colour in light and dark.
    """
    told = [escape(shorten(word)) for word in words]
    if language:
        told = [f'<span style="color:var(--{language})">{word}</span>' for word in told]
    return {
        "tickmode": "array",
        "tickvals": list(range(len(words))),
        "ticktext": told,
        "title": {"text": escape(title), "standoff": 8, "font": {"size": theme.TEXT_SIZE}},
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "automargin": True,
    } | more


def escape(word: str) -> str:
    """The word as Plotly will show it: without this, "<b>" would make bold text."""
    return html.escape(word, quote=False)


def shorten(word: str, most: int = 18) -> str:
    """A word that fits beside a figure."""
    return word if len(word) <= most else word[: most - 1] + "…"


def percent(probability: float) -> str:
    """A probability (0..1) for people: at most three significant digits."""
    value = 100 * float(probability)
    if value == 0:
        return "0 %"
    if value < 0.01:
        return "< 0.01 %"
    return f"{value:.3g} %" if value < 99.95 else "100 %"


def minus(number: str) -> str:
    """A number's text with the minus sign of print."""
    return number.replace("-", "−")


def to_json(figure: go.Figure) -> str:
    """The figure as the page draws it."""
    return json.dumps(json.loads(figure.to_json()) | {"config": CONFIG})
