"""Figures with axes, of Plotly: curves, scatter, bars by group, the followed unit and its gates.

Each kind is a function that turns names and numbers into a `Chart`, which the page and a notebook
draw. Colours are the names of `playground.theme`; the browser looks them up as it draws, and again
when the page turns light or dark.
"""

from playground.charts.chart import Chart, library
from playground.charts.curves import curves, memory_curves
from playground.charts.grouped import grouped
from playground.charts.scatter import scatter
from playground.charts.unit import followed_unit

__all__ = [
    "Chart",
    "curves",
    "followed_unit",
    "grouped",
    "library",
    "memory_curves",
    "scatter",
]
