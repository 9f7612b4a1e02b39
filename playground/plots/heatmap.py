"""A matrix with words at its rows and columns: attention weights."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from playground import theme
from playground.plots.figure import new_figure, word_axis

ROW_HEIGHT = 28  # pixels
SLANTED = 44  # pixels right of the last column, for its slanted label
FEW = 16  # columns whose labels are slanted


def heatmap(
    weights: np.ndarray,
    rows: Sequence[str],
    columns: Sequence[str],
    row_title: str = "",
    column_title: str = "",
    languages: tuple[str, str] = ("", ""),
) -> go.Figure:
    """Weights (rows, columns), 0..1, in one hue. Raises ValueError if the labels don't match.

    languages: of the rows and of the columns, "source" or "target", each with its colour.
    """
    check(weights, rows, columns)
    figure = new_figure(max(300, 120 + ROW_HEIGHT * len(rows)))
    figure.add_heatmap(
        z=weights,
        zmin=0,
        zmax=1,
        colorscale=theme.ONE_HUE,
        showscale=False,
        xgap=1,
        ygap=1,
        hovertemplate="%{y} → %{x}: %{z:.6f}<extra></extra>",
    )
    figure.update_layout(
        xaxis=word_axis(columns, column_title, languages[1], side="top", tickangle=angle(columns)),
        yaxis=word_axis(rows, row_title, languages[0], autorange="reversed"),
        margin_r=SLANTED,
    )
    return figure


def spotlight(weights: np.ndarray, target: Sequence[str], source: Sequence[str]) -> go.Figure:
    """Weights (T, S) of each source word for each target word. Raises ValueError as `heatmap`."""
    titles = "English, as written", "French, as read"
    return heatmap(weights, target, source, *titles, languages=("target", "source"))


def angle(columns: Sequence[str]) -> int:
    """Degrees that column labels are turned by: slanted while they are few, else upright."""
    return -45 if len(columns) <= FEW else -90


def check(values: np.ndarray, rows: Sequence[object], columns: Sequence[object]) -> None:
    """Raise ValueError unless there is one label for each row and each column."""
    if values.shape != (len(rows), len(columns)):
        raise ValueError(
            f"a matrix of shape {values.shape} has {len(rows)} row and {len(columns)} column labels"
        )
