"""The likeliest words as bars."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from playground import theme
from playground.plots.figure import escape, new_figure, percent, word_axis

BAR_HEIGHT = 28  # pixels


def bars(words: Sequence[str], probabilities: np.ndarray, longest: float) -> go.Figure:
    """Words from top to bottom, a bar for each probability (0..1).

    longest: the probability that the axis reaches to, so that two figures can share a scale.
    Raises ValueError unless there is one probability a word.
    """
    if len(words) != len(probabilities):
        raise ValueError(f"{len(words)} words have {len(probabilities)} probabilities")
    told = [percent(probability) for probability in probabilities]
    figure = new_figure(16 + BAR_HEIGHT * len(words))
    figure.add_bar(
        x=probabilities,
        y=list(range(len(words))),
        orientation="h",
        marker={"color": f"rgba({theme.ACCENT}, 0.75)", "cornerradius": 3},
        text=told,
        textposition="outside",
        cliponaxis=False,
        hovertext=[
            f"{escape(word)}: {share} ({probability:.6f})"
            for word, share, probability in zip(words, told, probabilities.tolist(), strict=True)
        ],
        hoverinfo="text",
    )
    figure.update_layout(
        bargap=0.25,
        xaxis={"visible": False, "range": [0, 1.3 * longest], "fixedrange": True},
        yaxis=word_axis(words, "", autorange="reversed", ticks="", ticklen=6),
    )
    return figure
