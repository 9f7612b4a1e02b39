"""All heads of all layers at once: a small matrix each, layers downwards, heads across."""

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from playground import theme
from playground.plots.figure import new_figure

CELL_HEIGHT = 105  # pixels


def head_grid(weights: np.ndarray, layer: int, head: int) -> go.Figure:
    """Weights (layers, heads, Q, K), 0..1, the chosen head (both from 0) framed.

    Raises ValueError for another number of axes.
    """
    if weights.ndim != 4:
        raise ValueError(f"weights of shape {weights.shape} are not (layers, heads, Q, K)")
    layers, heads = weights.shape[:2]
    grid = make_subplots(rows=layers, cols=heads, horizontal_spacing=0.012, vertical_spacing=0.03)
    figure = new_figure(40 + CELL_HEIGHT * layers)
    for row in range(layers):
        for column in range(heads):
            grid.add_trace(
                go.Heatmap(
                    z=np.round(weights[row, column].astype(float), 3),
                    zmin=0,
                    zmax=1,
                    colorscale=theme.ONE_HUE,
                    showscale=False,
                    hovertemplate=f"layer {row + 1}, head {column + 1}: %{{z:.3f}}<extra></extra>",
                ),
                row=row + 1,
                col=column + 1,
            )
            chosen = (row, column) == (layer, head)
            frame = f"rgb({theme.NEGATIVE})" if chosen else theme.NEUTRAL
            grid.update_xaxes(
                _frame(frame, chosen, str(column + 1) if row == layers - 1 else ""),
                row=row + 1,
                col=column + 1,
            )
            grid.update_yaxes(
                _frame(frame, chosen, str(row + 1) if column == 0 else "")
                | {"autorange": "reversed"},
                row=row + 1,
                col=column + 1,
            )
    grid.update_layout(figure.layout)
    grid.update_layout(margin={"l": 30, "r": 8, "t": 8, "b": 30})
    return grid


def _frame(colour: str, chosen: bool, title: str) -> dict[str, object]:
    return {
        "showticklabels": False,
        "ticks": "",
        "showgrid": False,
        "zeroline": False,
        "showline": True,
        "mirror": True,
        "linecolor": colour,
        "linewidth": 3 if chosen else 1,
        "fixedrange": True,
        "title": {"text": title, "standoff": 4, "font": {"size": theme.TEXT_SIZE}},
    }
